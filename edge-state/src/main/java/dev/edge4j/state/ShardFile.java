package dev.edge4j.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.sqlite.SqlConnection;
import dev.edge4j.data.sqlite.SqlWork;
import dev.edge4j.data.sqlite.SqliteDatabase;
import dev.edge4j.data.sqlite.SqliteOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** One of the files: the entries of its share of the objects, and what set of files it belongs to. */
final class ShardFile implements AutoCloseable {
  private static final int FORMAT = 1;
  /** Longer lists are read where they hold no carrier. */
  private static final int SHORT_LIST = 100;

  /** Readers for all cores together, as the work spreads over about four files. */
  private static final SqliteOptions OPTIONS = SqliteOptions.defaults()
      .withReaders(Math.max(2, SqliteOptions.defaults().readers() / 4));

  /** One b-tree in the order of the keys, so that a get is one search and a list one scan. */
  private static final String SCHEMA = """
      CREATE TABLE entry (
        namespace TEXT NOT NULL, object TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,
        PRIMARY KEY (namespace, object, key)) STRICT, WITHOUT ROWID;
      CREATE TABLE shard_set (
        one INTEGER PRIMARY KEY CHECK (one = 1), format INTEGER NOT NULL, set_id TEXT NOT NULL,
        number INTEGER NOT NULL, shards INTEGER NOT NULL) STRICT;
      """;

  /** Which place of which set a file has. */
  record Place(int format, String setId, int number, int shards) {
    Place(String setId, int number, int shards) {
      this(FORMAT, setId, number, shards);
    }
  }

  private final Path path;
  private final SqliteDatabase database;

  private ShardFile(Path path, SqliteDatabase database) {
    this.path = path;
    this.database = database;
  }

  /** Opens a file or makes it; throws {@link UncheckedIOException} naming it if it is damaged or open elsewhere. */
  static ShardFile open(Path path) {
    try {
      var file = new ShardFile(path, SqliteDatabase.open(path, OPTIONS));
      try {
        file.database.write(ShardFile::fillIfNew);
        return file;
      } catch (RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (StoreException e) {
      throw new UncheckedIOException("shard file " + e.getMessage(), new IOException(e));
    }
  }

  /** What is not new is left alone: it may be of a later format, or somebody else's. */
  private static boolean fillIfNew(SqlConnection c) throws SQLException {
    boolean isNew = c.query("SELECT 1 FROM sqlite_schema LIMIT 1", row -> row.getInt(1)).isEmpty();
    if (isNew) {
      c.execute(SCHEMA);
    }
    return isNew;
  }

  Path path() {
    return path;
  }

  /** Its place, unless it is new. */
  Optional<Place> place() {
    Optional<Place> place = reading(() -> database.read(c -> c.queryOne(
        "SELECT format, set_id, number, shards FROM shard_set",
        row -> new Place(row.getInt(1), row.getString(2), row.getInt(3), row.getInt(4)))));
    place.filter(p -> p.format() != FORMAT).ifPresent(p -> {
      throw damaged("has format " + p.format() + " (expected: " + FORMAT + ")");
    });
    return place;
  }

  void place(Place place) {
    database.write(c -> c.update("INSERT OR REPLACE INTO shard_set VALUES (1, ?, ?, ?, ?)",
        place.format(), place.setId(), place.number(), place.shards()));
  }

  boolean hasObjects() {
    return reading(() -> database.read(c -> c.queryOne("SELECT 1 FROM entry LIMIT 1", row -> row.getInt(1))))
        .isPresent();
  }

  Optional<byte[]> read(ObjectId id, String key) {
    return reading(() -> database.read(c -> c.queryOne(
        "SELECT value FROM entry WHERE namespace = ? AND object = ? AND key = ?",
        row -> row.getBytes(1), id.namespace(), id.name(), key)));
  }

  List<String> keys(ObjectId id, String prefix, String after, int limit) {
    // No byte of UTF-8 is 0xFF, so this is past every key with the prefix and before every other greater one.
    byte[] bytes = prefix.getBytes(UTF_8);
    byte[] end = Arrays.copyOf(bytes, bytes.length + 1);
    end[bytes.length] = (byte) 0xff;
    SqlWork<List<String>> query = c -> c.query("""
        SELECT key FROM entry WHERE namespace = ? AND object = ? AND key >= ? AND key > ? AND key < CAST(? AS TEXT)
        ORDER BY key LIMIT ?""", row -> row.getString(1), id.namespace(), id.name(), prefix, after, end, limit);
    return reading(() -> limit <= SHORT_LIST ? database.read(query) : database.readLong(query));
  }

  /** Commits a turn's writes in one transaction; see {@link ObjectStore#commit}. */
  CompletableFuture<?> commit(ObjectId id, TurnBuffer writes) {
    var applied = new AtomicBoolean();
    CompletableFuture<Boolean> commit;
    try {
      commit = database.writeAsync(c -> {
        for (Map.Entry<String, Optional<byte[]>> change : writes.changes().entrySet()) {
          apply(c, id, change.getKey(), change.getValue());
        }
        applied.set(true);
        return true;
      });
    } catch (StoreException e) {
      return CompletableFuture.failedFuture(failed(id, e, Outcome.NOT_EXECUTED));
    }
    return commit.exceptionallyCompose(e -> CompletableFuture.failedFuture(failed(id, e, outcome(e, applied.get()))));
  }

  @Override
  public void close() {
    database.close();
  }

  UncheckedIOException damaged(String how) {
    String message = "shard file " + path + " " + how;
    return new UncheckedIOException(message, new IOException(message));
  }

  private static void apply(SqlConnection c, ObjectId id, String key, Optional<byte[]> value) throws SQLException {
    if (value.isPresent()) {
      c.update("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)", id.namespace(), id.name(), key, value.get());
    } else {
      c.update("DELETE FROM entry WHERE namespace = ? AND object = ? AND key = ?", id.namespace(), id.name(), key);
    }
  }

  /**
   * A refused statement has been rolled back. Once all statements are done what fails is the commit; if that is for a constraint
   * or a lock, it was refused before anything reached the log, but a failed flush may have left it there.
   */
  private static Outcome outcome(Throwable e, boolean applied) {
    Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    boolean flushing = applied && !(cause instanceof StoreException s && s.reason() != StoreException.Reason.FAILED);
    return flushing ? Outcome.UNKNOWN : Outcome.NOT_EXECUTED;
  }

  private static ObjectException failed(ObjectId id, Throwable e, Outcome outcome) {
    return new ObjectException(id + ": the commit failed: " + e.getMessage(), outcome, e);
  }

  private interface Read<R> {
    R run();
  }

  private <R> R reading(Read<R> read) {
    try {
      return read.run();
    } catch (StoreException e) {
      throw new UncheckedIOException("shard file " + e.getMessage(), new IOException(e));
    }
  }
}
