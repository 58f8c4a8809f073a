package dev.edge4j.middleware.experiment;

import dev.edge4j.Canary;
import dev.edge4j.Context;
import dev.edge4j.Key;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * Shows each visitor one of some variants, always the same, in proportion to their weights:
 * {@code Experiment.of("checkout").variant("old", 9).variant("new", 1)}. Two experiments are independent of each other.
 *
 * <p>Who has seen a variant is what counts for its result, so the listener is told when {@link #variant(Context)} is asked, once for each request,
 * and not before. Changing weights moves visitors between variants; begin another experiment instead.
 *
 * <p>Immutable, safe for use by many threads; never blocks, so gates may ask it.
 */
public final class Experiment {
  /** Is told who has seen what. Runs where the variant is asked for, so it must not block. */
  @FunctionalInterface
  public interface Listener {
    void exposed(String experiment, String variant, String visitor);
  }

  private final Key<String> seen = Key.named("experiment");
  private final String name;
  private final SequencedMap<String, Integer> weights;
  private final Function<? super Context, ?> visitor;
  private final Listener listener;

  private Experiment(String name, SequencedMap<String, Integer> weights, Function<? super Context, ?> visitor,
      Listener listener) {
    this.name = name;
    this.weights = weights;
    this.visitor = visitor;
    this.listener = listener;
  }

  /** One without variants yet, whose visitors are told apart by address. */
  public static Experiment of(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name of an experiment: \"" + name + "\" (expected: one that is not blank)");
    }
    return new Experiment(name, new LinkedHashMap<>(), c -> c.client().address(), (_, _, _) -> {
      // Nobody listens.
    });
  }

  /** With one variant more, of that weight: 1 to 1,000,000. */
  public Experiment variant(String variant, int weight) {
    if (weight < 1 || weight > 1_000_000) {
      throw new IllegalArgumentException("weight of \"" + variant + "\": " + weight + " (expected: 1 to 1000000)");
    }
    var more = new LinkedHashMap<>(weights);
    if (more.put(variant, weight) != null) {
      throw new IllegalArgumentException("variant: \"" + variant + "\" (expected: each once)");
    }
    return new Experiment(name, more, visitor, listener);
  }

  /** Tells visitors apart by this: a user's id, a cookie. It must not block. */
  public Experiment by(Function<? super Context, ?> newVisitor) {
    return new Experiment(name, weights, newVisitor, listener);
  }

  /** Tells this listener, and no other, who has seen which variant. */
  public Experiment onExposure(Listener newListener) {
    return new Experiment(name, weights, visitor, newListener);
  }

  /** The variant of the visitor who asks, which counts as seen. */
  public String variant(Context c) {
    String who = who(c);
    String variant = assigned(who);
    if (!c.isWarmUp() && c.get(seen).isEmpty()) {
      c.set(seen, variant);
      listener.exposed(name, variant, who);
    }
    return variant;
  }

  /** What tells the variants of one page apart in the key of a cache, {@code checkout=new} say; does not count as seen. */
  public String cacheKey(Context c) {
    return name + "=" + assigned(who(c));
  }

  /** The variant of that visitor; does not count as seen. */
  public String assigned(String key) {
    if (weights.isEmpty()) {
      throw new IllegalStateException("experiment \"" + name
          + "\" has no variants (expected: variant(name, weight) before it is asked)");
    }
    long total = weights.values().stream().mapToLong(Integer::intValue).sum();
    String place = "experiment:" + name.length() + ":" + name + ":" + key;
    long upTo = 0;
    for (Map.Entry<String, Integer> each : weights.entrySet()) {
      upTo += each.getValue();
      if (Canary.isNext(place, (double) upTo / total)) {
        return each.getKey();
      }
    }
    throw new AssertionError("a place in [0, 1) is below 1");
  }

  private String who(Context c) {
    Object key = visitor.apply(c);
    // Not toString: it holds the host name where one was looked up.
    return key instanceof InetAddress address ? address.getHostAddress() : String.valueOf(key);
  }
}
