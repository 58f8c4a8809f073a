package dev.edge4j.cache.shared;

import dev.edge4j.kv.KvStore;
import dev.edge4j.resilience.CircuitBreaker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A key-value store whose failures end here: counted, logged once per interval, told to the caller as a value. Safe for use by
 * many threads.
 *
 * <p>A store that is dead costs nobody a time-out per call: a breaker stops asking it, and nobody waits for a call longer than a
 * second ({@link KvStore#isLocal local} stores are trusted not to hang). A write or a delete that failed is done again once
 * the store answers; of those for one key only the newest. Until then there is nothing to be read under this key. What waits
 * is bounded: writes are forgotten first; if there are too many deletes, nothing at all is read until
 * {@link #makesGoodForAll what makes good for them} is done.
 */
public final class QuietKv {
  private static final Optional<Optional<byte[]>> NOTHING = Optional.of(Optional.empty());

  private final KvStore kv;
  private final String prefix;
  private final InstantSource clock;
  private final Runnable onFailure;
  private final Complaints complaints;
  private final Caller caller;
  private final Outbox outbox;

  /** For keys below {@code prefix}; {@code onFailure} runs at each failed call. */
  public QuietKv(KvStore kv, String prefix, Runnable onFailure, Complaints complaints) {
    this(kv, prefix, onFailure, complaints, Outbox.Limits.DEFAULT);
  }

  QuietKv(KvStore kv, String prefix, Runnable onFailure, Complaints complaints, Outbox.Limits limits) {
    this.kv = kv;
    this.prefix = prefix;
    this.clock = complaints.clock();
    this.onFailure = onFailure;
    this.complaints = complaints;
    this.caller = new Caller("the second layer of cache " + prefix, kv.isLocal(), clock,
        cause -> failed("a call to the second layer of cache " + prefix + " failed", cause));
    this.outbox = new Outbox(caller, limits);
    caller.onAnswer(outbox::answered);
  }

  /**
   * What the store has; an outer empty if it failed or is not to be asked, an inner one if it has nothing, or nothing that is good:
   * a write or a delete of this key waits to be done.
   */
  public Optional<Optional<byte[]>> get(String key) {
    if (outbox.isPending(key)) {
      return NOTHING;
    }
    Optional<Optional<byte[]>> found = read(key);
    return found.isPresent() && outbox.isPending(key) ? NOTHING : found;
  }

  /** As {@link #get}, whatever waits to be done. */
  Optional<Optional<byte[]>> read(String key) {
    return caller.call(() -> kv.get(prefix + key));
  }

  /** True if it was stored; otherwise it will be, unless something newer is to be done for this key. */
  public boolean put(String key, byte[] value, Duration ttl) {
    return put(key, value, ttl, () -> false);
  }

  /** As {@link #put(String, byte[], Duration)}, unless {@code superseded} by the time its turn comes. */
  public boolean put(String key, byte[] value, Duration ttl, BooleanSupplier superseded) {
    return outbox.submit(key, putting(key, value, ttl, superseded));
  }

  /** The work of {@link #put(String, byte[], Duration, BooleanSupplier)}, as a part of some other. */
  Outbox.Work putting(String key, byte[] value, Duration ttl, BooleanSupplier superseded) {
    return new Put(prefix + key, value, clock.millis() + ttl.toMillis(), superseded);
  }

  /** Whether it was stored because there was none; empty if the store failed. It is not done again. */
  public Optional<Boolean> putIfAbsent(String key, byte[] value, Duration ttl) {
    return caller.call(() -> kv.putIfAbsent(prefix + key, value, ttl));
  }

  /** True if it is gone; otherwise it will be. */
  public boolean delete(String key) {
    return outbox.submit(key, () -> {
      kv.delete(prefix + key);
      return true;
    });
  }

  /** As {@link #delete}, but not done again if it fails. */
  public boolean tryDelete(String key) {
    return caller.call(() -> {
      kv.delete(prefix + key);
      return true;
    }).isPresent();
  }

  /** True while a write or a delete of this key waits to be done: until then there is nothing to be read here. */
  public boolean isPending(String key) {
    return outbox.isPending(key);
  }

  /** Keys that wait to be written or deleted. */
  public int pending() {
    return outbox.size();
  }

  /** Writes and deletes that were given up because too many waited. */
  public long dropped() {
    return outbox.dropped();
  }

  /** Whether the store is asked at present. */
  public CircuitBreaker.Position breaker() {
    return caller.position();
  }

  /** Counts and logs a failure that is not of a call. */
  public void failed(String what, Throwable cause) {
    onFailure.run();
    complaints.about(what, cause);
  }

  /** What is done once if deletes had to be given up: it must make worthless what should have been deleted. */
  void makesGoodForAll(Outbox.Work work) {
    outbox.makesGoodForAll(work);
  }

  /** Runs {@code calls} as one piece of work for that key, now or when the store answers; true if now. */
  boolean submit(String key, Outbox.Work calls) {
    return outbox.submit(key, calls);
  }

  /** A read inside of {@link #submit}: throws if it fails. */
  Optional<byte[]> fetch(String key) {
    return kv.get(prefix + key);
  }

  /** A write inside of {@link #submit}: throws if it fails. */
  void write(String key, byte[] value, Duration ttl) {
    kv.put(prefix + key, value, ttl);
  }

  /** A delete inside of {@link #submit}: throws if it fails. */
  void remove(String key) {
    kv.delete(prefix + key);
  }

  private final class Put implements Outbox.Work {
    private final String key;
    private final byte[] value;
    private final long expiresAt;
    private final BooleanSupplier superseded;

    Put(String key, byte[] value, long expiresAt, BooleanSupplier superseded) {
      this.key = key;
      this.value = value;
      this.expiresAt = expiresAt;
      this.superseded = superseded;
    }

    @Override
    public boolean run() {
      long left = expiresAt - clock.millis();
      boolean wanted = left > 0 && !superseded.getAsBoolean();
      if (wanted) {
        kv.put(key, value, Duration.ofMillis(left));
      }
      return wanted;
    }

    @Override
    public int bytes() {
      return value.length;
    }

    @Override
    public boolean mayBeDropped() {
      return true;
    }
  }
}
