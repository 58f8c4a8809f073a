package dev.edge4j.data.redis;

import dev.edge4j.data.contract.VersionedKvContract;
import dev.edge4j.data.testing.Aside;
import dev.edge4j.kv.VersionedKv;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Redis is a store of keys and values that numbers its writes. */
@Aside
class RedisKvTest extends VersionedKvContract {
  private static Redis redis;

  @BeforeAll
  static void connect() {
    redis = Servers.shared();
  }

  @AfterAll
  static void disconnect() {
    redis.close();
  }

  @Override
  protected VersionedKv open() {
    return RedisKv.on(redis, Servers.prefix());
  }

  @Override
  protected void pass(Duration time) throws InterruptedException {
    Servers.pass(redis, time);
  }
}
