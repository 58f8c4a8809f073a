package dev.edge4j.data.postgres;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.sql.SQLException;
import java.util.Set;

/** What PostgreSQL says, in one line that names the database. States are of the manual's appendix A. */
final class PostgresErrors {
  private static final String READ_ONLY = "25006";
  private static final String CANCELLED = "57014";
  /** Ended by an administrator, by a crash, or because the server starts. */
  private static final Set<String> ENDED = Set.of("57P01", "57P02", "57P03", "57P05");
  /** A serialization failure and a deadlock: the same again may succeed. */
  private static final Set<String> CONFLICT = Set.of("40001", "40P01");
  /** Besides those: a lock that was not to be waited for, and too many connections. */
  private static final Set<String> BUSY = Set.of("55P03", "53300");

  private final String label;

  PostgresErrors(String name) {
    this.label = "PostgreSQL " + name;
  }

  StoreException translate(SQLException e) {
    String state = state(e);
    if (state.equals(READ_ONLY)) {
      return new StoreException(Reason.STATEMENT, label + ": query() only reads: " + line(e)
          + " (expected: update(), or query() inside transaction())", e);
    }
    if (state.equals(CANCELLED)) {
      return new StoreException(Reason.FAILED, label + ": the statement took too long and was ended: " + line(e), e);
    }
    return new StoreException(reason(state), label + ": " + line(e), e);
  }

  /** Nobody waits any more. */
  StoreException overdue(Throwable cause) {
    return new StoreException(Reason.FAILED, label + ": no answer within the time that the caller allows", cause);
  }

  /** Of a change that may have been carried out. */
  StoreException overdueUnknown(Throwable cause) {
    return new StoreException(Reason.UNKNOWN, label + ": no answer within the time that the caller allows: whether the "
        + "change took effect is not known", cause);
  }

  StoreException overdue() {
    return new StoreException(Reason.FAILED, label + ": no answer within the time that the caller allows");
  }

  /** Of a statement that may have been carried out. */
  StoreException unknown(Throwable cause) {
    return new StoreException(Reason.UNKNOWN, label + ": the connection was lost before the answer came: whether the "
        + "change took effect is not known, and it was not asked for again", cause);
  }

  StoreException unreachable(SQLException e) {
    return new StoreException(Reason.FAILED, label + " cannot be reached: " + line(e), e);
  }

  StoreException exhausted(int connections, SQLException e) {
    return new StoreException(Reason.BUSY, label + ": all " + connections + " connections are in use", e);
  }

  StoreException closed() {
    return new StoreException(Reason.CLOSED, label + ": the database is closed");
  }

  StoreException failed(String what) {
    return new StoreException(Reason.FAILED, label + ": " + what);
  }

  StoreException failed(String what, Throwable cause) {
    return new StoreException(Reason.FAILED, label + ": " + what, cause);
  }

  static boolean isLost(SQLException e) {
    return state(e).startsWith("08") || ENDED.contains(state(e));
  }

  static boolean isConflict(SQLException e) {
    return CONFLICT.contains(state(e));
  }

  private static Reason reason(String state) {
    if (CONFLICT.contains(state) || BUSY.contains(state)) {
      return Reason.BUSY;
    }
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      case "23", "44" -> Reason.CONSTRAINT;
      case "22" -> Reason.INVALID;
      // Not supported, cardinality, no schema of that name, syntax and names and rights, too complex, raised by a function.
      case "0A", "21", "3F", "42", "54", "P0" -> Reason.STATEMENT;
      default -> Reason.FAILED;
    };
  }

  static String state(SQLException e) {
    return String.valueOf(e.getSQLState());
  }

  /** The rest of the message tells details, among them values of the row. */
  static String line(SQLException e) {
    String message = String.valueOf(e.getMessage());
    int cut = message.indexOf('\n');
    return cut < 0 ? message : message.substring(0, cut);
  }
}
