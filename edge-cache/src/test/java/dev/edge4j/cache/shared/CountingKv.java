package dev.edge4j.cache.shared;

import dev.edge4j.cache.support.ForwardingKv;
import dev.edge4j.kv.KvStore;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A store that counts how often it is read. */
final class CountingKv extends ForwardingKv {
  final AtomicLong reads = new AtomicLong();

  CountingKv(KvStore store) {
    super(store);
  }

  @Override
  public Optional<byte[]> get(String key) {
    reads.incrementAndGet();
    return super.get(key);
  }
}
