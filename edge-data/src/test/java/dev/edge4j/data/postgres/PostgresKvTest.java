package dev.edge4j.data.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.contract.VersionedKvContract;
import dev.edge4j.data.testing.Engines;
import dev.edge4j.data.testing.ManualClock;
import dev.edge4j.data.testing.TcpLink;
import dev.edge4j.kv.KvChange;
import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.VersionedKv;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** PostgreSQL is a store of keys and values that many processes share, and that outlives their connections. */
@Timeout(120)
class PostgresKvTest extends VersionedKvContract {
  private static final KvOptions NONE = KvOptions.none();
  private static final String URL = Engines.database();
  private static final PostgresDatabase DATABASE = PostgresDatabase.of(URL);

  private final ManualClock clock = new ManualClock();

  @AfterAll
  static void closeDatabase() {
    DATABASE.close();
  }

  @Override
  protected VersionedKv open() {
    PostgresKv kv = PostgresKv.on(DATABASE, "sessions", clock);
    kv.delete("nothing"); // makes the table
    execute("TRUNCATE sessions");
    return kv;
  }

  @Override
  protected void pass(Duration time) {
    clock.forward(time);
  }

  /** Two programs with connections of their own. */
  @Test
  void sixteenThreadsOfTwoProcessesCountTogether() throws Exception {
    try (var other = PostgresDatabase.of(URL); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<PostgresKv> stores = List.of(PostgresKv.on(DATABASE, "sessions", clock), PostgresKv.on(other, "sessions",
          clock));
      List<Future<?>> counting = IntStream.range(0, 16)
          .<Future<?>>mapToObj(i -> threads.submit(() -> increment(stores.get(i % 2), 10)))
          .toList();
      for (Future<?> one : counting) {
        one.get();
      }
      assertEquals("160", stores.getFirst().entry("count").orElseThrow().text());
    }
  }

  /** Whoever writes and deletes at the same time: what a reader sees of a key is numbered upwards. */
  @Test
  void versionsNeverFallWherePutsMeetDeletes() throws Exception {
    PostgresKv kv = PostgresKv.on(DATABASE, "sessions", clock);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writing = IntStream.range(0, 6).<Future<?>>mapToObj(i -> threads.submit(() -> {
        for (int n = 0; n < 30; n++) {
          if (i % 2 == 0) {
            kv.put("a", new byte[0], NONE);
          } else {
            kv.delete("a");
          }
        }
      })).toList();
      long last = 0;
      while (!writing.stream().allMatch(Future::isDone)) {
        long now = kv.entry("a").map(KvEntry::version).orElse(last);
        assertTrue(now >= last, now + " after " + last);
        last = now;
      }
      for (Future<?> one : writing) {
        one.get();
      }
    }
  }

  @Test
  void theServersClockCountsWhereNoOtherIsGiven() throws Exception {
    PostgresKv kv = PostgresKv.on(DATABASE, "by_server");
    kv.put("short", new byte[0], Duration.ofMillis(1));
    kv.put("long", new byte[0], Duration.ofHours(1));
    Databases.await("the short one is gone", () -> kv.entry("short").isEmpty());
    Instant expiry = kv.entry("long").orElseThrow().expiresAt().orElseThrow();
    Duration left = Duration.between(Instant.now(), expiry);
    assertTrue(left.compareTo(Duration.ofMinutes(50)) > 0 && left.compareTo(Duration.ofMinutes(70)) < 0, left
        .toString());
  }

  @Test
  void sweepsWhatHasBeenGoneForLong() throws Exception {
    PostgresKv kv = PostgresKv.on(DATABASE, "sessions", clock);
    kv.put("kept", new byte[0], NONE);
    kv.put("deleted", new byte[1_000], NONE);
    kv.delete("deleted");
    kv.put("expired", new byte[0], Duration.ofSeconds(1));
    kv.put("later", new byte[0], Duration.ofDays(1));
    assertEquals(0, kv.sweep(), "a put may be under way that knows an older version");
    clock.forward(Duration.ofMinutes(11));
    assertEquals(2, kv.sweep());
    assertEquals(List.of("kept", "later"), kv.list("", "", 10));
  }

  @Test
  void aLostConnectionIsMadeAnewAndWatchersAreToldOfTheGap() throws Exception {
    var told = new LinkedBlockingQueue<KvChange>();
    PostgresKv near = PostgresKv.on(DATABASE, "sessions", clock);
    try (TcpLink link = TcpLink.to(Engines.postgres().port());
        var far = PostgresDatabase.of(Databases.through(URL, link.port()));
        PostgresKv kv = PostgresKv.on(far, "sessions", clock);
        var _ = kv.watch("user:", told::add)) {
      near.put("other", new byte[0], NONE);
      near.put("user:1", new byte[0], NONE);
      assertEquals(KvChange.put("user:1"), told.take());
      link.cut();
      near.delete("user:1");
      near.put("user:2", new byte[0], NONE);
      link.heal();
      assertEquals(KvChange.missed(), told.take());
      near.deleteIf("user:2", near.entry("user:2").orElseThrow().version());
      assertEquals(KvChange.deleted("user:2"), told.take());
      assertEquals(List.of("other"), kv.list("", "", 10), "a read finds a new connection by itself");
      assertTrue(kv.put("user:3", new byte[0], NONE) > 0);
    }
  }

  @Test
  void namesWhatATableMayBeCalled() {
    assertThrows(IllegalArgumentException.class, () -> PostgresKv.on(DATABASE, "a; DROP TABLE sessions"));
    assertThrows(IllegalArgumentException.class, () -> PostgresKv.on(DATABASE, "a".repeat(41)));
  }

  private static void increment(VersionedKv kv, int times) {
    for (int n = 0; n < times;) {
      var entry = kv.entry("count");
      int count = entry.map(KvEntry::text).map(Integer::parseInt).orElse(0);
      byte[] next = String.valueOf(count + 1).getBytes(UTF_8);
      n += kv.putIf("count", entry.map(KvEntry::version).orElse(0L), next, NONE).isPresent() ? 1 : 0;
    }
  }

  private static void execute(String sql) {
    DATABASE.write(connection -> {
      try (Statement statement = connection.createStatement()) {
        return statement.execute(sql);
      }
    });
  }
}
