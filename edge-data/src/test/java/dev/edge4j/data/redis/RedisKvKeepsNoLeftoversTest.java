package dev.edge4j.data.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.testing.Engines;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.KvPage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of what was deleted or has expired nothing stays in Redis, stores are apart by prefix and database, and versions never come again. */
class RedisKvKeepsNoLeftoversTest {
  private static final KvOptions SHORT = KvOptions.expiringAfter(Duration.ofMillis(30));

  private final String prefix = Servers.prefix();
  private Redis redis;
  private RedisKv kv;

  @BeforeEach
  void open() {
    redis = Servers.shared();
    kv = RedisKv.on(redis, prefix);
  }

  @AfterEach
  void close() {
    kv.close();
    redis.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** Puts 50 values that have expired when this returns, of which nobody has looked at any. */
  private void expire() throws InterruptedException {
    Map<String, byte[]> values = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      values.put("short" + i, bytes("x"));
    }
    kv.putAll(values, SHORT);
    Servers.pass(redis, Duration.ofMillis(100));
    assertEquals(50, names());
  }

  private long names() {
    return redis.call("ZCARD", commands -> commands.zcard(bytes(prefix + "k")));
  }

  @Test
  void aDeletedKeyLeavesNothing() {
    kv.put("a", bytes("1"), SHORT.withMetadata("{}"));
    kv.put("b", bytes("1"));
    kv.delete("a");
    kv.delete("b");
    assertEquals(List.of(prefix + "n"), Servers.keys(redis, prefix), "the count of versions is what stays");
  }

  @Test
  void aSweepRemovesTheNamesOfWhatHasExpired() throws Exception {
    expire();
    kv.put("kept", bytes("x"), Duration.ofHours(1));
    kv.sweep();
    assertEquals(1, names());
    assertEquals(List.of("kept"), kv.list("", "", 10));
  }

  @Test
  void writesSweepTooALittleAtATime() throws Exception {
    expire();
    for (int i = 0; i < 4; i++) {
      kv.put("kept", bytes("x"));
    }
    assertEquals(1, names());
  }

  @Test
  void pagesSweepWhatTheyMeet() throws Exception {
    expire();
    KvPage page = kv.page("", "", 20);
    assertTrue(page.items().isEmpty() && !page.complete(), "an empty page with more to come");
    assertEquals(30, names());
    assertEquals(List.of(), kv.list("", "", 10));
    assertEquals(0, names());
  }

  @Test
  void whatTheServerHasEvictedIsNotListed() {
    kv.put("a", bytes("1"));
    kv.put("b", bytes("1"));
    redis.call("DEL", commands -> commands.del(bytes(prefix + "=a")));
    assertEquals(List.of("b"), kv.list("", "", 10));
    assertEquals(1, names());
  }

  @Test
  void storesAreApartByPrefixAndDatabase() {
    try (Redis fifth = Redis.of(Engines.redis().url() + "/5", Servers.patient());
        RedisKv other = RedisKv.on(redis, prefix + "k");
        RedisKv there = RedisKv.on(fifth, prefix)) {
      kv.put("a", bytes("1"));
      other.put("b", bytes("2"));
      there.put("c", bytes("3"));
      assertEquals(List.of("a"), kv.list("", "", 10));
      assertEquals(List.of("b"), other.list("", "", 10));
      assertEquals(List.of("c"), there.list("", "", 10));
      assertFalse(kv.get("b").isPresent());
    }
  }

  @Test
  void versionsGoOnThoughTheServerWasFlushed() {
    try (Redis sixth = Redis.of(Engines.redis().url() + "/6", Servers.patient());
        RedisKv flushed = RedisKv.on(sixth, prefix)) {
      long before = flushed.put("a", bytes("1"), KvOptions.none());
      sixth.call("FLUSHDB", commands -> commands.flushdb());
      assertTrue(flushed.put("a", bytes("1"), KvOptions.none()) > before);
    }
  }

  @Test
  void versionsGoOnThoughTheClockWasTurnedBack() {
    long future = 2_000_000_000_000_000L; // what the count would be if the clock had been ahead until now
    redis.call("SET", commands -> commands.set(bytes(prefix + "n"), bytes(Long.toString(future))));
    assertEquals(future + 1, kv.put("a", bytes("1"), KvOptions.none()));
    kv.delete("a");
    assertEquals(future + 2, kv.put("a", bytes("1"), KvOptions.none()));
  }
}
