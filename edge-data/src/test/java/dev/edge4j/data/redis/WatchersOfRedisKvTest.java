package dev.edge4j.data.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.testing.Engines;
import dev.edge4j.data.testing.TcpLink;
import dev.edge4j.kv.KvChange;
import dev.edge4j.kv.KvOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A watcher hears what other nodes write once it can be read, and is told when changes may have been lost. */
class WatchersOfRedisKvTest {
  private final String prefix = Servers.prefix();
  private final List<KvChange> heard = new CopyOnWriteArrayList<>();

  @Test
  void changesOfOtherNodesAreTold() throws Exception {
    try (Redis here = Servers.shared();
        Redis there = Servers.shared();
        RedisKv near = RedisKv.on(here, prefix);
        RedisKv far = RedisKv.on(there, prefix)) {
      List<Optional<String>> read = new CopyOnWriteArrayList<>();
      near.watch("a/", change -> {
        heard.add(change);
        read.add(near.entry(change.key()).map(entry -> entry.text()));
      });
      far.put("b/1", KvNames.bytes("x"));
      far.put("a/é", KvNames.bytes("one"));
      Servers.await("the put", () -> read.size() == 1);
      assertTrue(far.touch("a/é", Duration.ofHours(1)).isPresent());
      Servers.await("the touch", () -> read.size() == 2);
      far.delete("a/é");
      Servers.await("the delete", () -> read.size() == 3);
      assertEquals(List.of(KvChange.put("a/é"), KvChange.put("a/é"), KvChange.deleted("a/é")), List.copyOf(heard));
      assertEquals(List.of(Optional.of("one"), Optional.of("one"), Optional.empty()), List.copyOf(read));
    }
  }

  @Test
  void aLostConnectionIsTold() throws Exception {
    try (TcpLink link = TcpLink.to(Engines.redis().port());
        Redis here = Redis.of("redis://127.0.0.1:" + link.port(), Servers.patient()
            .withLongestPause(Duration.ofMillis(
                100)));
        Redis there = Servers.shared();
        RedisKv near = RedisKv.on(here, prefix);
        RedisKv far = RedisKv.on(there, prefix)) {
      near.watch("", heard::add);
      link.cut();
      far.put("lost", KvNames.bytes("x"), KvOptions.none());
      link.heal();
      Servers.await("the loss is told", () -> heard.contains(KvChange.missed()));
      far.put("after", KvNames.bytes("x"), KvOptions.none());
      Servers.await("changes come again", () -> heard.contains(KvChange.put("after")));
    }
  }
}
