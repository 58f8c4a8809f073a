package dev.edge4j.data.engines;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Redis 6.2 as a child process, without a password. Every write is appended to a file before it is acknowledged, so that it is
 * there after a crash of the server. Safe for use by many threads.
 *
 * <p>Needs {@code com.github.codemonstur:embedded-redis}, of which only the program is used.
 */
public final class RedisServer implements AutoCloseable {
  private static final String PROGRAM = "redis-server-6.2.6-v5-linux-amd64";

  private final ReentrantLock lock = new ReentrantLock();
  private final Path program;
  private final Path folder;
  private final boolean temporary;
  private final int port = EngineProcess.freePort();
  private EngineProcess process;

  private RedisServer(Path folder, boolean temporary) {
    this.program = Binaries.folder("redis-6.2.6", RedisServer::unpack).resolve("redis-server");
    this.folder = folder;
    this.temporary = temporary;
    this.process = startProcess();
  }

  /** A new server in a temporary folder, which goes with it. */
  public static RedisServer start() {
    try {
      return new RedisServer(Files.createTempDirectory("edge4j-redis"), true);
    } catch (IOException e) {
      throw new EngineException("no temporary folder for Redis: " + e.getMessage(), e);
    }
  }

  /** A server whose data is kept in a folder, which is made if it is not there. */
  public static RedisServer in(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new EngineException("Redis cannot use " + folder + ": " + e.getMessage(), e);
    }
    return new RedisServer(folder.toAbsolutePath(), false);
  }

  private static void unpack(Path into) throws IOException {
    try (InputStream program = Binaries.resource(PROGRAM, "com.github.codemonstur:embedded-redis")) {
      Path file = into.resolve("redis-server");
      Files.copy(program, file);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private EngineProcess startProcess() {
    List<String> line = new ArrayList<>(List.of(program.toString(), "--port", String.valueOf(port), "--bind",
        "127.0.0.1",
        "--dir", folder.toString(), "--save", "", "--appendonly", "yes", "--appendfsync", "always"));
    return EngineProcess.start("Redis", "TERM", folder, port, () -> true, line);
  }

  public int port() {
    return port;
  }

  /** Its address, as clients take it. */
  public String url() {
    return "redis://127.0.0.1:" + port;
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

  /** Starts it again after {@link #kill}, on the same port with the same data. */
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
