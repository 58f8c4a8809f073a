package dev.edge4j.examples.shop.edge;

import java.time.Duration;
import java.util.Comparator;

/**
 * The time that one layer took of a request.
 *
 * @param start since the request began
 */
public record Span(String layer, Duration start, Duration duration) implements Comparable<Span> {
  private static final Comparator<Span> ORDER = Comparator.comparing(Span::start)
      .thenComparing(Span::duration)
      .thenComparing(Span::layer);

  @Override
  public int compareTo(Span other) {
    return ORDER.compare(this, other);
  }
}
