package dev.edge4j.examples.shop.cart;

import java.util.ArrayList;
import java.util.List;

/**
 * A state of a cart that the origin was asked to make an order of, and of which nobody knows yet what it has answered.
 *
 * @param lines what was in, and its stamp
 * @param keys of the latest requests that have tried, the last one last
 */
public record Tried(Lines lines, List<String> keys) {
  private static final int MOST = 20;

  public Tried {
    keys = List.copyOf(keys);
  }

  /** That state, tried by nobody yet. */
  static Tried of(Lines lines) {
    return new Tried(lines, List.of());
  }

  Tried by(String key) {
    List<String> all = new ArrayList<>(keys);
    all.remove(key);
    all.add(key);
    return new Tried(lines, all.subList(Math.max(0, all.size() - MOST), all.size()));
  }

  boolean isBy(String key) {
    return keys.contains(key);
  }
}
