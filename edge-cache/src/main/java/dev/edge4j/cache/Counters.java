package dev.edge4j.cache;

import java.util.concurrent.atomic.LongAdder;

/** The running figures behind {@link CacheStats}. */
final class Counters {
  final LongAdder hitsL1 = new LongAdder();
  final LongAdder hitsL2 = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder loads = new LongAdder();
  final LongAdder staleServed = new LongAdder();
  final LongAdder loadFailures = new LongAdder();
  final LongAdder kvFailures = new LongAdder();

  void served(Layer layer, boolean stale) {
    switch (layer) {
      case L1 -> hitsL1.increment();
      case L2 -> hitsL2.increment();
      case LOADED -> misses.increment();
    }
    if (stale) {
      staleServed.increment();
    }
  }

  CacheStats snapshot() {
    return new CacheStats(hitsL1.sum(), hitsL2.sum(), misses.sum(), loads.sum(), staleServed.sum(), loadFailures.sum(),
        kvFailures.sum());
  }
}
