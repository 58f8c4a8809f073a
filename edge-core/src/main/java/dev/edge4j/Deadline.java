package dev.edge4j;

import dev.edge4j.http.Headers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Until when an answer must be there; or none. It is measured on the elapsed time of one {@link TimeSource}, never on a calendar,
 * and crosses to another process as what is left of it ({@link #HEADER}), so no two clocks are ever compared. gRPC does the same.
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class Deadline {
  /**
   * The header field that tells a server how long its caller will wait: a decimal count of milliseconds, relative to its arrival.
   */
  public static final String HEADER = "X-Edge-Timeout-Ms";

  /** At most 15 digits, 31,000 years: a longer count is no time that anybody waits. */
  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,15}");

  /** Half of what a long of nanoseconds holds, 146 years, so that differences of two times cannot overflow. */
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

  private static final Deadline NONE = new Deadline(null, 0);

  private final @Nullable TimeSource time;
  private final long nanoTime;

  private Deadline(@Nullable TimeSource time, long nanoTime) {
    this.time = time;
    this.nanoTime = nanoTime;
  }

  /** Never. */
  public static Deadline none() {
    return NONE;
  }

  /** That long from now. Zero and less are over already; more than a century is cut to one. */
  public static Deadline in(Duration duration, TimeSource time) {
    Duration least = duration.isNegative() ? Duration.ZERO : duration;
    Duration bounded = least.compareTo(LONGEST) > 0 ? LONGEST : least;
    return new Deadline(time, time.nanoTime() + bounded.toNanos());
  }

  /** What a caller says in {@link #HEADER}, counted from now; none if it says nothing, several things, or no decimal number. */
  public static Deadline of(Headers headers, TimeSource time) {
    List<String> told = headers.all(HEADER);
    boolean clear = told.size() == 1 && MILLIS.matcher(told.getFirst()).matches();
    return clear ? in(Duration.ofMillis(Long.parseLong(told.getFirst())), time) : NONE;
  }

  /** What is left of it, zero once it is over; empty if there is none. */
  public Optional<Duration> remaining() {
    TimeSource source = time;
    return source == null ? Optional.empty()
        : Optional.of(Duration.ofNanos(Math.max(0, nanoTime - source.nanoTime())));
  }

  /** The time to wait for one thing: at most this long, and not past the deadline. */
  public Duration atMost(Duration most) {
    return remaining().filter(left -> left.compareTo(most) < 0).orElse(most);
  }

  public boolean isOver() {
    return remaining().filter(Duration::isZero).isPresent();
  }

  /** Throws {@link GatewayTimeout} once it is over: ask before work that somebody would have to wait for. */
  public void check() {
    if (isOver()) {
      throw new GatewayTimeout("the time allowed for the answer is over");
    }
  }

  /** The one that comes first; this one if they come together. */
  public Deadline sooner(Deadline other) {
    if (time != null && time.equals(other.time)) {
      return other.nanoTime - nanoTime < 0 ? other : this;
    }
    Optional<Duration> theirs = other.remaining();
    return theirs.isEmpty() || remaining().filter(left -> left.compareTo(theirs.get()) <= 0).isPresent() ? this : other;
  }

  /**
   * The header fields of an outbound call, with {@link #HEADER} for what is left now in whole milliseconds, rounded down. Without a
   * deadline the field is left out, also one that came in: it spoke to us.
   */
  public Headers on(Headers headers) {
    return remaining().map(left -> headers.with(HEADER, String.valueOf(left.toMillis())))
        .orElseGet(() -> headers.without(HEADER));
  }

  /** Runs this once it is over, on a thread of its time source; never if there is none. */
  TimeSource.Timer whenOver(Runnable task) {
    TimeSource source = time;
    return source == null ? () -> {} : source.after(remaining().orElseThrow(), task);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Deadline that && Objects.equals(time, that.time) && nanoTime == that.nanoTime;
  }

  @Override
  public int hashCode() {
    return Objects.hash(time, nanoTime);
  }

  /** {@code in 1500 ms}, {@code none}. */
  @Override
  public String toString() {
    return remaining().map(left -> "in " + left.toMillis() + " ms").orElse("none");
  }
}
