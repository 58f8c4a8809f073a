package dev.edge4j.state.store;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.sqlite.SqlConnection;
import dev.edge4j.data.sqlite.SqlWork;
import dev.edge4j.data.sqlite.SqliteDatabase;
import dev.edge4j.data.sqlite.SqliteOptions;
import dev.edge4j.state.ObjectException;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** One of the files: the entries of its share of the objects, and what set of files it belongs to. */
final class ShardFile implements AutoCloseable {
  private static final int FORMAT = 2;
  /** Longer lists are read where they hold no carrier. */
  private static final int SHORT_LIST = 100;

  /** Readers for all cores together, as the work spreads over about four files. */
  private static final SqliteOptions OPTIONS = SqliteOptions.defaults()
      .withReaders(Math.max(2, SqliteOptions.defaults().readers() / 4));

  private static final String SET = """
      CREATE TABLE shard_set (
        one INTEGER PRIMARY KEY CHECK (one = 1), format INTEGER NOT NULL, set_id TEXT NOT NULL,
        number INTEGER NOT NULL, shards INTEGER NOT NULL) STRICT;
      """;

  /** Objects of the first format were keys and values alone. */
  private static final String FROM_1 = """
      ALTER TABLE entry RENAME TO entry_1;
      """ + Tables.SHARED.schema() + """
      INSERT INTO entry SELECT namespace, object, 0, key, value FROM entry_1;
      INSERT INTO object SELECT DISTINCT namespace, object, 1, 0 FROM entry_1;
      DROP TABLE entry_1;
      UPDATE shard_set SET format = 2;
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
      c.execute(Tables.SHARED.schema());
      c.execute(SET);
    } else if (isOfFormat1(c)) {
      c.execute(FROM_1);
    }
    return isNew;
  }

  private static boolean isOfFormat1(SqlConnection c) throws SQLException {
    boolean hasSet = c.query("SELECT 1 FROM sqlite_schema WHERE name = 'shard_set'", row -> row.getInt(1)).size() == 1;
    return hasSet && !c.query("SELECT 1 FROM shard_set WHERE format = 1", row -> row.getInt(1)).isEmpty();
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
    return reading(() -> database.read(c -> c.queryOne("SELECT 1 FROM object LIMIT 1", row -> row.getInt(1))))
        .isPresent();
  }

  /** Short reads, on the caller's thread. */
  <R> R read(SqlWork<R> query) {
    return reading(() -> database.read(query));
  }

  /** Reads that may be long hold no carrier. */
  <R> R read(int limit, SqlWork<R> query) {
    return reading(() -> limit <= SHORT_LIST ? database.read(query) : database.readLong(query));
  }

  /** Writes something that belongs to no turn. */
  <R> CompletableFuture<R> write(SqlWork<R> work) {
    return database.writeAsync(work);
  }

  /** Commits a turn in one transaction; see {@link ObjectStore#commit}. */
  CompletableFuture<?> commit(Commit commit) {
    var applied = new AtomicBoolean();
    CompletableFuture<Boolean> done;
    try {
      done = database.writeAsync(c -> {
        apply(c, commit);
        applied.set(true);
        return true;
      });
    } catch (StoreException e) {
      commit.fence().breakDown();
      return CompletableFuture.failedFuture(failed(commit.id(), e, Outcome.NOT_EXECUTED));
    }
    return done.exceptionallyCompose(e -> {
      commit.fence().breakDown(); // on the writer's thread still, so before any commit that follows
      return CompletableFuture.failedFuture(failed(commit.id(), e, outcome(e, applied.get())));
    });
  }

  @Override
  public void close() {
    database.close();
  }

  UncheckedIOException damaged(String how) {
    String message = "shard file " + path + " " + how;
    return new UncheckedIOException(message, new IOException(message));
  }

  private static void apply(SqlConnection c, Commit commit) throws SQLException {
    if (commit.fence().isBroken()) {
      throw new StoreException(StoreException.Reason.FAILED, "the commit of an earlier turn failed");
    }
    try {
      Tables.SHARED.write(c, commit);
    } catch (SQLException | RuntimeException e) {
      commit.fence().breakDown(); // before the next one of the same group
      throw e;
    }
  }

  /**
   * A refused statement has been rolled back. Once all statements are done what fails is the commit; if that is for a constraint
   * or a lock, it was refused before anything reached the log, but a failed flush may have left it there.
   */
  private static Outcome outcome(Throwable e, boolean applied) {
    Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    boolean refused = cause instanceof StoreException s && switch (s.reason()) {
      case CONSTRAINT, INVALID, BUSY, CLOSED -> true;
      case STATEMENT, UNKNOWN, FAILED -> false;
    };
    return applied && !refused ? Outcome.UNKNOWN : Outcome.NOT_EXECUTED;
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
