package dev.edge4j.cache.shared;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Leave to load, taken by one node at a time through the store, so that nodes do not all load a key at once. It saves work and
 * nothing depends on it: two nodes may hold one lease at once when the first is slow, and when the store fails everybody has it.
 *
 * <p>A store has no compare-and-delete. A lease is given back only if it is read as ours and has a good part of its time left by
 * the holder's own clock, else it lapses; if the holder is held up between the two calls for longer than that, it deletes the
 * lease of another. The damage is one load more.
 */
public final class Lease {
  private static final String OF_LEASE = "l";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

  /** A lease that was taken. Closing gives it back; it may wait for the store and does not throw. */
  public interface Held extends AutoCloseable {
    @Override
    void close();
  }

  private final QuietKv kv;
  private final InstantSource clock;

  /** Leases in that store. */
  public Lease(QuietKv kv, InstantSource clock) {
    this.kv = kv;
    this.clock = clock;
  }

  /** The lease of a key for that long at the most; empty if another node has it. May wait for the store. */
  public Optional<Held> tryTake(String key, Duration ttl) {
    byte[] token = new byte[16];
    ThreadLocalRandom.current().nextBytes(token);
    long until = clock.millis() + ttl.toMillis();
    Optional<Boolean> taken = kv.putIfAbsent(OF_LEASE + key, token, ttl);
    if (taken.isEmpty()) {
      return Optional.of(() -> {});
    }
    return taken.get() ? Optional.of(() -> giveBack(key, token, until - ttl.toMillis() / 4)) : Optional.empty();
  }

  private void giveBack(String key, byte[] token, long sureUntil) {
    boolean ours = kv.get(OF_LEASE + key)
        .flatMap(found -> found)
        .filter(found -> Arrays.equals(found, token))
        .isPresent();
    if (ours && clock.millis() < sureUntil) {
      boolean _ = kv.tryDelete(OF_LEASE + key);
    }
  }

  /**
   * Waits for what the holder loads: asks {@code value} again and again until it has something. Empty if the lease is free
   * again, if {@code atMost} is over, or if the store fails: then it is for the caller to load.
   */
  public <T> Optional<T> await(String key, Supplier<Optional<T>> value, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    Duration pause = FIRST_PAUSE;
    while (true) {
      boolean held = kv.get(OF_LEASE + key).flatMap(found -> found).isPresent();
      Optional<T> found = value.get(); // after the lease was looked at: a holder stores first and gives back then
      long left = end - System.nanoTime();
      if (found.isPresent() || !held || left <= 0) {
        return found;
      }
      Thread.sleep(Duration.ofNanos(Math.min(left, pause.toNanos())));
      pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
    }
  }
}
