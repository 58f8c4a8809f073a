package dev.edge4j.data.kv;

import dev.edge4j.data.contract.VersionedKvContract;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.kv.VersionedKv;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** A visitor's session keeps all promises of the store below it. */
class KvSessionContractTest extends VersionedKvContract {
  private final VirtualClock clock = new VirtualClock();
  private final VersionedKv node = CachedKv.over(new MemoryKv(1_000, clock), 50, 100_000, clock);

  @Override
  protected VersionedKv open() {
    return KvSession.of(node, KvBookmark.NONE, clock);
  }

  @Override
  protected void pass(Duration time) {
    clock.advance(time);
  }

  @AfterEach
  void closeNode() {
    node.close();
  }
}
