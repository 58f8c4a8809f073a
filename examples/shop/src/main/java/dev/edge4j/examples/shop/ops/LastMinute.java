package dev.edge4j.examples.shop.ops;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What was counted in the last minute.
 *
 * @param total of whole requests
 * @param layers of each layer, in order of name
 * @param steps how many answers each step of the chain gave
 * @param versions how many requests each version answered
 * @param failed how many answers were of 500 and more
 */
public record LastMinute(Layer total, List<Layer> layers, Map<String, Long> steps, Map<String, Long> versions,
    long failed) {
  /** How long a layer took: half of its calls no longer than {@code p50}. */
  public record Layer(String name, long count, Duration p50, Duration p95, Duration p99) {
    static Layer of(String name, Histogram counts) {
      return new Layer(name, counts.count(), counts.quantile(0.5), counts.quantile(0.95), counts.quantile(0.99));
    }
  }

  /**
   * How often a layer of the chain had what it was asked for.
   *
   * @param asked what the layers in front of it did not have
   */
  public record Ratio(String name, long hits, long asked) {
    /** 0 to 1; 0 if it was asked nothing. */
    public double share() {
      return asked == 0 ? 0 : (double) hits / asked;
    }
  }

  /** Memory, key-value store, edge copy: each was asked what those before it did not have. Stale answers count as none. */
  public List<Ratio> ratios() {
    long all = steps.values().stream().mapToLong(Long::longValue).sum();
    long memory = of("memory");
    long kv = of("kv");
    return List.of(new Ratio("memory", memory, all), new Ratio("key-value", kv, all - memory), new Ratio("edge copy",
        of("replica"), all - memory - kv));
  }

  /** How many answers that step gave. */
  public long of(String step) {
    return steps.getOrDefault(step, 0L);
  }

  /** Answers that were stale because nobody could tell better. */
  public long stale() {
    return steps.entrySet()
        .stream()
        .filter(step -> step.getKey().startsWith("stale-"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
