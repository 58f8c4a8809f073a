package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.cache.bus.Backplane;
import dev.edge4j.cache.support.CutLink;
import dev.edge4j.cache.support.TestLoader;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.data.engines.PostgresServer;
import dev.edge4j.data.engines.RedisServer;
import dev.edge4j.data.postgres.PostgresKv;
import dev.edge4j.data.postgres.PostgresPubSub;
import dev.edge4j.data.redis.RedisKv;
import dev.edge4j.data.redis.RedisPubSub;
import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.PubSub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Over a real server's channel and keys, what one node invalidates is gone from the memory of the other; what it did while the other's link
 * was cut is made up for by the store, and messages come again once the link is back.
 */
@ParameterizedClass
@ValueSource(strings = {"redis", "postgres"})
class ServersCarryInvalidationsTest {
  private static PostgresServer postgres;
  private static RedisServer redis;

  private final TestLoader<String> here = new TestLoader<>();
  private final TestLoader<String> there = new TestLoader<>();

  @Parameter String engine;

  @SuppressWarnings("NullAway.Init") // before each test
  ServersCarryInvalidationsTest() {}

  @BeforeAll
  static void start() {
    postgres = PostgresServer.start(Map.of("fsync", "off"));
    redis = RedisServer.start();
  }

  @AfterAll
  static void stop() {
    postgres.close();
    redis.close();
  }

  @Test
  void whatOneInvalidatesIsGoneFromTheOther() {
    try (KvStore kv = kv();
        Backplane first = bus("known", port());
        Backplane second = bus("known", port())) {
      Cache<String, String> one = node("known", kv, first);
      Cache<String, String> other = node("known", kv, second);
      one.get("k", here);
      Waiting.until(() -> kv.get("cache:known:=k").isPresent());
      assertEquals("k#1", other.get("k", there), "by the store");
      assertEquals(0, there.loads.get());
      one.invalidate("k");
      Waiting.until(() -> other.peek("k").isEmpty());
      assertEquals("k#1", other.get("k", there), "its own first load");
      one.invalidateTag("t");
      Waiting.until(() -> other.peek("k").isEmpty());
      other.put("k", "given");
      Waiting.until(() -> one.get("k", here).equals("given"));
    }
  }

  @Test
  void aCutLinkIsSurvived() {
    try (CutLink link = new CutLink(port());
        KvStore kv = kv();
        Backplane first = bus("cut", port());
        Backplane second = bus("cut", link.port())) {
      Cache<String, String> one = node("cut", kv, first);
      Cache<String, String> other = node("cut", kv, second);
      other.get("k", there);
      link.cut();
      one.invalidateTag("t");
      Waiting.until(() -> other.peek("k").isEmpty()); // by the tag's version in the store
      assertEquals("k#2", other.get("k", there));
      link.heal();
      Waiting.until(() -> { // a key goes from another node's memory by a message alone
        one.invalidate("k");
        return other.peek("k").isEmpty();
      });
      assertEquals("k#3", other.get("k", there));
    }
  }

  private static Cache<String, String> node(String name, KvStore kv, Backplane bus) {
    return Cache.<String, String>named(name)
        .freshFor(Duration.ofMinutes(5))
        .kv(kv, String.class)
        .backplane(bus)
        .tags(_ -> List.of("t"))
        .build();
  }

  private int port() {
    return engine.equals("redis") ? redis.port() : postgres.port();
  }

  /** Connected, and with its tables: a cache would not wait longer than a second for that. */
  private KvStore kv() {
    KvStore kv = engine.equals("redis") ? RedisKv.of(redis.url()) : PostgresKv.of(postgres.url("postgres"));
    assertEquals(Optional.empty(), kv.get("warm"));
    return kv;
  }

  private Backplane bus(String channel, int port) {
    PubSub pubSub = engine.equals("redis") ? RedisPubSub.of("redis://127.0.0.1:" + port)
        : PostgresPubSub.of(postgres.url("postgres").replace(":" + postgres.port() + "/", ":" + port + "/"));
    return Backplane.over(pubSub, channel);
  }
}
