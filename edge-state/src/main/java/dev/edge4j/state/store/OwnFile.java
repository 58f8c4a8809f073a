package dev.edge4j.state.store;

import dev.edge4j.data.Migrations;
import dev.edge4j.data.Queries;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.data.sqlite.SqlConnection;
import dev.edge4j.data.sqlite.SqlWork;
import dev.edge4j.data.sqlite.SqliteFile;
import dev.edge4j.data.sqlite.SqliteOptions;
import dev.edge4j.data.sqlite.SqliteOptions.Synchronous;
import dev.edge4j.state.ObjectException;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The file of one object while it is in use. Made by the first transaction that commits, so that who only looks leaves nothing behind. All
 * methods are for who holds {@link #lock()}, on a thread whose carrier may be held.
 */
final class OwnFile {
  private static final SqliteOptions OPTIONS = new SqliteOptions(Synchronous.FULL, 1, 1, 1, 1, Duration.ofSeconds(5),
      64 << 20, false);

  private final ObjectId id;
  private final Path path;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Runnable> afterTurn = new ArrayList<>();
  private @Nullable SqliteFile file;
  private @Nullable Replacement replacement;
  private boolean made;
  private boolean current;
  private boolean lost;
  private int marks;

  OwnFile(ObjectId id, Path path) {
    this.id = id;
    this.path = path;
  }

  ObjectId id() {
    return id;
  }

  Path path() {
    return path;
  }

  ReentrantLock lock() {
    return lock;
  }

  /** What waits for the end of the turn whose transaction is open. */
  List<Runnable> afterTurn() {
    return afterTurn;
  }

  boolean isInTransaction() {
    return file != null && file.isInTransaction();
  }

  /** Reads what is committed; {@code absent} if the object keeps nothing. */
  <R> R read(SqlWork<R> work, R absent) {
    if (file == null && !Files.exists(path)) {
      return absent;
    }
    SqliteFile open = open();
    return made ? open.read(work) : absent;
  }

  /** Begins a transaction if none is open, in which all tables are there; whether any script was missing. */
  boolean begin(Optional<Migrations> tables) {
    SqliteFile open = open();
    if (open.isInTransaction()) {
      return false;
    }
    open.begin();
    lost = false;
    marks = 0;
    try {
      if (!made) {
        open.write(c -> OwnIdentity.make(c, id));
      }
      return !current && tables.isPresent() && open.migrate(tables.get()) > 0;
    } catch (RuntimeException e) {
      rollback();
      throw e;
    }
  }

  /** Queries what is committed. Tables that are not there yet are made for this query alone. */
  <R> R committed(Optional<Migrations> tables, Function<Queries, R> work) {
    SqliteFile open = open();
    if (current) {
      return work.apply(open.committed());
    }
    begin(tables);
    try {
      open.write(c -> queryOnly(c, "ON"));
      return work.apply(open.queries());
    } finally {
      open.write(c -> queryOnly(c, "OFF"));
      rollback();
    }
  }

  private static boolean queryOnly(SqlConnection c, String value) throws SQLException {
    c.execute("PRAGMA query_only = " + value);
    return true;
  }

  /** The user's tables as they are committed. */
  Optional<byte[]> snapshot() {
    boolean exists = read(c -> Tables.OWN.known(c, id), Optional.empty()).isPresent();
    return exists ? Optional.of(Replacement.snapshot(open(), path)) : Optional.empty();
  }

  /** Works in the open transaction. */
  <R> R use(SqlUse<R> work) {
    SqliteFile open = open();
    refuseLost();
    try {
      return work.run(open);
    } catch (RuntimeException e) {
      lost = lost || open.hasLostTransaction();
      throw e;
    }
  }

  /** Something done with the open file. */
  interface SqlUse<R> {
    R run(SqliteFile open);
  }

  void mark() {
    use(open -> {
      open.savepoint("mark" + ++marks);
      return true;
    });
  }

  void unmark() {
    use(open -> {
      open.release("mark" + marks--);
      return true;
    });
  }

  void returnToMark() {
    int last = marks--;
    if (!lost) {
      use(open -> {
        open.returnTo("mark" + last);
        return true;
      });
    }
  }

  /** Has the next commit put other tables in the place of those that are there. */
  void replacement(Replacement next) {
    discardReplacement();
    replacement = next;
  }

  /** Ends the transaction with a commit; throws an {@link ObjectException} that says what is known. */
  void commit(Commit commit, Optional<Migrations> tables) {
    boolean applied = false;
    try {
      if (replacement != null) {
        rollback(false);
        replace(replacement, commit);
      } else {
        begin(tables);
        use(open -> open.write(c -> write(c, commit)));
        applied = true;
        open().commit();
        current = tables.isPresent();
      }
      made = true;
    } catch (UncheckedIOException | StoreException | IllegalArgumentException e) {
      boolean refused = e instanceof StoreException s && s.reason() != Reason.FAILED;
      forget(); // whatever has become of it, what is read next is the truth
      throw new ObjectException(id + ": the commit failed: " + e.getMessage(), applied && !refused ? Outcome.UNKNOWN
          : Outcome.NOT_EXECUTED, e);
    } finally {
      discardReplacement();
    }
  }

  private static boolean write(SqlConnection c, Commit commit) throws SQLException {
    Tables.OWN.write(c, commit);
    return ReplyTable.forgetExpired(Tables.OWN, c, commit.at()) >= 0;
  }

  private void replace(Replacement next, Commit commit) {
    SqliteFile open = open();
    if (!made) {
      begin(Optional.empty());
      open.commit();
      made = true;
    }
    next.fill(open, c -> OwnIdentity.make(c, id), commit);
    open.replaceBy(next.path());
    current = false;
  }

  /** Writes something that belongs to no turn, while no transaction is open. */
  <R> R write(SqlWork<R> work) {
    begin(Optional.empty());
    try {
      R result = use(open -> open.write(work));
      open().commit();
      made = true;
      return result;
    } catch (RuntimeException e) {
      forget();
      throw e;
    }
  }

  /** Ends the transaction, if one is open, without a trace. */
  void rollback() {
    rollback(true);
  }

  private void rollback(boolean all) {
    if (all) {
      discardReplacement();
    }
    if (file != null) {
      file.rollback();
    }
  }

  Summary summary() {
    return read(c -> Summary.read(c, id), Summary.NOTHING);
  }

  /** Closes the file, and takes it away if nothing is in it. */
  void close() {
    if (file == null) {
      return;
    }
    rollback();
    boolean empty = false;
    try {
      empty = !made || read(OwnFile::isEmpty, true);
    } finally {
      forget();
    }
    if (empty && !Files.exists(path.resolveSibling(path.getFileName() + "-wal"))) {
      delete(path);
    }
  }

  /** Replies count until they expire, and sockets until they close. */
  private static boolean isEmpty(SqlConnection c) throws SQLException {
    return c.query("""
        SELECT 1 WHERE EXISTS (SELECT 1 FROM edge4j_object) OR EXISTS (SELECT 1 FROM edge4j_entry)
          OR EXISTS (SELECT 1 FROM edge4j_alarm) OR EXISTS (SELECT 1 FROM edge4j_message)
          OR EXISTS (SELECT 1 FROM edge4j_dead_letter) OR EXISTS (SELECT 1 FROM edge4j_reply)""", row -> row.getInt(1))
        .isEmpty();
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void forget() {
    SqliteFile open = file;
    file = null;
    made = false;
    current = false;
    if (open != null) {
      open.close();
    }
  }

  private void discardReplacement() {
    if (replacement != null) {
      replacement.close();
      replacement = null;
    }
  }

  private void refuseLost() {
    if (lost) {
      throw new StoreException(Reason.FAILED, id + ": an earlier statement has rolled the turn's transaction back"
          + " (expected: a statement without OR ROLLBACK)");
    }
  }

  private SqliteFile open() {
    SqliteFile open = file;
    if (open == null) {
      boolean isNew = !Files.exists(path);
      if (isNew) {
        Folders.make(path.getParent());
      }
      open = SqliteFile.open(path, OPTIONS);
      try {
        made = !isNew && OwnIdentity.check(open, id, path);
      } catch (RuntimeException e) {
        open.close();
        throw e;
      }
      current = false;
      file = open;
    }
    return open;
  }
}
