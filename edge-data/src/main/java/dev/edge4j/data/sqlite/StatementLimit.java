package dev.edge4j.data.sqlite;

import dev.edge4j.Deadline;
import dev.edge4j.data.sql.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Ends the statements of one connection that nobody waits for any more. SQLite asks every few thousand steps of its machine, on the
 * thread that runs the statement, so a short read never pays for it and no timer can hit the statement behind the one it was set for.
 *
 * <p>On the writer's connection only statements that read are cut: SQLite rolls the whole transaction back with a write that is
 * interrupted (sqlite.org/c3ref/interrupt.html), and with it the writes of others in the group. A write that has begun is ended.
 */
final class StatementLimit extends ProgressHandler {
  /** Steps between two questions: a tenth of a millisecond or so. */
  private static final int STEPS = 10_000;

  /** Some that only read are taken for writing, and go on: {@code WITH ... SELECT replace(...)}. */
  private static final Pattern WRITING = Pattern.compile("\\b(?:INSERT|UPDATE|DELETE|REPLACE)\\b",
      Pattern.CASE_INSENSITIVE);

  private final boolean writer;
  private Deadline deadline = Deadline.none();
  private BooleanSupplier unwanted = () -> false;
  private @Nullable String running;

  private StatementLimit(boolean writer) {
    this.writer = writer;
  }

  static StatementLimit on(Connection connection, boolean writer) throws SQLException {
    var limit = new StatementLimit(writer);
    setHandler(connection, STEPS, limit);
    return limit;
  }

  /** What holds for the statements from now on. */
  void set(Deadline until, BooleanSupplier noLongerWanted) {
    deadline = until;
    unwanted = noLongerWanted;
  }

  /** Before a statement; refuses it once the time is over. The statement around it, to be given to {@link #end}. */
  @Nullable
  String begin(String sql) throws SQLException {
    if (isOver()) {
      throw new SQLiteException("the deadline was over before the statement began", SQLiteErrorCode.SQLITE_INTERRUPT);
    }
    String outer = running;
    running = sql;
    return outer;
  }

  void end(@Nullable String outer) {
    running = outer;
  }

  /** Not zero ends the statement with SQLITE_INTERRUPT. */
  @Override
  protected int progress() {
    String sql = running;
    return sql != null && isOver() && (!writer || onlyReads(sql)) ? 1 : 0;
  }

  private static boolean onlyReads(String sql) {
    return switch (SqlText.firstWord(sql)) {
      case "SELECT", "VALUES" -> true;
      case "WITH" -> !WRITING.matcher(sql).find();
      default -> false;
    };
  }

  private boolean isOver() {
    return unwanted.getAsBoolean() || deadline.isOver();
  }
}
