package dev.edge4j.data.sqlite;

import dev.edge4j.data.Migrations;
import dev.edge4j.data.Queries;
import dev.edge4j.data.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One SQLite file in WAL mode without threads and locks of its own, for who keeps many small ones open: one connection that writes in
 * transactions begun and ended by hand, and one that reads what is committed. {@link SqliteDatabase} is the one to use otherwise.
 *
 * <p>Not safe for use by several threads at a time: its user has a lock around it, and keeps other programs from writing the file. Calls hold the
 * carrier of a virtual thread. All methods throw {@link StoreException}.
 */
public final class SqliteFile implements AutoCloseable {
  /** A connection's cache, in KiB: a few hundred files are open at a time. */
  private static final String CACHE = "PRAGMA cache_size=-512";

  private final Path file;
  private final Connections connections;
  private final SqlConnection writer;
  private final Statements statements = new Statements();
  private @Nullable SqlConnection reader;
  private boolean begun;

  private SqliteFile(Path file, Connections connections) throws SQLException {
    this.file = file;
    this.connections = connections;
    this.writer = connections.writer();
    writer.execute(CACHE);
    writer.takeChangedSchema();
  }

  /** Opens a file, creating it if need be; its folder must be there. */
  public static SqliteFile open(Path file, SqliteOptions options) {
    var connections = new Connections(file, options);
    try {
      return new SqliteFile(file, connections);
    } catch (SQLException e) {
      connections.abandon(e);
      throw SqlErrors.translate(file, e);
    } catch (RuntimeException e) {
      connections.abandon(e);
      throw e;
    }
  }

  /** Reads what is committed, whatever the open transaction has changed. */
  public <T> T read(SqlWork<T> work) {
    return translating(() -> work.run(reader()));
  }

  /** Reads and writes in the open transaction; {@link IllegalStateException} if there is none. */
  public <T> T write(SqlWork<T> work) {
    if (!begun) {
      throw new IllegalStateException(file + ": a write without a transaction (expected: begin before)");
    }
    return translating(() -> work.run(writer));
  }

  /** Named statements on what is committed; those that write are refused. */
  public Queries committed() {
    return translating(() -> new SqliteTransaction(file, statements, reader()));
  }

  /** Named statements in the open transaction. */
  public Queries queries() {
    return new SqliteTransaction(file, statements, writer);
  }

  /** Begins a transaction that may write at once. */
  public void begin() {
    control("BEGIN IMMEDIATE");
    begun = true;
  }

  /** Ends the transaction; what it wrote is on disk. If it fails the transaction is still open, or its outcome is unknown. */
  public void commit() {
    control("COMMIT");
    begun = false;
    if (writer.takeChangedSchema()) {
      forgetReader();
    }
  }

  /** Ends the transaction, if there is one, without a trace. */
  public void rollback() {
    if (begun) {
      boolean lost = hasLostTransaction();
      begun = false;
      try {
        if (!lost) {
          control("ROLLBACK");
        }
      } finally {
        forgetSchema();
      }
    }
  }

  /** Whether a transaction is open. */
  public boolean isInTransaction() {
    return begun;
  }

  /** Whether the open transaction has been rolled back by SQLite itself, as {@code ON CONFLICT ROLLBACK} and a full disk do. */
  public boolean hasLostTransaction() {
    if (!begun) {
      return false;
    }
    try {
      writer.control("BEGIN"); // refused inside a transaction
      writer.control("ROLLBACK");
      return true;
    } catch (SQLException _) {
      return false;
    }
  }

  /** Marks a place in the open transaction to return to; inner ones have other names. A name is of letters and digits. */
  public void savepoint(String name) {
    control("SAVEPOINT " + name);
  }

  /** Forgets a place; what came after it stays. */
  public void release(String name) {
    control("RELEASE " + name);
  }

  /** Returns to a place, which is forgotten. */
  public void returnTo(String name) {
    control("ROLLBACK TO " + name);
    control("RELEASE " + name);
    forgetSchema();
  }

  /** Applies the migrations that are missing in the open transaction; how many there were. */
  public int migrate(Migrations migrations) {
    return write(c -> Migrator.run(c, file, migrations));
  }

  /** Copies what is committed into a new file, compact and without a log beside it. */
  public void copyTo(Path target) {
    read(c -> c.update("VACUUM INTO ?", target.toString()));
  }

  /** Makes all of this database what another file holds, as one commit; not inside a transaction. */
  public void replaceBy(Path source) {
    translating(() -> {
      writer.restore(source);
      return true;
    });
    forgetSchema();
    forgetReader();
  }

  /** Rolls back what is open and closes the file; the last to close it folds its log into it. */
  @Override
  public void close() {
    try {
      rollback();
    } finally {
      forgetReader();
      translating(() -> {
        writer.close();
        return true;
      });
    }
  }

  private SqlConnection reader() throws SQLException {
    SqlConnection known = reader;
    if (known == null) {
      known = connections.reader();
      known.execute(CACHE);
      reader = known;
    }
    return known;
  }

  private void forgetSchema() {
    if (writer.takeChangedSchema()) {
      translating(() -> {
        writer.forgetStatements();
        return true;
      });
    }
  }

  private void forgetReader() {
    SqlConnection known = reader;
    reader = null;
    if (known != null) {
      translating(() -> {
        known.close();
        return true;
      });
    }
  }

  private void control(String sql) {
    translating(() -> {
      writer.control(sql);
      return true;
    });
  }

  private interface Use<T> {
    T run() throws SQLException;
  }

  private <T> T translating(Use<T> use) {
    try {
      return use.run();
    } catch (SQLException e) {
      throw SqlErrors.translate(file, e);
    }
  }
}
