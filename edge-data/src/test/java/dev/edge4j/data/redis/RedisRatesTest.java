package dev.edge4j.data.redis;

import dev.edge4j.data.contract.RateStoreContract;
import dev.edge4j.data.testing.Aside;
import dev.edge4j.middleware.ratelimit.RateStore;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Redis counts rate limits exactly. */
@Aside
class RedisRatesTest extends RateStoreContract {
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
  protected RateStore open() {
    return RedisRates.on(redis, Servers.prefix());
  }

  @Override
  protected void pass(Duration time) throws InterruptedException {
    Servers.pass(redis, time);
  }
}
