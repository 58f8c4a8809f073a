package dev.edge4j.data.libsql;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.data.libsql.HranaOutcome.Failed;
import java.net.URI;
import java.util.Set;

/** What a server says, or does not say, in one line that names it. */
final class LibsqlErrors {
  private static final String UNKNOWN = "; the outcome of the write is unknown: it may or may not have been executed"
      + " (expected: look before it is sent again)";

  /** Of SQLite, whose plain error sqld calls unknown, and of sqld's own look at a statement before. */
  private static final Set<String> STATEMENT = Set.of("SQLITE_ERROR", "SQLITE_UNKNOWN", "SQLITE_RANGE", "SQLITE_AUTH",
      "SQL_INPUT_ERROR",
      "SQL_PARSE_ERROR", "SQL_NO_STATEMENT", "SQL_MANY_STATEMENTS", "ARGS_INVALID", "ARGS_BOTH_POSITIONAL_AND_NAMED");

  private LibsqlErrors() {}

  static StoreException failed(URI server, Failed failure) {
    return new StoreException(reason(failure.code()), server + ": " + failure.message() + (failure.code().isEmpty() ? ""
        : " (" + failure.code() + ")"));
  }

  private static Reason reason(String code) {
    if (code.startsWith("SQLITE_CONSTRAINT")) {
      return Reason.CONSTRAINT;
    }
    boolean busy = code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED") || code.startsWith(
        "TRANSACTION_");
    if (busy) {
      return Reason.BUSY;
    }
    if (code.startsWith("SQLITE_MISMATCH") || code.startsWith("SQLITE_TOOBIG")) {
      return Reason.INVALID;
    }
    return STATEMENT.contains(code) ? Reason.STATEMENT : Reason.FAILED;
  }

  /** For what changes nothing, be it executed or not. */
  static StoreException unanswered(URI server, HranaException e) {
    boolean busy = e.status() == 429 || e.status() == 503;
    return new StoreException(busy ? Reason.BUSY : Reason.FAILED, line(server, e), e);
  }

  /** For a write: nobody can tell whether a lost one was executed, so it must not be sent again blindly. */
  static StoreException unansweredWrite(URI server, HranaException e) {
    return e.kind() != HranaException.Kind.LOST ? unanswered(server, e)
        : new StoreException(Reason.UNKNOWN, line(server, e) + UNKNOWN, e);
  }

  private static String line(URI server, HranaException e) {
    return server + ": " + e.getMessage() + switch (e.status()) {
      case 401 -> " (expected: a valid token, see LibsqlOptions.withToken)";
      case 403 -> " (expected: a token that allows this)";
      case 404 -> " (expected: the address of a libSQL server that speaks Hrana 3, and a database that is there)";
      default -> "";
    };
  }
}
