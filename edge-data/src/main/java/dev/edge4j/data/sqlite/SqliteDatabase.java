package dev.edge4j.data.sqlite;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One SQLite file in WAL mode: any number of threads read, one platform thread writes. Safe for use by many threads, virtual
 * ones above all.
 *
 * <p>Reads see what was committed when their statement began; a read after a {@link #write} has returned sees that write. Writes
 * run one after another in the order in which they were handed in, and are committed in groups; a work that throws leaves no
 * trace and does not touch the others of its group. If the commit itself fails (a full disk, a deferred constraint), all works of
 * the group fail and none has an effect.
 *
 * <p>A file has one open SqliteDatabase at a time: a second, in this process or another, is refused. Other programs may read it.
 */
public final class SqliteDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteDatabase.class);

  private final Path file;
  private final DatabaseLock lock;
  private final GroupCommit writer;
  private final ReaderPool readers;
  private final LongReads longReads;
  private final AtomicBoolean closed = new AtomicBoolean();

  private SqliteDatabase(Path file, DatabaseLock lock, GroupCommit writer, ReaderPool readers, LongReads longReads) {
    this.file = file;
    this.lock = lock;
    this.writer = writer;
    this.readers = readers;
    this.longReads = longReads;
  }

  /** Opens a file with {@link SqliteOptions#defaults()}. */
  public static SqliteDatabase open(Path file) {
    return open(file, SqliteOptions.defaults());
  }

  /**
   * Opens a file, creating it and its folder if need be. What is there is never overwritten: if it is no database, is damaged,
   * is open elsewhere or cannot be written, this throws {@link StoreException} with one line that says so.
   */
  public static SqliteDatabase open(Path file, SqliteOptions options) {
    Path path = prepare(file);
    DatabaseLock lock = DatabaseLock.acquire(path);
    try {
      return open(path, options, lock);
    } catch (SQLException e) {
      lock.close();
      throw SqlErrors.translate(path, e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Reads on the caller's thread, for short reads: a look-up by key, a page by index. The caller's carrier is held meanwhile, so
   * what may take longer than a millisecond belongs into {@link #readLong}. Waits while all connections are in use. Throws
   * {@link StoreException} for what SQLite refuses, writes included.
   */
  public <T> T read(SqlWork<T> work) {
    try {
      return readers.read(work);
    } catch (SQLException e) {
      throw SqlErrors.translate(file, e);
    }
  }

  /** Reads on one of a few platform threads while the caller waits, so that a long query holds no carrier. */
  public <T> T readLong(SqlWork<T> work) {
    return await(longReads.submit(work));
  }

  /**
   * Writes on the writer's thread and returns once the commit is durable. Waits, for room in the queue too, and an interrupt does
   * not cut it short: the outcome is always known. What the work throws is thrown here. Must not be called from inside a write.
   */
  public <T> T write(SqlWork<T> work) {
    if (writer.isWriter()) {
      throw new IllegalStateException("a write inside a write would wait for itself (expected: one work for both)");
    }
    return await(writer.submit(work));
  }

  /**
   * Hands a write to the writer's thread; the future completes once the commit is durable, or exceptionally and without effect.
   * Waits only for room in the queue. What is chained without an executor runs on the writer's thread: keep it short, and never
   * wait in it.
   */
  public <T> CompletableFuture<T> writeAsync(SqlWork<T> work) {
    return writer.submit(work);
  }

  /** The file, absolute. */
  public Path file() {
    return file;
  }

  /** Refuses new work, finishes what was accepted, and closes the file. Must not be called from inside a write. */
  @Override
  public void close() {
    if (writer.isWriter()) {
      throw new IllegalStateException("a write cannot close its own database");
    }
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    // From the last to the first: the writer's connection folds the write-ahead log into the file if it goes last.
    try (lock; writer; longReads; readers) {
      LOG.debug("closing {}", file);
    } catch (SQLException e) {
      throw SqlErrors.translate(file, e);
    }
  }

  private static SqliteDatabase open(Path file, SqliteOptions options, DatabaseLock lock) throws SQLException {
    var connections = new Connections(file, options);
    try {
      var schema = new AtomicLong();
      var writer = new GroupCommit(file, connections.writer(), options, schema);
      var readers = new ReaderPool(file, connections.readers(options.readers()), schema);
      var longReads = new LongReads(new ReaderPool(file, connections.readers(options.longReaders()), schema), file,
          options.longReaders());
      writer.start();
      return new SqliteDatabase(file, lock, writer, readers, longReads);
    } catch (SQLException | RuntimeException e) {
      connections.abandon(e);
      throw e;
    }
  }

  private static Path prepare(Path file) {
    Path path = file.toAbsolutePath().normalize();
    Path folder = path.getParent();
    if (folder == null || Files.isDirectory(path)) {
      throw new StoreException(Reason.FAILED, path + " is a folder (expected: a file)");
    }
    try {
      Files.createDirectories(folder);
      return folder.toRealPath().resolve(path.getFileName());
    } catch (IOException e) {
      throw new StoreException(Reason.FAILED, "folder " + folder + " is not writable: it cannot be created", e);
    }
  }

  private static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }
}
