package dev.edge4j.data;

import dev.edge4j.data.contract.KvStoreContract;
import dev.edge4j.data.testing.ManualClock;
import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.MemoryKv;
import java.time.Duration;

/** The store in memory keeps the same promises as those on disk. */
class MemoryKvContractTest extends KvStoreContract {
  private final ManualClock clock = new ManualClock();

  @Override
  protected KvStore open() {
    return new MemoryKv(1_000, clock);
  }

  @Override
  protected void pass(Duration time) {
    clock.forward(time);
  }
}
