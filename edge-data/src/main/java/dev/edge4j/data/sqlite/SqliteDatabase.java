package dev.edge4j.data.sqlite;

import dev.edge4j.Deadline;
import dev.edge4j.data.ChangeFeed.Subscription;
import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.RowChange;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.kv.KvWatchers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
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
 * <p>A {@link QueryDeadline} around a call holds: what has not begun then never does, a read that runs is ended with a
 * {@link StoreException} and its connection goes on. A statement that writes is not cut in the middle, because SQLite would undo the
 * writes of others with it; once a write has begun its outcome is waited for.
 *
 * <p>The write-ahead log is kept to some 16 MiB; only a stream or a backup that runs for long makes it grow until it ends.
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
  private final Streams streams;
  private final ChangeListeners listeners;
  private final ChangeLog changes;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Map<String, KvWatchers> watchers = new ConcurrentHashMap<>();

  private SqliteDatabase(Path file, DatabaseLock lock, Connections connections, SqliteOptions options)
      throws SQLException {
    var schema = new AtomicLong();
    this.file = file;
    this.lock = lock;
    this.listeners = new ChangeListeners("sqlite-changes " + file.getFileName());
    this.changes = new ChangeLog(listeners);
    this.writer = new GroupCommit(file, connections.writer(), options, schema, changes);
    this.readers = new ReaderPool(file, connections.readers(options.readers()), schema);
    this.longReads = new LongReads(new ReaderPool(file, connections.readers(options.longReaders()), schema), file,
        options.longReaders());
    this.streams = new Streams(file, connections, options.busyTimeout(), schema);
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
      return readers.read(QueryDeadline.current(), work);
    } catch (SQLException e) {
      throw SqlErrors.translate(file, e);
    }
  }

  /** Reads on one of a few platform threads while the caller waits, so that a long query holds no carrier. */
  public <T> T readLong(SqlWork<T> work) {
    Deadline deadline = QueryDeadline.current();
    CompletableFuture<T> answer = longReads.submit(deadline, work);
    if (!Waits.inTime(answer, deadline)) {
      answer.completeExceptionally(SqlErrors.tooLate(file, null)); // it does not begin, or ends itself
    }
    return Waits.answer(answer);
  }

  /**
   * Writes on the writer's thread and returns once the commit is durable. Waits, for room in the queue too, and an interrupt does
   * not cut it short: the outcome is known, unless the disk fails in the commit ({@link StoreException#outcomeUnknown}). What the work throws is thrown here. Must not be called from inside a write.
   */
  public <T> T write(SqlWork<T> work) {
    if (writer.isWriter()) {
      throw new IllegalStateException("a write inside a write would wait for itself (expected: one work for both)");
    }
    Deadline deadline = QueryDeadline.current();
    PendingWrite<T> write = writer.submit(deadline, work);
    if (!Waits.inTime(write.answer(), deadline) && write.giveUp()) {
      throw SqlErrors.tooLate(file, null);
    }
    return Waits.answer(write.answer());
  }

  /**
   * Hands a write to the writer's thread; the future completes once the commit is durable, or exceptionally and without effect.
   * Waits only for room in the queue. What is chained without an executor runs on the writer's thread: keep it short, and never
   * wait in it.
   */
  public <T> CompletableFuture<T> writeAsync(SqlWork<T> work) {
    return writer.submit(Deadline.none(), work).answer();
  }

  /**
   * Copies the database, as it is when this begins, into a file of its own, while reads and writes go on. The copy is compact, needs no
   * log beside it, and is a database like this one. It is on disk when this returns, and takes the place of an older one of that name
   * in one step: whatever happens in the middle, the name stands for a whole copy or for what it stood for before. What a killed
   * process leaves is named {@code .part}, and the next backup to the same name removes it.
   *
   * <p>Runs on a platform thread with a connection of its own; backups run one after another. The log grows as long as it runs.
   * {@link QueryDeadline} ends it. Throws {@link StoreException} if there is no copy.
   */
  public void backup(Path target) {
    streams.run(new Backup(file, target)::run);
  }

  /** Hands on rows on the caller's thread as a platform thread reads them. */
  <T> long forEach(Class<T> type, String sql, Object[] values, Consumer<? super T> each) {
    return streams.forEach(QueryDeadline.current(), new Rows<>(type), sql, values, each);
  }

  /** See {@link dev.edge4j.data.ChangeFeed#watch}. */
  Subscription watch(Set<String> tables, Consumer<List<RowChange>> listener) {
    Set<String> asked = Set.copyOf(tables);
    asked.forEach(Tables::quoted);
    List<String> there = read(Schema::tables);
    if (asked.isEmpty() || !there.containsAll(asked)) {
      throw new IllegalArgumentException("tables: " + new TreeSet<>(asked) + " (expected: some of " + there + ")");
    }
    Subscription subscription = listeners.add(asked, listener, this::unwatch);
    try {
      return write(c -> {
        for (String table : asked) {
          changes.log(c, table);
        }
        return subscription;
      });
    } catch (RuntimeException e) {
      subscription.close();
      throw e;
    }
  }

  /** Nobody waits for it: if it fails, the triggers write notes that nobody reads. */
  @SuppressWarnings("FutureReturnValueIgnored")
  private void unwatch(Set<String> tables) {
    writeAsync(c -> {
      for (String table : tables) {
        changes.drop(c, table);
      }
      return tables;
    });
  }

  /** The file, absolute. */
  public Path file() {
    return file;
  }

  /** Who watches the keys of a table: shared by all stores on it. */
  KvWatchers watchers(String table) {
    return watchers.computeIfAbsent(table.toLowerCase(Locale.ROOT), _ -> new KvWatchers());
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
    watchers.values().forEach(KvWatchers::close);
    try (lock; listeners; writer; longReads; readers; streams) {
      LOG.debug("closing {}", file);
    } catch (SQLException e) {
      throw SqlErrors.translate(file, e);
    }
  }

  private static SqliteDatabase open(Path file, SqliteOptions options, DatabaseLock lock) throws SQLException {
    var connections = new Connections(file, options);
    try {
      var database = new SqliteDatabase(file, lock, connections, options);
      database.writer.start();
      return database;
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
}
