package dev.edge4j.data.sqlite;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** What SQLite says, in one line that names the file. */
final class SqlErrors {
  private SqlErrors() {}

  static StoreException translate(Path file, SQLException e) {
    int code = e.getErrorCode();
    if (code == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return new StoreException(Reason.FAILED, file + " is not a SQLite database", e);
    }
    if (primary(code) == SQLiteErrorCode.SQLITE_INTERRUPT.code) {
      return tooLate(file, e);
    }
    return new StoreException(reason(code), file + ": " + line(e), e);
  }

  /** The unchecked form of what a work threw. */
  static Throwable unchecked(Path file, Throwable thrown) {
    return thrown instanceof SQLException e ? translate(file, e) : thrown;
  }

  /**
   * For what ended a transaction that no statement of its works did. A commit that failed otherwise than by a lock, a constraint or a
   * full disk may be in the log: in WAL mode only its last step is the flush, and a start after a crash reads what got there.
   */
  static Throwable ofGroup(Path file, Throwable thrown, boolean committing) {
    if (!(thrown instanceof SQLException e)) {
      return thrown;
    }
    StoreException known = translate(file, e);
    boolean rolledBack = known.reason() != Reason.FAILED || primary(e
        .getErrorCode()) == SQLiteErrorCode.SQLITE_FULL.code;
    if (committing && !rolledBack) {
      return new StoreException(Reason.UNKNOWN, file + ": " + line(e) + "; whether the write is on disk is not known",
          e);
    }
    return known.reason() == Reason.STATEMENT ? new StoreException(Reason.FAILED, String.valueOf(known.getMessage()), e)
        : known;
  }

  /** For what nobody waits for any more. */
  static StoreException tooLate(Path file, @Nullable Exception cause) {
    String what = file
        + ": no answer within the time that the caller allows (expected: a query that is done by then, or more time)";
    return cause == null ? new StoreException(Reason.FAILED, what) : new StoreException(Reason.FAILED, what, cause);
  }

  static StoreException closed(Path file) {
    return new StoreException(Reason.CLOSED, file + ": the database is closed");
  }

  /** The primary result code is in the low byte of an extended one (sqlite.org/rescode.html). */
  private static Reason reason(int code) {
    if (code == SQLiteErrorCode.SQLITE_READONLY.code) { // a write on a connection that only reads; what else is wrong is an extended one
      return Reason.STATEMENT;
    }
    return switch (SQLiteErrorCode.getErrorCode(primary(code))) {
      case SQLITE_CONSTRAINT -> Reason.CONSTRAINT;
      case SQLITE_MISMATCH, SQLITE_TOOBIG -> Reason.INVALID;
      case SQLITE_ERROR, SQLITE_RANGE, SQLITE_AUTH -> Reason.STATEMENT;
      case SQLITE_BUSY, SQLITE_LOCKED -> Reason.BUSY;
      default -> Reason.FAILED;
    };
  }

  private static int primary(int code) {
    return code & 0xff;
  }

  private static String line(SQLException e) {
    String message = String.valueOf(e.getMessage());
    int cut = message.indexOf('\n');
    return cut < 0 ? message : message.substring(0, cut);
  }
}
