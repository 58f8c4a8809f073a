package dev.edge4j.middleware.experiment;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Key;
import dev.edge4j.Verdict;
import dev.edge4j.http.FetchPurpose;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Response;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shows each visitor one of some variants, always the same, in proportion to their weights:
 * {@code Experiment.of("checkout").variant("old", 9).variant("new", 1)}. Two experiments are independent of each other.
 *
 * <p>Who has seen a variant is what counts for its result, so the listener is told when {@link #variant(Context)} is asked, and not before: once for each visitor where
 * {@link VisitorId} stands in front, else once for each request, and never for a page that a browser asks for ahead ({@link FetchPurpose}). For pages out of a cache {@link #exposing}
 * stands in front of it.
 *
 * <p>A variant whose weight grows takes visitors from the others; nobody else is moved, see {@link Bucket}.
 *
 * <p>Immutable, safe for use by many threads; never blocks, so gates may ask it.
 */
public final class Experiment {
  /** Is told who has seen what. Runs where the variant is asked for, so it must not block. */
  @FunctionalInterface
  public interface Listener {
    void exposed(String experiment, String variant, String visitor);
  }

  private static final int MIN_SECRET_BYTES = 16;

  private final Key<String> seen = Key.named("experiment");
  private final String name;
  private final SequencedMap<String, Integer> weights;
  private final Function<? super Context, ?> visitor;
  private final Listener listener;
  private final Optional<SecretKey> secret;

  private Experiment(String name, SequencedMap<String, Integer> weights, Function<? super Context, ?> visitor,
      Listener listener, Optional<SecretKey> secret) {
    this.name = name;
    this.weights = weights;
    this.visitor = visitor;
    this.listener = listener;
    this.secret = secret;
  }

  /** One without variants yet, whose visitors are told apart by address. */
  public static Experiment of(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name of an experiment: \"" + name + "\" (expected: one that is not blank)");
    }
    return new Experiment(name, new LinkedHashMap<>(), c -> c.client().address(), (_, _, _) -> {
      // Nobody listens.
    }, Optional.empty());
  }

  /** With one variant more, of that weight: 1 to 1,000,000. */
  public Experiment variant(String variant, int weight) {
    if (variant.isBlank()) {
      throw new IllegalArgumentException("variant: \"" + variant + "\" (expected: a name that is not blank)");
    }
    if (weight < 1 || weight > 1_000_000) {
      throw new IllegalArgumentException("weight of \"" + variant + "\": " + weight + " (expected: 1 to 1000000)");
    }
    var more = new LinkedHashMap<>(weights);
    if (more.put(variant, weight) != null) {
      throw new IllegalArgumentException("variant: \"" + variant + "\" (expected: each once)");
    }
    return new Experiment(name, more, visitor, listener, secret);
  }

  /** Tells visitors apart by this: a user's id, a cookie. It must not block. */
  public Experiment by(Function<? super Context, ?> newVisitor) {
    return new Experiment(name, weights, newVisitor, listener, secret);
  }

  /** Tells this listener, and no other, who has seen which variant. */
  public Experiment onExposure(Listener newListener) {
    return new Experiment(name, weights, visitor, newListener, secret);
  }

  /** Decides by a hash with this secret of at least 16 bytes, so that nobody outside can tell whose variant is which; the same on all nodes. */
  public Experiment keyed(byte[] newSecret) {
    if (newSecret.length < MIN_SECRET_BYTES) {
      throw new IllegalArgumentException("secret of experiment \"" + name + "\": " + newSecret.length
          + " bytes (expected: at least " + MIN_SECRET_BYTES + " random bytes)");
    }
    return new Experiment(name, weights, visitor, listener, Optional.of(new SecretKeySpec(newSecret, "HmacSHA256")));
  }

  /** The variant of the visitor who asks, which counts as seen. */
  public String variant(Context c) {
    String who = who(c);
    String variant = assigned(who);
    if (!c.isWarmUp() && !FetchPurpose.of(c.headers()).isSpeculative() && c.get(seen).isEmpty()) {
      c.set(seen, variant);
      if (c.get(VisitorId.SEEN).map(exposures -> exposures.add(name)).orElse(true)) {
        listener.exposed(name, variant, who);
      }
    }
    return variant;
  }

  /** What tells the variants of one page apart in the key of a cache, {@code checkout=new} say; does not count as seen. */
  public String cacheKey(Context c) {
    return name + "=" + assigned(who(c));
  }

  /**
   * For a template: {@code {{#hero.isBold}}...{{/hero.isBold}}} and {@code {{hero.variant}}} of a model with this under {@code hero}. The names are {@code is} and each variant's,
   * its first letter in upper case. Counts as seen.
   */
  public Map<String, Object> model(Context c) {
    String mine = variant(c);
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("variant", mine);
    weights.keySet()
        .forEach(each -> model.put("is" + each.substring(0, 1).toUpperCase(Locale.ROOT) + each.substring(1), each
            .equals(mine)));
    return model;
  }

  /**
   * A gate behind which a page is seen by whoever gets it: a response of status 200 and type {@code text/html} counts. For pages that come out of a cache behind
   * it, where no handler asks for the variant.
   */
  public Gate exposing() {
    return new Gate() {
      @Override
      public Verdict before(Context c) {
        return Verdict.pass();
      }

      @Override
      public Response after(Context c, Response response) {
        if (response.status() == 200 && response.header("Content-Type").filter(Experiment::isPage).isPresent()) {
          variant(c);
        }
        return response;
      }

      @Override
      public String name() {
        return "experiment " + name;
      }
    };
  }

  private static boolean isPage(String contentType) {
    return MediaType.essence(contentType).equals("text/html");
  }

  /** The variant of that visitor; does not count as seen. */
  public String assigned(String key) {
    if (weights.isEmpty()) {
      throw new IllegalStateException("experiment \"" + name
          + "\" has no variants (expected: variant(name, weight) before it is asked)");
    }
    return Bucket.choose(weights, name, key, secret);
  }

  private String who(Context c) {
    Object key = visitor.apply(c);
    // Not toString: it holds the host name where one was looked up.
    return key instanceof InetAddress address ? address.getHostAddress() : String.valueOf(key);
  }
}
