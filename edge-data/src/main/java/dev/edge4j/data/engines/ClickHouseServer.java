package dev.edge4j.data.engines;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * ClickHouse 26.7 as a child process that speaks HTTP. The user {@code default} has no password; tables of the engine MergeTree are
 * there after a crash of the server, if not after a power cut. Safe for use by many threads.
 *
 * <p>It is the library of chDB, which has no server but the listener of clickhouse-local, in a JVM of its own: real ClickHouse, in a use
 * that nobody promises, so the version is pinned. The first start ever fetches 166 MB with this machine's npm client and keeps 540 MB
 * ({@link #isCached}); then a start takes about half a second and the server 280 MB of memory.
 */
public final class ClickHouseServer extends EngineServer {
  private static final NpmPackage CHDB = new NpmPackage("@chdb/lib-linux-x64-gnu", "26.7.3-stable.1",
      "XP97mMqnc5tZpKQywR8N7cLTsHNiTmHr30pC5mzo3jWmukjKn2IBa60c2B/gWUNcuFjOMjWoorQICCqBVj5wpw==");
  private static final String CACHE = "chdb-26.7.3-stable.1";
  private static final String LIBRARY = "libchdb.so";
  /** Opens the listener, and then waits for longer than anybody tests. */
  private static final String QUERY = "SYSTEM START LISTEN HTTP; SELECT sleepEachRow(1) FROM numbers(864000) FORMAT Null"
      + " SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 0";

  private final Path library;

  private ClickHouseServer(EngineFolder folder, Map<String, String> passwords) {
    super(folder);
    this.library = Binaries.folder(CACHE, CHDB::unpack).resolve(LIBRARY);
    try {
      configure(folder.path(), passwords);
    } catch (IOException e) {
      throw new EngineException("ClickHouse cannot use " + folder + ": " + e.getMessage(), e);
    }
    restart();
  }

  /** Whether the program is on this machine already, so that a start fetches nothing. */
  public static boolean isCached() {
    return Binaries.has(CACHE);
  }

  /** A new server in a temporary folder, which goes with it. */
  public static ClickHouseServer start() {
    return start(Map.of());
  }

  /** The same with more users, each by name and password, who may do all that {@code default} may. */
  public static ClickHouseServer start(Map<String, String> passwords) {
    return new ClickHouseServer(EngineFolder.temporary("clickhouse"), passwords);
  }

  /** A server whose tables are kept in a folder, which is made if it is not there. */
  public static ClickHouseServer in(Path folder) {
    return new ClickHouseServer(EngineFolder.kept(folder), Map.of());
  }

  /** clickhouse-local reads users from a file of its own that the configuration names. */
  private static void configure(Path folder, Map<String, String> passwords) throws IOException {
    Files.createDirectories(folder.resolve("data"));
    var all = new TreeMap<>(passwords);
    all.put("default", "");
    var users = new StringBuilder("<clickhouse><profiles><default/></profiles><quotas><default/></quotas><users>");
    all.forEach((name, password) -> users.append('<')
        .append(checked(name))
        .append("><password>")
        .append(checked(password))
        .append("</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile>")
        .append("<quota>default</quota></")
        .append(name)
        .append('>'));
    Files.writeString(folder.resolve("users.xml"), users.append("</users></clickhouse>"));
    Files.writeString(folder.resolve("config.xml"), "<clickhouse><users_config>" + folder.resolve("users.xml")
        + "</users_config></clickhouse>");
  }

  private static String checked(String text) {
    if (!text.matches("[A-Za-z0-9_]*")) {
      throw new IllegalArgumentException("user or password: " + text + " (expected: letters, digits and underscores)");
    }
    return text;
  }

  @Override
  EngineProcess startProcess() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    // KILL: there is no good order to keep. What it acknowledged is with the operating system already.
    return EngineProcess.start("ClickHouse", "KILL", folder, port, this::isReady, List.of(java, "-Xmx64m",
        "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp", home(),
        ChdbMain.class.getName(), library.toString(), "--listen_host", "127.0.0.1", "--http_port", String.valueOf(port),
        "--path", folder.resolve("data").toString(), "--config-file", folder.resolve("config.xml").toString(),
        "--query", QUERY));
  }

  /** Where the classes of this package are, be it a jar or a folder, on the class path or the module path. */
  private static String home() {
    try {
      return Path.of(ChdbMain.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new EngineException("the place of " + ChdbMain.class + " is no path: " + e.getMessage(), e);
    }
  }

  private boolean isReady() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write("GET /ping HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      InputStream answer = socket.getInputStream();
      return new String(answer.readAllBytes(), StandardCharsets.US_ASCII).startsWith("HTTP/1.0 200");
    } catch (IOException e) {
      return false; // not yet
    }
  }

  /** Its address, as in {@code http://127.0.0.1:8123}. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }
}
