package dev.edge4j.data.engines;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An engine as a child process, on a port of this machine and with its data in a folder. It can be killed as a crash would, and started again. It ends when this
 * process does, however that ends. Safe for use by many threads.
 */
public abstract sealed class EngineServer implements AutoCloseable permits ClickHouseServer, PostgresServer,
    RedisServer,
    SqldServer {
  final EngineFolder folder;
  final int port = EngineProcess.freePort();
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<EngineProcess> process = Optional.empty();

  EngineServer(EngineFolder folder) {
    this.folder = folder;
  }

  /** Starts its process, on its port and with what is in its folder; returns when it can be used. */
  abstract EngineProcess startProcess();

  /** Where it listens on this machine. */
  public int port() {
    return port;
  }

  /** The process id of the server. */
  public long pid() {
    lock.lock();
    try {
      return process.map(EngineProcess::pid)
          .orElseThrow(() -> new EngineException("the server was never started", null));
    } finally {
      lock.unlock();
    }
  }

  /** Ends it by SIGKILL, as a crash would. */
  public void kill() {
    lock.lock();
    try {
      process.ifPresent(EngineProcess::kill);
    } finally {
      lock.unlock();
    }
  }

  /** Starts it again after {@link #kill}, on the same port with the same data. */
  public void restart() {
    lock.lock();
    try {
      process.ifPresent(EngineProcess::close);
      process = Optional.of(startProcess());
    } finally {
      lock.unlock();
    }
  }

  /** Ends it, and deletes its folder if that is a temporary one. */
  @Override
  public void close() {
    lock.lock();
    try {
      process.ifPresent(EngineProcess::close);
      folder.close();
    } finally {
      lock.unlock();
    }
  }
}
