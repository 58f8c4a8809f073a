package dev.edge4j.data.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** 64 threads on two nodes that count up one value by compare and set lose no increment. */
class ManyThreadsCountInRedisTest {
  private static final int THREADS = 64;
  private static final int EACH = Boolean.getBoolean("edge4j.long") ? 100 : 2;

  @Test
  void noIncrementIsLost() throws Exception {
    String prefix = Servers.prefix();
    try (Redis one = Servers.shared();
        Redis two = Servers.shared();
        RedisKv first = RedisKv.on(one, prefix);
        RedisKv second = RedisKv.on(two, prefix)) {
      List<Future<?>> running = new ArrayList<>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < THREADS; i++) {
          RedisKv kv = i % 2 == 0 ? first : second;
          running.add(threads.submit(() -> {
            for (int j = 0; j < EACH; j++) {
              increment(kv);
            }
          }));
        }
      }
      for (Future<?> each : running) {
        each.get();
      }
      assertEquals(String.valueOf(THREADS * EACH), first.entry("count").orElseThrow().text());
    }
  }

  private static void increment(RedisKv kv) {
    while (true) {
      Optional<KvEntry> before = kv.entry("count");
      int next = before.map(entry -> Integer.parseInt(entry.text())).orElse(0) + 1;
      byte[] value = String.valueOf(next).getBytes(StandardCharsets.UTF_8);
      if (kv.putIf("count", before.map(KvEntry::version).orElse(0L), value, KvOptions.none()).isPresent()) {
        return;
      }
    }
  }
}
