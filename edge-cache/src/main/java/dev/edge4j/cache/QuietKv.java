package dev.edge4j.cache;

import dev.edge4j.kv.KvStore;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** A key-value store whose failures end here: counted, logged once per interval, told to the caller as a value. */
final class QuietKv {
  private final KvStore kv;
  private final String prefix;
  private final Counters counters;
  private final Complaints complaints;

  QuietKv(KvStore kv, String prefix, Counters counters, Complaints complaints) {
    this.kv = kv;
    this.prefix = prefix;
    this.counters = counters;
    this.complaints = complaints;
  }

  /** What the store has; an outer empty if it failed, an inner one if it has nothing. */
  Optional<Optional<byte[]>> get(String key) {
    return attempt("read", () -> kv.get(prefix + key));
  }

  /** True if it was stored. */
  boolean put(String key, byte[] value, Duration ttl) {
    return attempt("written", () -> {
      kv.put(prefix + key, value, ttl);
      return true;
    }).isPresent();
  }

  /** True if it is gone. */
  boolean delete(String key) {
    return attempt("deleted from", () -> {
      kv.delete(prefix + key);
      return true;
    }).isPresent();
  }

  void failed(String what, Exception cause) {
    counters.kvFailures.increment();
    complaints.about(what, cause);
  }

  private <T> Optional<T> attempt(String what, Supplier<T> call) {
    try {
      return Optional.of(call.get());
    } catch (RuntimeException e) {
      failed("the second layer of cache " + prefix + " could not be " + what, e);
      return Optional.empty();
    }
  }
}
