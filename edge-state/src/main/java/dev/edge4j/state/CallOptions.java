package dev.edge4j.state;

import dev.edge4j.state.limit.Limits;
import java.time.Duration;
import java.util.Optional;

/**
 * How a call is made. Start from {@link #defaults()}.
 *
 * @param requestId names the request: a second call with the same id to the same object is not executed, but answered with the stored
 *     reply of the first, for as long as {@link DurableObjectsOptions#repliesKept} says. With another method or other arguments it fails
 * @param priority which calls go first
 * @param timeout how long the caller waits at most; what has not begun then never does
 */
public record CallOptions(Optional<String> requestId, Priority priority, Optional<Duration> timeout) {
  private static final CallOptions DEFAULTS = new CallOptions(Optional.empty(), Priority.NORMAL, Optional.empty());

  /** Throws {@link IllegalArgumentException} for an id over 512 bytes or a timeout that is not positive. */
  public CallOptions {
    requestId.ifPresent(id -> Limits.checkName("request id", id));
    timeout.filter(time -> !time.isPositive()).ifPresent(time -> {
      throw new IllegalArgumentException("timeout: " + time + " (expected: a positive duration)");
    });
  }

  /** No request id, normal priority, as long as the deadline around the call allows. */
  public static CallOptions defaults() {
    return DEFAULTS;
  }

  /** The defaults with a request id. */
  public static CallOptions request(String id) {
    return DEFAULTS.withRequestId(id);
  }

  public CallOptions withRequestId(String id) {
    return new CallOptions(Optional.of(id), priority, timeout);
  }

  public CallOptions withPriority(Priority other) {
    return new CallOptions(requestId, other, timeout);
  }

  public CallOptions withTimeout(Duration time) {
    return new CallOptions(requestId, priority, Optional.of(time));
  }
}
