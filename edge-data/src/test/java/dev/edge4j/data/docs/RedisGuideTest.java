package dev.edge4j.data.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.data.redis.Redis;
import dev.edge4j.data.redis.RedisKv;
import dev.edge4j.data.redis.RedisOptions;
import dev.edge4j.data.redis.RedisPubSub;
import dev.edge4j.data.redis.RedisRates;
import dev.edge4j.data.testing.Engines;
import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.PubSub;
import dev.edge4j.kv.VersionedKv;
import dev.edge4j.middleware.RateLimit;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The listings of the guide to Redis. */
class RedisGuideTest {
  private final String url = Engines.redis().url();
  /** The machine that runs the tests may be busy. */
  private final Redis patient = Redis.of(url, RedisOptions.defaults().withTimeout(Duration.ofSeconds(20)));

  @AfterEach
  void close() {
    patient.close();
  }

  @Test
  void oneClientForSeveralStores() {
    // tag::client[]
    Redis redis = Redis.of(url, RedisOptions.defaults().withTimeout(Duration.ofMillis(500)));
    VersionedKv sessions = RedisKv.on(redis, "shop:sessions:");
    RedisRates rates = RedisRates.on(redis, "shop:rates:");
    RedisPubSub messages = RedisPubSub.on(redis, "shop:");
    // end::client[]
    assertFalse(sessions.isLocal());
    messages.close();
    rates.close();
    sessions.close();
    redis.close();
  }

  @Test
  void compareAndSet() {
    try (VersionedKv kv = RedisKv.on(patient)) {
      kv.put("stock:7", "3".getBytes(UTF_8));
      // tag::versions[]
      KvEntry stock = kv.entry("stock:7").orElseThrow();
      byte[] oneLess = String.valueOf(Integer.parseInt(stock.text()) - 1).getBytes(UTF_8);
      OptionalLong version = kv.putIf("stock:7", stock.version(), oneLess, KvOptions.none()); // empty: somebody was quicker
      // end::versions[]
      assertTrue(version.isPresent());
    }
  }

  @Test
  void aLimitThatNodesShare() {
    try (RedisRates rates = RedisRates.on(patient)) {
      App app = new App();
      // tag::rates[]
      app.use("/api/*", RateLimit.perClient(100, Duration.ofMinutes(1)).named("api").keptIn(rates).leasing(10));
      // end::rates[]
      app.get("/api/tea", c -> c.text("tea"));
      assertEquals(200, app.request("/api/tea").status());
    }
  }

  @Test
  void messagesToAllNodes() throws Exception {
    var heard = new LinkedBlockingQueue<String>();
    try (RedisPubSub messages = RedisPubSub.on(patient)) {
      // tag::messages[]
      PubSub.Subscription prices = messages.subscribe("prices", message -> heard.add(new String(message, UTF_8)));
      messages.publish("prices", "tea".getBytes(UTF_8));
      long lostConnections = prices.missed(); // when it grows, read everything again
      // end::messages[]
      assertEquals("tea", heard.poll(30, TimeUnit.SECONDS));
      assertEquals(0, lostConnections);
      assertEquals(List.of(), List.copyOf(heard));
    }
  }
}
