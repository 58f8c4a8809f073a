package dev.edge4j.cache;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import dev.edge4j.cache.bus.Backplane;
import dev.edge4j.cache.shared.TagVersions;
import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.TypeRef;
import dev.edge4j.kv.KvStore;
import dev.edge4j.resilience.MissLimiter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Collects what a {@link Cache} needs to know; confined to one thread. */
public final class CacheBuilder<K, V> {
  /** The longest that a value may be kept, fresh and stale together. */
  public static final Duration MAX_LIFETIME = TagVersions.MAX_LIFETIME;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final int DEFAULT_ENTRIES = 10_000;

  /** The second layer as it was asked for; the codec is made when the JSON codec is known. */
  record Shared<V>(KvStore kv, Function<JsonCodec, ValueCodec<V>> codec) {}

  final String name;
  EntryOptions options = EntryOptions.defaults();
  Function<? super V, ? extends Collection<String>> tags = _ -> List.of();
  long maximum = DEFAULT_ENTRIES;
  Optional<ToIntBiFunction<? super K, ? super V>> weigher = Optional.empty();
  Duration memoryFor = MAX_LIFETIME;
  Optional<Shared<V>> shared = Optional.empty();
  Optional<Duration> kvFor = Optional.empty();
  int version;
  JsonCodec json = JsonCodec.jackson();
  Optional<Duration> lease = Optional.empty();
  Optional<Backplane> backplane = Optional.empty();
  Optional<MissLimiter> misses = Optional.empty();
  Optional<CacheListener<? super K>> listener = Optional.empty();
  InstantSource clock = InstantSource.system();
  DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

