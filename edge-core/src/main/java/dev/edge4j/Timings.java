package dev.edge4j;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** How long each layer of a request took. Safe for use by many threads. */
public final class Timings {
  /**
   * One measurement.
   *
   * @param layer a token, as {@code Server-Timing} wants it
   * @param duration the time it took
   * @param ended when it was measured, by {@link TimeSource#nanoTime}
   */
  public record Span(String layer, Duration duration, long ended) {}

  private final AtomicReference<List<Span>> spans = new AtomicReference<>(List.of());

  private final TimeSource time;

  /** Nothing measured yet; measures by the machine's time. */
  public Timings() {
    this(TimeSource.system());
  }

  /** Nothing measured yet; measures by that time. */
  public Timings(TimeSource time) {
    this.time = time;
  }

  /** Adds what was measured elsewhere and has just ended. */
  public void record(String layer, Duration duration) {
    var span = new Span(layer, duration, time.nanoTime());
    add(span);
  }

  private void add(Span span) {
    spans.updateAndGet(before -> Stream.concat(before.stream(), Stream.of(span)).toList());
  }

  /** Runs and measures; a call that throws is measured too. */
  public <T> T measure(String layer, Callable<T> call) throws Exception {
    long start = time.nanoTime();
    try {
      return call.call();
    } finally {
      long end = time.nanoTime();
      add(new Span(layer, Duration.ofNanos(end - start), end));
    }
  }

  /** What was measured so far, in order of completion. */
  public List<Span> spans() {
    return spans.get();
  }
}
