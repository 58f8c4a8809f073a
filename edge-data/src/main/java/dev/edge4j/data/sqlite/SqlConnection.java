package dev.edge4j.data.sqlite;

import dev.edge4j.Deadline;
import dev.edge4j.data.sql.SqlScript;
import dev.edge4j.data.sql.SqlText;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A connection to a SQLite database with its prepared statements kept (preparing each time halves the throughput of point
 * reads). Confined to the {@link SqlWork} it was handed to.
 *
 * <p>Arguments are positional: {@code ?}. String is bound as TEXT; long, int, short as INTEGER; double, float as REAL;
 * boolean as 0 or 1; byte[] as BLOB; {@link java.time.Instant} as INTEGER, milliseconds since 1970 (they sort and compare;
 * what is below a millisecond is lost); {@link java.time.LocalDate} as ISO text; {@link java.math.BigDecimal},
 * {@link java.util.UUID} and enums as TEXT; an empty {@link Optional} as NULL.
 *
 * <p>Transactions belong to {@link SqliteDatabase}: BEGIN, COMMIT, ROLLBACK and their like are refused.
 */
public final class SqlConnection {
  private static final int CACHED_STATEMENTS = 128;
  private static final Set<String> CONTROL = Set.of("BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE");
  private static final Set<String> DDL = Set.of("CREATE", "ALTER", "DROP");

  @FunctionalInterface
  private interface Use<T> {
    T run(PreparedStatement statement) throws SQLException;
  }

  private final Connection connection;
  private final StatementLimit limit;
  /** In order of last use. A statement in use is taken out, so a query inside a row mapper prepares its own. */
  private final LinkedHashMap<String, PreparedStatement> idle = new LinkedHashMap<>();
  private boolean changedSchema;
  private long schema;

  /** A connection that writes can only be stopped where it reads; one that only reads can always be. */
  SqlConnection(Connection connection, boolean writer) throws SQLException {
    this.connection = connection;
    this.limit = StatementLimit.on(connection, writer);
  }

  /** All rows, mapped. */
  public <T> List<T> query(String sql, RowMapper<T> mapper, Object... args) throws SQLException {
    return use(sql, args, statement -> {
      var rows = new ArrayList<T>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(mapper.map(result));
        }
      }
      return rows;
    });
  }

  /** The first row, mapped, if there is one. */
  public <T> Optional<T> queryOne(String sql, RowMapper<T> mapper, Object... args) throws SQLException {
    return use(sql, args, statement -> {
      try (ResultSet result = statement.executeQuery()) {
        return result.next() ? Optional.of(mapper.map(result)) : Optional.empty();
      }
    });
  }

  /** Hands on the rows, mapped, as they come, while more are wanted. */
  <T> void each(String sql, RowMapper<T> mapper, Predicate<T> more, Object... args) throws SQLException {
    use(sql, args, statement -> {
      try (ResultSet result = statement.executeQuery()) {
        boolean wanted = true;
        while (wanted && result.next()) {
          wanted = more.test(mapper.map(result));
        }
        return wanted;
      }
    });
  }

  /** Until when the statements from now on may run: they end with SQLITE_INTERRUPT then, and the connection goes on. */
  void limit(Deadline deadline) {
    limit.set(deadline, () -> false);
  }

  void limit(Deadline deadline, BooleanSupplier unwanted) {
    limit.set(deadline, unwanted);
  }

  /** Runs one statement; how many rows it inserted, changed or deleted. */
  public long update(String sql, Object... args) throws SQLException {
    return use(sql, args, PreparedStatement::executeLargeUpdate);
  }

  /**
   * Runs a script of one or more statements without arguments, DDL above all. Statements prepared on other connections see
   * the new schema from the commit on.
   */
  public void execute(String script) throws SQLException {
    for (String sql : SqlScript.statements(script)) {
      refuseControl(sql);
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.execute();
      }
    }
    schemaChanged();
  }

  /** The rowid of the last row this connection inserted. */
  public long lastInsertId() throws SQLException {
    return queryOne("SELECT last_insert_rowid()", row -> row.getLong(1)).orElseThrow();
  }

  /** BEGIN and its like, for the writer alone. */
  void control(String sql) throws SQLException {
    PreparedStatement statement = idle.remove(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
    }
    try {
      statement.execute();
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
    keep(sql, statement);
  }

  /** Makes the database what another file holds, as one commit. */
  void restore(Path source) throws SQLException {
    int result = connection.unwrap(SQLiteConnection.class).getDatabase().restore("main", source.toString(), null);
    if (result != SQLiteErrorCode.SQLITE_OK.code) {
      throw new SQLiteException("restore from " + source, SQLiteErrorCode.getErrorCode(result));
    }
    schemaChanged();
  }

  /** Whether the schema may have changed since the last call. */
  boolean takeChangedSchema() {
    boolean changed = changedSchema;
    changedSchema = false;
    return changed;
  }

  /** Whether the schema may have changed since {@link #takeChangedSchema}. */
  boolean hasChangedSchema() {
    return changedSchema;
  }

  /** Prepares anew what was prepared under an older schema: the driver keeps the column names of `SELECT *`. */
  void onSchema(long current) throws SQLException {
    if (schema != current) {
      schema = current;
      forgetStatements();
    }
  }

  void close() throws SQLException {
    forgetStatements();
    connection.close();
  }

  private <T> T use(String sql, Object[] args, Use<T> use) throws SQLException {
    @Nullable
    String outer = limit.begin(sql);
    try {
      return prepared(sql, args, use);
    } finally {
      limit.end(outer);
    }
  }

  private <T> T prepared(String sql, Object[] args, Use<T> use) throws SQLException {
    PreparedStatement statement = idle.remove(sql);
    boolean changesSchema = false;
    if (statement == null) {
      refuseControl(sql);
      changesSchema = DDL.contains(SqlText.firstWord(sql));
      statement = connection.prepareStatement(sql);
    }
    T result;
    try {
      checkCount(statement, args.length, sql);
      Binder.bind(statement, args);
      result = use.run(statement);
      statement.clearParameters();
    } catch (SQLException | RuntimeException | Error e) {
      statement.close(); // it may stand in the middle of its rows
      throw e;
    }
    if (changesSchema) {
      statement.close();
      schemaChanged();
    } else {
      keep(sql, statement);
    }
    return result;
  }

  private void schemaChanged() throws SQLException {
    changedSchema = true;
    forgetStatements();
  }

  private void keep(String sql, PreparedStatement statement) throws SQLException {
    PreparedStatement twin = idle.put(sql, statement);
    if (twin != null) {
      twin.close();
    }
    if (idle.size() > CACHED_STATEMENTS) {
      idle.pollFirstEntry().getValue().close();
    }
  }

  void forgetStatements() throws SQLException {
    for (PreparedStatement statement : idle.values()) {
      statement.close();
    }
    idle.clear();
  }

  private static void checkCount(PreparedStatement statement, int given, String sql) throws SQLException {
    int expected = statement.getParameterMetaData().getParameterCount();
    if (expected != given) {
      throw new IllegalArgumentException(given + " arguments (expected: " + expected + ") for: " + sql);
    }
  }

  private static void refuseControl(String sql) {
    if (CONTROL.contains(SqlText.firstWord(sql))) {
      throw new IllegalArgumentException("transactions are begun and ended by the database itself: " + sql.strip());
    }
  }
}
