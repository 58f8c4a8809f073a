package dev.edge4j.env;

import java.util.Optional;

/** One place that values come from. */
interface Source {
  /**
   * A value as it was written.
   *
   * @param text the text; empty for an argument without one
   * @param from where it stands, for messages: {@code --port}, {@code EDGE4J_PORT}
   */
  record Found(String text, String from) {}

  Optional<Found> find(String name);
}
