package dev.edge4j.data.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.engines.RedisServer;
import dev.edge4j.data.testing.Aside;
import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What was acknowledged before the server was killed in the middle of writes is there after its restart, and versions go on. */
@Aside
class WhatRedisAcknowledgedSurvivesAKillTest {
  /** The last write of a key that was acknowledged. */
  private record Written(int number, long version) {}

  private final Map<String, Written> acknowledged = new ConcurrentHashMap<>();
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void whatWasAcknowledgedIsThere() throws Exception {
    try (RedisServer server = RedisServer.start();
        Redis redis = Redis.of(server.url(), Servers.patient().withLongestPause(Duration.ofMillis(100)));
        RedisKv kv = RedisKv.on(redis)) {
      List<Thread> writers = IntStream.range(0, 8)
          .mapToObj(i -> Thread.ofVirtual().start(() -> write(kv, "key" + i)))
          .toList();
      Servers.await("some writes", () -> acknowledged.size() == 8
          && acknowledged.values().stream().allMatch(w -> w.number > 20));
      server.kill();
      Map<String, Written> before = Map.copyOf(acknowledged);
      server.restart();
      Servers.await("writes go on", () -> before.entrySet()
          .stream()
          .allMatch(e -> acknowledged.getOrDefault(e.getKey(), e.getValue()).number > e.getValue().number));
      over.set(true);
      for (Thread writer : writers) {
        writer.join();
      }
      acknowledged.forEach((key, written) -> {
        KvEntry entry = kv.entry(key).orElseThrow();
        assertTrue(number(entry) >= written.number, () -> entry + " is older than " + written);
      });
    }
  }

  /** Writes larger and larger numbers; looks after each failure what is there. */
  private void write(RedisKv kv, String key) {
    for (int i = 1; !over.get(); i++) {
      try {
        Written last = acknowledged.getOrDefault(key, new Written(0, 0));
        kv.entry(key).ifPresent(entry -> {
          assertTrue(number(entry) >= last.number, () -> entry + " is older than " + last);
          assertTrue(entry.version() >= last.version);
        });
        long version = kv.put(key, ByteBuffer.allocate(4).putInt(i).array(), KvOptions.none());
        assertTrue(version > last.version, "versions grow");
        acknowledged.put(key, new Written(i, version));
      } catch (StoreException e) {
        Thread.onSpinWait(); // the server is away
      }
    }
  }

  private static int number(KvEntry entry) {
    return ByteBuffer.wrap(entry.value()).getInt();
  }

  @Test
  void scriptsAreLearntAgainAndValuesAreWhole() throws Exception {
    try (RedisServer server = RedisServer.start();
        Redis redis = Redis.of(server.url(), Servers.patient());
        RedisKv kv = RedisKv.on(redis)) {
      byte[] large = new byte[5_000_000];
      large[4_999_999] = 7;
      kv.put("large", large, KvOptions.expiringAfter(Duration.ofHours(1)).withMetadata("{\"a\":1}"));
      server.kill();
      server.restart();
      Servers.await("it works again", () -> answers(kv));
      KvEntry entry = kv.entry("large").orElseThrow();
      assertArrayEquals(large, entry.value());
      assertTrue(entry.metadata().isPresent() && entry.expiresAt().isPresent());
      assertTrue(kv.put("large", large, KvOptions.none()) > entry.version());
    }
  }

  private static boolean answers(RedisKv kv) {
    try {
      return kv.entry("large").isPresent();
    } catch (StoreException e) {
      return false;
    }
  }
}
