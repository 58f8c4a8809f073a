package dev.edge4j.examples.shop.ops;

import dev.edge4j.examples.shop.edge.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One request as it was answered.
 *
 * @param total from the first gate to the head of the response
 * @param step the step of the chain that gave the content, as in {@code X-Served-From}; empty for what has none
 * @param version the version that answered, as in {@code X-Canary}; empty if none was chosen, or nobody has seen it yet
 */
public record Measured(int status, Duration total, List<Span> spans, Optional<String> step, Optional<String> version) {
  /** Copies the list. */
  public Measured {
    spans = List.copyOf(spans);
  }
}
