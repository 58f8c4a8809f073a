package dev.edge4j.cache.response;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentMap;

/** What is remembered of keys beside responses, of the 10,000 most asked for each. Safe for use by many threads. */
final class Marks {
  private static final int MOST = 10_000;
  /** Varnish's default. */
  private static final Duration HIT_FOR_MISS = Duration.ofMinutes(2);
  private static final Duration REFRESH_PAUSE = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final ConcurrentMap<String, Long> alone = bounded();
  private final ConcurrentMap<String, Long> paused = bounded();
  private final ConcurrentMap<String, List<String>> vary = bounded();

  Marks(InstantSource clock) {
    this.clock = clock;
  }

  /** Requests of that key go on by themselves for a while. */
  void goAlone(String key) {
    alone.put(key, clock.millis() + HIT_FOR_MISS.toMillis());
  }

  void together(String key) {
    alone.remove(key);
  }

  boolean areAlone(String key) {
    return isMarked(alone, key);
  }

  /** A refresh has failed: the next one is to wait a little. */
  void pause(String key) {
    paused.put(key, clock.millis() + REFRESH_PAUSE.toMillis());
  }

  boolean isPaused(String key) {
    return isMarked(paused, key);
  }

  /** A target's responses depend on those request fields. */
  void vary(String primary, List<String> names) {
    if (names.isEmpty()) {
      vary.remove(primary);
    } else {
      vary.put(primary, names);
    }
  }

  List<String> vary(String primary) {
    return vary.getOrDefault(primary, List.of());
  }

  private boolean isMarked(ConcurrentMap<String, Long> marks, String key) {
    Long until = marks.get(key);
    return until != null && clock.millis() < until;
  }

  private static <V> ConcurrentMap<String, V> bounded() {
    return Caffeine.newBuilder().maximumSize(MOST).<String, V>build().asMap();
  }
}
