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

  static StoreException of(String name, String what, Throwable e) {
    Throwable cause = cause(e);
    if (cause instanceof StoreException known) {
      return known;
    }
    String did = cause instanceof RedisCommandExecutionException ? " refused " : " failed in ";
    return new StoreException(Reason.FAILED, "Redis at " + name + did + what + ": " + text(cause), cause);
  }

  static StoreException interrupted(String name, String what, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StoreException(Reason.FAILED, "interrupted while Redis at " + name + " was asked for " + what, e);
  }
}
