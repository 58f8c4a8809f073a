package dev.edge4j.data.kv;

import dev.edge4j.data.contract.VersionedKvContract;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.kv.VersionedKv;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;

/** A store behind a node's memory keeps all promises of a store. */
class CachedKvContractTest extends VersionedKvContract {
  private final VirtualClock clock = new VirtualClock();

  @Override
  protected VersionedKv open() {
    return CachedKv.over(new MemoryKv(1_000, clock), 50, 100_000, clock);
  }

  @Override
  protected void pass(Duration time) {
    clock.advance(time);
  }
}
