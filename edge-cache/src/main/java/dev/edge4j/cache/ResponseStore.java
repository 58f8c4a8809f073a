package dev.edge4j.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.edge4j.cache.http.CacheKey;
import dev.edge4j.cache.http.CachePolicy;
import dev.edge4j.cache.http.CacheStatus;
import dev.edge4j.cache.http.Decision;
import dev.edge4j.cache.http.StoredResponse;
import dev.edge4j.http.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stored responses in memory, bounded by bytes, and behind it in a key-value store: under a digest of the primary key a generation
 * and the names of the fields that its variants differ in; under both and a digest of the fields' values the response. Without its
 * generation no variant is found, so an invalidation is one delete.
 */
final class ResponseStore {
  /** The most variants of one target that are kept; the oldest goes first. */
  private static final int MAX_VARIANTS = 32;
  private static final int OVERHEAD = 512;
  private static final int STRIPES = 64;
  private static final int MAX_INVALID = 100_000;
  /** A fetch that takes longer may bring back what was invalidated when it had begun. */
  private static final Duration LONGEST_FETCH = Duration.ofHours(1);

  /** What the store has under a target. */
  private record Target(String generation, List<String> vary) {
    static Target parse(byte[] bytes) {
      List<String> lines = List.of(new String(bytes, StandardCharsets.UTF_8).split("\n", -1));
      return new Target(lines.getFirst(), lines.subList(1, lines.size()));
    }

    byte[] encode() {
      return Stream.concat(Stream.of(generation), vary.stream())
          .collect(Collectors.joining("\n"))
          .getBytes(StandardCharsets.UTF_8);
    }

    String key(String target, String variant) {
      return target + ":" + generation + ":" + CacheKey.digest("", variant);
    }
  }

  /** A stored response and what it is good for. */
  record Found(StoredResponse stored, Decision decision) {}

  private final QuietKv kv;
  private final InstantSource clock;
  private final ConcurrentMap<String, List<StoredResponse>> memory;
  private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];
  private final AtomicLong sequence = new AtomicLong();
  private final ConcurrentMap<String, Long> forgotten = Caffeine.newBuilder()
      .expireAfterWrite(LONGEST_FETCH)
      .<String, Long>build()
      .asMap();
  /** Targets that were invalidated in memory and not yet in the store. */
  private final ConcurrentMap<String, Boolean> invalid = Caffeine.newBuilder()
      .maximumSize(MAX_INVALID)
      .<String, Boolean>build()
      .asMap();

  ResponseStore(QuietKv kv, long maxBytes, InstantSource clock) {
    this.kv = kv;
    this.clock = clock;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
    this.memory = Caffeine.newBuilder()
        .maximumWeight(maxBytes)
        .<String, List<StoredResponse>>weigher((_, variants) -> variants.stream()
            .mapToInt(stored -> stored.body().length + OVERHEAD)
            .sum())
        .<String, List<StoredResponse>>build()
        .asMap();
  }

  /** What memory has; never waits. */
  Optional<Found> near(String primary, Request request) {
    Instant now = clock.instant();
    for (StoredResponse stored : memory.getOrDefault(primary, List.of())) {
      Decision decision = CachePolicy.lookup(now, request, stored);
      if (!decision.equals(new Decision.Miss(CacheStatus.Forward.VARY_MISS))) {
        return Optional.of(new Found(stored, decision));
      }
    }
    return Optional.empty();
  }

  /** What the store has; remembered in memory unless {@code superseded}. May wait. */
  Optional<Found> far(String primary, Request request, BooleanSupplier superseded) {
    if (invalid.containsKey(primary)) {
      purge(primary);
      return Optional.empty();
    }
    String key = target(primary);
    Optional<StoredResponse> stored = read(key).map(Target::parse)
        .flatMap(target -> read(target.key(key, CacheKey.variant(request, target.vary()))))
        .flatMap(StoredResponse::decode);
    stored.ifPresent(found -> remember(primary, found, superseded));
    return stored.map(found -> new Found(found, CachePolicy.lookup(clock.instant(), request, found)));
  }

  /** The names of the fields that the newest response for a target varied by; empty if there is none. */
  List<String> vary(String primary) {
    List<StoredResponse> variants = memory.getOrDefault(primary, List.of());
    return variants.isEmpty() ? List.of() : variants.getFirst().vary();
  }

  void remember(String primary, StoredResponse stored, BooleanSupplier superseded) {
    memory.compute(primary, (_, old) -> {
      if (superseded.getAsBoolean()) {
        return old;
      }
      List<StoredResponse> variants = new ArrayList<>();
      variants.add(stored);
      for (StoredResponse other : old == null ? List.<StoredResponse>of() : old) {
        boolean same = other.vary().equals(stored.vary()) && !other.variant().equals(stored.variant());
        if (same && variants.size() < MAX_VARIANTS) {
          variants.add(other);
        }
      }
      return List.copyOf(variants);
    });
  }

  /** Writes to the store, unless {@code superseded}. May wait. */
  void save(String primary, StoredResponse stored, BooleanSupplier superseded) {
    Duration life = stored.freshness().remaining().minus(Duration.between(stored.storedAt(), clock.instant()));
    String key = target(primary);
    ReentrantLock stripe = stripe(primary);
    stripe.lock();
    try {
      if (life.isPositive() && !superseded.getAsBoolean() && isPurged(primary)) {
        String generation = read(key).map(Target::parse).map(Target::generation).orElseGet(ResponseStore::random);
        var target = new Target(generation, stored.vary());
        kv.put(key, target.encode(), life);
        kv.put(target.key(key, stored.variant()), stored.encode(), life);
      }
    } finally {
      stripe.unlock();
    }
  }

  /** Forgets a target in memory at once; {@link #purge} has to follow. */
  void forget(String primary) {
    invalid.put(primary, true);
    memory.compute(primary, (_, _) -> {
      forgotten.put(primary, sequence.incrementAndGet());
      return null;
    });
  }

  /** Grows with every target that is forgotten. */
  long sequence() {
    return sequence.get();
  }

  /** True if the target was forgotten after the sequence stood there: what was fetched since then may be outdated. */
  boolean isForgottenSince(String primary, long before) {
    return forgotten.getOrDefault(primary, 0L) > before;
  }

  /** Forgets a target in the store. May wait. */
  void purge(String primary) {
    ReentrantLock stripe = stripe(primary);
    stripe.lock();
    try {
      isPurged(primary);
    } finally {
      stripe.unlock();
    }
  }

  private boolean isPurged(String primary) {
    if (invalid.containsKey(primary) && kv.delete(target(primary))) {
      invalid.remove(primary);
    }
    return !invalid.containsKey(primary);
  }

  private ReentrantLock stripe(String primary) {
    return stripes[Math.floorMod(primary.hashCode(), STRIPES)];
  }

  private static String random() {
    return Long.toHexString(ThreadLocalRandom.current().nextLong());
  }

  private Optional<byte[]> read(String key) {
    return kv.get(key).flatMap(found -> found);
  }

  private static String target(String primary) {
    return CacheKey.digest(primary, "");
  }
}
