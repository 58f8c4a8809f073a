package dev.edge4j.state.delivery;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/** What could not be done now and is left alone for a moment. In memory: after a restart it is tried at once. Safe for use by many threads. */
final class Pauses {
  private static final long PAUSE = Duration.ofSeconds(1).toNanos();
  private static final int MANY = 1_000;

  private final ConcurrentHashMap<Object, Long> until = new ConcurrentHashMap<>();

  boolean hold(Object key) {
    Long time = until.get(key);
    return time != null && time - System.nanoTime() > 0;
  }

  /** True if it has just begun to be late. */
  boolean add(Object key) {
    long now = System.nanoTime();
    if (until.size() >= MANY) {
      until.values().removeIf(time -> now - time > 10 * PAUSE);
    }
    return until.put(key, now + PAUSE) == null;
  }

  void remove(Object key) {
    until.remove(key);
  }

  /** All may be tried at once. */
  void end() {
    until.replaceAll((_, _) -> System.nanoTime());
  }
}
