package dev.edge4j.cache;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.TypeRef;
import dev.edge4j.kv.KvStore;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Collects what a {@link Cache} needs to know; confined to one thread. */
public final class CacheBuilder<K, V> {
  /** The longest that a value may be kept, fresh and stale together. */
  public static final Duration MAX_LIFETIME = Duration.ofDays(30);

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final int DEFAULT_ENTRIES = 10_000;

  /** The second layer as it was asked for. */
  record Shared(KvStore kv, Type type) {}

  final String name;
  Duration freshFor = Duration.ofMinutes(1);
  Duration staleFor = Duration.ZERO;
  Duration negativeFor = Duration.ZERO;
  Optional<Function<? super V, ? extends Collection<String>>> tags = Optional.empty();
  int entries = DEFAULT_ENTRIES;
  Optional<Shared> shared = Optional.empty();
  JsonCodec json = JsonCodec.jackson();
  InstantSource clock = InstantSource.system();

  CacheBuilder(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("cache name: \"" + name + "\" (expected: 1 to 64 of A-Z a-z 0-9 . _ -)");
    }
    this.name = name;
  }

  /** How long a value is served as it is. Default: one minute. */
  public CacheBuilder<K, V> freshFor(Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("freshFor: " + duration + " (expected: a positive duration)");
    }
    this.freshFor = duration;
    return this;
  }

  /**
   * How long after {@link #freshFor} a value is still served while one refresh runs in the background, and while refreshes fail
   * (RFC 5861). Default: not at all.
   */
  public CacheBuilder<K, V> staleFor(Duration duration) {
    this.staleFor = notNegative("staleFor", duration);
    return this;
  }

  /** How long {@link Cache#find} remembers that there is no value. Default: not at all. */
  public CacheBuilder<K, V> negativeFor(Duration duration) {
    this.negativeFor = notNegative("negativeFor", duration);
    return this;
  }

  /** The tags of a value, by which {@link Cache#invalidateTag} finds it. Called after each load. With a store, a load then costs a
   * read for the cache and one for each tag more. */
  public CacheBuilder<K, V> tags(Function<? super V, ? extends Collection<String>> tagsOf) {
    this.tags = Optional.of(tagsOf);
    return this;
  }

  /** The most entries that are kept in memory. Default: 10,000. */
  public CacheBuilder<K, V> memory(int maxEntries) {
    if (maxEntries < 1) {
      throw new IllegalArgumentException("memory: " + maxEntries + " entries (expected: at least 1)");
    }
    this.entries = maxEntries;
    return this;
  }

  /**
   * Keeps values in a store too, as JSON, under {@code cache:<name>:}; nodes with one store share them. The type is said once
   * more because it is gone at run time. Keys must then be strings, numbers, booleans, enums, UUIDs, or records of these.
   */
  public CacheBuilder<K, V> kv(KvStore store, Class<V> type) {
    this.shared = Optional.of(new Shared(store, type));
    return this;
  }

  /** As {@link #kv(KvStore, Class)}, for values of a generic type. */
  public CacheBuilder<K, V> kv(KvStore store, TypeRef<V> type) {
    this.shared = Optional.of(new Shared(store, type.type()));
    return this;
  }

  /** Writes the values of the second layer. Default: {@link JsonCodec#jackson}. */
  public CacheBuilder<K, V> json(JsonCodec codec) {
    this.json = codec;
    return this;
  }

  /** Where the time comes from; tests own it. Default: the system's clock. */
  public CacheBuilder<K, V> clock(InstantSource source) {
    this.clock = source;
    return this;
  }

  /** The cache; throws {@link IllegalArgumentException} if values would live longer than {@link #MAX_LIFETIME}. */
  public Cache<K, V> build() {
    checkLifetime(freshFor.plus(staleFor));
    checkLifetime(negativeFor);
    return new Cache<>(this);
  }

  static void checkLifetime(Duration lifetime) {
    if (lifetime.compareTo(MAX_LIFETIME) > 0) {
      throw new IllegalArgumentException("lifetime of a cached value: " + lifetime + " (expected: at most "
          + MAX_LIFETIME + ")");
    }
  }

  private static Duration notNegative(String what, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(what + ": " + duration + " (expected: zero or more)");
    }
    return duration;
  }
}
