package dev.edge4j.examples.shop.chaos;

import java.time.Duration;
import java.util.Set;

/**
 * Takes layers of the shop away while it runs, and gives them back. What is cut fails each call at once, as a connection that is
 * refused; what is delayed answers later, as one that is far. Nothing is kept: a restart gives everything back. Safe for use by many
 * threads.
 */
public interface Chaos {
  /** The layers, the nearest first. */
  enum Layer {
    /** The key-value store, which caches are kept in. */
    CACHE,
    /** The rows of the edge copy of the catalogue. */
    REPLICA,
    /** What decides prices, stock, orders and accounts. */
    ORIGIN
  }

  /** Which of them can be taken away here: all, or none where a mesh file says what the shop stands on. */
  Set<Layer> layers();

  /** Lets each call to a layer fail until {@link #restore}; throws {@link IllegalArgumentException} for one that is not in {@link #layers}. */
  void cut(Layer layer);

  /** Gives a layer back, near and whole. */
  void restore(Layer layer);

  boolean isCut(Layer layer);

  /** Has each call to a layer take so much longer, none or more; fails as {@link #cut} does. */
  void delay(Layer layer, Duration longer);

  /** How much longer each call to a layer takes. */
  Duration delay(Layer layer);
}
