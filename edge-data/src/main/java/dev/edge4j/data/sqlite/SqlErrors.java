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
    int primary = primary(code);
    if (primary == SQLiteErrorCode.SQLITE_CONSTRAINT.code) {
      return Reason.CONSTRAINT;
    }
    return primary == SQLiteErrorCode.SQLITE_BUSY.code || primary == SQLiteErrorCode.SQLITE_LOCKED.code
        ? Reason.BUSY
        : Reason.FAILED;
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