  CacheBuilder(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("cache name: \"" + name + "\" (expected: 1 to 64 of A-Z a-z 0-9 . _ -)");
    }
    this.name = name;
  }

  /** How long a value is served as it is. Default: one minute. */
  public CacheBuilder<K, V> freshFor(Duration duration) {
    return options(o -> o.withFreshFor(duration));
  }

  /** Both {@link #staleWhileRevalidate} and {@link #staleIfError}. Default: not at all. */
  public CacheBuilder<K, V> staleFor(Duration duration) {
    return options(o -> o.withStaleFor(duration));
  }

  /** How long after {@link #freshFor} a value is served at once while one refresh runs in the background (RFC 5861 section 3). */
  public CacheBuilder<K, V> staleWhileRevalidate(Duration duration) {
    return options(o -> o.withStaleWhileRevalidate(duration));
  }

  /** How long after {@link #freshFor} a value is served if its load fails or is slow (RFC 5861 section 4). */
  public CacheBuilder<K, V> staleIfError(Duration duration) {
    return options(o -> o.withStaleIfError(duration));
  }

  /** How long it is remembered that there is no value. Default: not at all. */
  public CacheBuilder<K, V> negativeFor(Duration duration) {
    return options(o -> o.withNegativeFor(duration));
  }

  /**
   * How long a failed load is remembered, so that an origin in trouble is not asked by each caller; one to five seconds, say. Until
   * then callers get the same exception, unless there is a stale value. Default: not at all.
   */
  public CacheBuilder<K, V> errorFor(Duration duration) {
    return options(o -> o.withErrorFor(duration));
  }

  /** Changes the other options, or several at once: {@code options(o -> o.withJitter(0.1).withSoftTimeout(...))}. */
  public CacheBuilder<K, V> options(UnaryOperator<EntryOptions> change) {
    this.options = change.apply(options);
    return this;
  }

  /**
   * The tags of a value, by which {@link Cache#invalidateTag} finds it. Called after each load. With a store, a load then costs a
   * read for each tag more.
   */
  public CacheBuilder<K, V> tags(Function<? super V, ? extends Collection<String>> tagsOf) {
    this.tags = tagsOf;
    return this;
  }

  /** The most entries that are kept in memory. Default: 10,000. */
  public CacheBuilder<K, V> memory(int maxEntries) {
    if (maxEntries < 1) {
      throw new IllegalArgumentException("memory: " + maxEntries + " entries (expected: at least 1)");
    }
    this.maximum = maxEntries;
    this.weigher = Optional.empty();
    return this;
  }

  /** The most that the values kept in memory weigh together; a weight is zero or more, that of an absent value 1. */
  public CacheBuilder<K, V> memoryWeight(long maxWeight, ToIntBiFunction<? super K, ? super V> weightOf) {
    if (maxWeight < 1) {
      throw new IllegalArgumentException("memoryWeight: " + maxWeight + " (expected: at least 1)");
    }
    this.maximum = maxWeight;
    this.weigher = Optional.of(weightOf);
    return this;
  }

  /**
   * How long the memory of a node goes by its own copy, if there is a second layer; after that it asks there whether the value has
   * been replaced or invalidated by another node. While the second layer is away, or has not taken what this node writes of the key,
   * the copy is used on. Default: for its whole life.
   */
  public CacheBuilder<K, V> memoryFor(Duration duration) {
    EntryOptions.positive("memoryFor", duration);
    this.memoryFor = duration.compareTo(MAX_LIFETIME) <= 0 ? duration : MAX_LIFETIME;
    return this;
  }

  /**
   * Keeps values in a store too, as JSON, under {@code cache:<name>:}; nodes with one store share them. The type is said once
   * more because it is gone at run time. Keys must then be strings, numbers, booleans, enums, UUIDs, or records of these.
   */
  public CacheBuilder<K, V> kv(KvStore store, Class<V> type) {
    this.shared = Optional.of(new Shared<>(store, codec -> ValueCodec.json(codec, type)));
    return this;
  }

  /** As {@link #kv(KvStore, Class)}, for values of a generic type. */
  public CacheBuilder<K, V> kv(KvStore store, TypeRef<V> type) {
    this.shared = Optional.of(new Shared<>(store, codec -> ValueCodec.json(codec, type)));
    return this;
  }

  /** As {@link #kv(KvStore, Class)}, with values in bytes of your own making. */
  public CacheBuilder<K, V> kv(KvStore store, ValueCodec<V> codec) {
    this.shared = Optional.of(new Shared<>(store, _ -> codec));
    return this;
  }

  /**
   * How long the store keeps a value. Default: for its life, fresh and stale. A longer time lets an {@link AdaptiveLoader} ask
   * whether the value of then is still right; a shorter one leaves the rest of its life to the memory.
   */
  public CacheBuilder<K, V> kvFor(Duration duration) {
    EntryOptions.positive("kvFor", duration);
    EntryOptions.checkLifetime(duration);
    this.kvFor = Optional.of(duration);
    return this;
  }

  /** The version of the values' form; what the store has of another version is a miss. Default: 0. */
  public CacheBuilder<K, V> version(int number) {
    this.version = number;
    return this;
  }

  /** Writes the values of the second layer. Default: {@link JsonCodec#jackson}. */
  public CacheBuilder<K, V> json(JsonCodec codec) {
    this.json = codec;
    return this;
  }

  /**
   * Bounds the loads that are at the origin at once; a batch is one. What gets no place is served stale if it can be, else it is
   * {@link dev.edge4j.ServiceUnavailable}. Share one limiter among the caches in front of one origin. Default: no bound.
   */
  public CacheBuilder<K, V> misses(MissLimiter limiter) {
    this.misses = Optional.of(limiter);
    return this;
  }

  /**
   * Lets one node at a time load a key, through the store: the others wait until it has, or serve a stale value meanwhile. Nothing
   * is wrong if two load at once; it happens when the store is away or a load takes longer than {@code atMost}. Costs two to four
   * calls of the store for each load. Batches take no lease. Needs {@link #kv(KvStore, Class)}. Default: every node loads for itself.
   */
  public CacheBuilder<K, V> lease(Duration atMost) {
    EntryOptions.positive("lease", atMost);
    EntryOptions.notLonger("lease", atMost);
    this.lease = Optional.of(atMost);
    return this;
  }

  /**
   * Tells the other nodes with the same store of keys and tags that are invalidated, and hears them. Default: nothing told.
   *
   * <p>How long after a call has returned another node may still serve what was invalidated, while both reach the store (by their
   * clocks running at one rate):
   *
   * <table>
   * <caption>Bounds of invalidation</caption>
   * <tr><th>invalidated</th><th>the node itself</th><th>others, no backplane or message lost</th><th>others, backplane</th></tr>
   * <tr><td>key, also {@link Cache#put}</td><td>not at all</td><td>{@link #memoryFor}, and the time of a load that was under
   * way</td><td>until the message arrives</td></tr>
   * <tr><td>tag</td><td>not at all</td><td>1 s</td><td>until the message arrives</td></tr>
   * <tr><td>everything</td><td>not at all</td><td>1 s</td><td>until the message arrives</td></tr>
   * </table>
   *
   * <p>While the store is away the nodes go by what they know, and the bounds run from when the store has the invalidation. The
   * second layer itself never gives back a key's value from before its invalidation, whoever was loading it then.
   */
  public CacheBuilder<K, V> backplane(Backplane bus) {
    this.backplane = Optional.of(bus);
    return this;
  }

  /** Is told what happens. Default: nobody. */
  public CacheBuilder<K, V> listener(CacheListener<? super K> hears) {
    this.listener = Optional.of(hears);
    return this;
  }

  /**
   * Where the time comes from; tests own it. Timeouts go by it too if it is a {@link TimeSource}, else by the machine's time.
   * Default: the system's clock.
   */
  public CacheBuilder<K, V> clock(InstantSource source) {
    this.clock = source;
    return this;
  }

  /** Where jitter and XFetch have their numbers from, at least 0 and below 1; tests give a seeded one. Default: the thread's own. */
  public CacheBuilder<K, V> random(DoubleSupplier source) {
    this.random = source;
    return this;
  }

  /** The cache; throws {@link IllegalStateException} if it was asked for something that needs a store and has none. */
  public Cache<K, V> build() {
    if (shared.isEmpty() && (lease.isPresent() || kvFor.isPresent())) {
      throw new IllegalStateException("cache " + name + ": lease or kvFor without a store (expected: kv(...) too)");
    }
    return new Cache<>(Assembly.of(this), options, Deadline.none());
  }
}
