package dev.edge4j.data.redis;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What went wrong, in words. */
final class Failures {
  private Failures() {}

  /** What lies under the wrappings of futures and of Lettuce. */
  static Throwable cause(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null
        && (cause instanceof ExecutionException || cause instanceof CompletionException
            || cause instanceof io.lettuce.core.RedisConnectionException)) {
      cause = cause.getCause();
    }
    return cause;
  }

  static String text(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isEmpty() ? cause.getClass().getSimpleName() : message;
  }

  /** What a call has come to. Only a server that refuses says that it has done nothing. */
  static StoreException of(String name, String what, boolean writes, Throwable e) {
    Throwable cause = cause(e);
    if (cause instanceof StoreException known) {
      return known;
    }
    boolean refused = cause instanceof RedisCommandExecutionException;
    String line = "Redis at " + name + (refused ? " refused " : " failed in ") + what + ": " + text(cause);
    return writes && !refused ? unknown(line, cause) : new StoreException(Reason.FAILED, line, cause);
  }

  /** Of a write that was sent, and whose answer was lost. */
  static StoreException unknown(String line, Throwable cause) {
    return new StoreException(Reason.UNKNOWN, line + "; whether the change took effect is not known", cause);
  }

  static StoreException interrupted(String name, String what, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StoreException(Reason.FAILED, "interrupted while Redis at " + name + " was asked for " + what, e);
  }
}
