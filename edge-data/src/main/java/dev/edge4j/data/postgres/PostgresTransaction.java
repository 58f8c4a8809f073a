package dev.edge4j.data.postgres;

import dev.edge4j.data.Queries;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.sql.NamedSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Named statements in a transaction. Refuses to work once it is over, and after a statement has failed: PostgreSQL carries out nothing
 * more then.
 */
final class PostgresTransaction implements Queries {
  private final Statements statements;
  private final PostgresErrors errors;
  private final Connection connection;
  private boolean over;
  private @Nullable SQLException failure;

  PostgresTransaction(Statements statements, PostgresErrors errors, Connection connection) {
    this.statements = statements;
    this.errors = errors;
    this.connection = connection;
  }

  @Override
  public <T> List<T> query(Class<T> type, String sql, Map<String, ?> args) {
    NamedSql named = named(sql);
    Object[] values = named.values(args);
    return run(() -> Session.query(connection, type, named, values));
  }

  @Override
  public <T> long forEach(Class<T> type, String sql, Map<String, ?> args, Consumer<? super T> each) {
    NamedSql named = named(sql);
    Object[] values = named.values(args);
    return run(() -> Session.each(connection, type, named, values, each));
  }

  @Override
  public long update(String sql, Map<String, ?> args) {
    NamedSql named = named(sql);
    Object[] values = named.values(args);
    return run(() -> Session.update(connection, named, values));
  }

  /** Throws what failed, even if the work has caught it: its transaction cannot be committed any more. */
  void check() throws SQLException {
    SQLException failed = failure;
    if (failed != null) {
      throw failed;
    }
  }

  /** Whether a statement has failed in a way that the whole may be run again. */
  boolean isRepeatable() {
    SQLException failed = failure;
    return failed != null && (PostgresErrors.isConflict(failed) || PostgresErrors.isLost(failed));
  }

  void end() {
    over = true;
  }

  private interface Step<T> {
    T run() throws SQLException;
  }

  private <T> T run(Step<T> step) {
    SQLException failed = failure;
    if (failed != null) {
      throw new StoreException(errors.translate(failed).reason(),
          "a statement of the transaction has failed, so no other can follow", failed);
    }
    try {
      return step.run();
    } catch (SQLException e) {
      failure = e;
      throw errors.translate(e);
    }
  }

  private NamedSql named(String sql) {
    if (over) {
      throw new IllegalStateException("the transaction is over (expected: no use after its work has returned)");
    }
    return statements.of(sql);
  }
}
