package dev.edge4j.data.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.contract.VersionedKvContract;
import dev.edge4j.data.testing.ManualClock;
import dev.edge4j.kv.KvChange;
import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.KvPage;
import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.VersionedKv;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite is a store of keys and values, keeps them over a restart, and sweeps out what has expired. */
class SqliteKvTest extends VersionedKvContract {
  private final ManualClock clock = new ManualClock();
  private final Path file;
  private SqliteDatabase database;

  SqliteKvTest(@TempDir Path folder) {
    this.file = folder.resolve("kv.db");
    this.database = SqliteDatabase.open(file);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected VersionedKv open() {
    return SqliteKv.on(database, "sessions", clock);
  }

  @Override
  protected void pass(Duration time) {
    clock.forward(time);
  }

  @Test
  void sweepsWhatHasExpiredAtALaterPut() {
    VersionedKv kv = open();
    kv.put("forever", new byte[]{1});
    putMany(kv, 15);
    assertEquals(1_501, rows());
    clock.forward(Duration.ofMinutes(2));
    kv.put("a", new byte[]{1});
    assertEquals(502, rows(), "a thousand at a time");
    kv.put("b", new byte[]{1});
    assertEquals(3, rows());
  }

  @Test
  void holdsNoMoreThanItsBoundAndLosesFirstWhatExpiresFirst() {
    VersionedKv kv = SqliteKv.on(database, "sessions", clock).bounded(100_000);
    kv.put("forever", new byte[10_000]);
    for (int i = 0; i < 100; i++) {
      kv.put("k" + i, new byte[10_000], KvOptions.expiringAfter(Duration.ofMinutes(200 - i)).withMetadata("{}"));
      assertTrue(kv.get("k" + i).isPresent(), "what was just put is there, though it expires first");
    }
    assertTrue(held() <= 100_000, () -> "bytes: " + held());
    assertTrue(kv.get("forever").isPresent());
    for (int i = 0; i < 100; i++) {
      kv.put("s" + i, new byte[0], KvOptions.expiringAfter(Duration.ofDays(1)));
    }
    assertTrue(kv.get("k0").isPresent(), "it expires after all the others");
  }

  @Test
  void whatNeverExpiresIsNotLostToItsBound() {
    VersionedKv kv = SqliteKv.on(database, "sessions", clock).bounded(100_000);
    kv.put("a", new byte[40_000]);
    kv.put("b", new byte[40_000]);
    kv.put("brief", new byte[10_000], Duration.ofMinutes(1));
    StoreException full = assertThrows(StoreException.class, () -> kv.put("c", new byte[40_000]));
    assertEquals(StoreException.Reason.BUSY, full.reason());
    assertEquals(List.of("a", "b", "brief"), kv.list("", "", 10));
    kv.delete("a");
    kv.put("c", new byte[40_000]);
    assertEquals(List.of("b", "brief", "c"), kv.list("", "", 10));
    assertThrows(IllegalArgumentException.class, () -> SqliteKv.on(database, "sessions").bounded(0));
  }

  @Test
  void whatItHoldsIsCountedOverEachWayOfChange() {
    SqliteKv kv = SqliteKv.on(database, "sessions", clock);
    kv.put("a", new byte[1_000]);
    assertEquals(1_101, held());
    kv.put("a", new byte[10], KvOptions.none().withMetadata("\"é\""));
    assertEquals(115, held());
    kv.touch("a", Duration.ofMinutes(1));
    assertEquals(115, held());
    kv.putAll(Map.of("b", new byte[9], "c", new byte[19]), KvOptions.none());
    kv.deleteIf("b", kv.entry("b").orElseThrow().version());
    kv.delete("c");
    assertEquals(115, held());
    clock.forward(Duration.ofMinutes(2));
    assertEquals(1, kv.sweep());
    assertEquals(0, held());
  }

  @Test
  void twoTablesOfOneDatabaseAreTwoStores() {
    KvStore a = open();
    KvStore b = SqliteKv.on(database, "locks", clock);
    a.put("k", new byte[]{1});
    b.put("k", new byte[]{2});
    a.close();
    assertArrayEquals(new byte[]{2}, b.get("k").orElseThrow());
  }

  @Test
  void keepsValuesOverARestart() {
    open().put("k", new byte[]{1});
    database.close();
    database = SqliteDatabase.open(file);
    assertArrayEquals(new byte[]{1}, open().get("k").orElseThrow());
  }

  @Test
  void aTableFromBeforeVersionsIsBroughtUpToDateInPlace() {
    database.write(c -> {
      c.execute("CREATE TABLE old (key BLOB PRIMARY KEY NOT NULL, expires_at INTEGER NOT NULL, value BLOB NOT NULL);"
          + " CREATE INDEX old_expiry ON old (expires_at) WHERE expires_at < 9223372036854775807");
      c.update("INSERT INTO old VALUES (?, ?, ?)", bytes("kept"), Long.MAX_VALUE, bytes("1"));
      c.update("INSERT INTO old VALUES (?, ?, ?)", bytes("brief"), clock.millis() + 1_000, bytes("2"));
      return c.update("INSERT INTO old VALUES (?, ?, ?)", bytes("gone"), clock.millis(), bytes("3"));
    });
    for (int start = 0; start < 2; start++) {
      VersionedKv kv = SqliteKv.on(database, "old", clock);
      assertEquals(Optional.of(new KvEntry("kept", bytes("1"), Optional.empty(), 1, Optional.empty())), kv.entry(
          "kept"));
      assertEquals(Optional.of(clock.instant().plusSeconds(1)), kv.entry("brief").flatMap(KvEntry::expiresAt));
      assertEquals(List.of("brief", "kept"), kv.list("", "", 10));
      assertEquals(List.of("brief", "kept"), kv.page("", "", 10).items().stream().map(KvPage.Item::key).toList());
      kv.close();
    }
    assertEquals(4 + 1 + 100 + 5 + 1 + 100 + 4 + 1 + 100, held("old"), "also what was there before it was counted");
    VersionedKv kv = SqliteKv.on(database, "old", clock);
    long version = kv.putIf("kept", 1, bytes("4"), KvOptions.none().withMetadata("{}")).orElseThrow();
    assertEquals(Optional.of(new KvEntry("kept", bytes("4"), Optional.of("{}"), version, Optional.empty())), kv.entry(
        "kept"));
  }

  @Test
  void versionsGoOnAfterARestartThoughTheClockWasTurnedBack() {
    long last = open().put("k", bytes("1"), KvOptions.none());
    for (int i = 0; i < 10; i++) {
      last = open().put("k", bytes("1"), KvOptions.none());
    }
    open().delete("k");
    database.close();
    database = SqliteDatabase.open(file);
    clock.forward(Duration.ofDays(-1_000));
    assertTrue(open().put("k", bytes("1"), KvOptions.none()) > last);
  }

  @Test
  void sweepsAllThatHasExpiredWhenTold() {
    SqliteKv kv = SqliteKv.on(database, "sessions", clock);
    kv.put("forever", bytes("1"));
    putMany(kv, 25);
    assertEquals(0, kv.sweep());
    clock.forward(Duration.ofSeconds(1));
    assertEquals(2_500, kv.sweep());
    assertEquals(1, rows());
  }

  @Test
  void storesOfOneTableTellEachOthersWatchers() throws InterruptedException {
    var told = new LinkedBlockingQueue<KvChange>();
    VersionedKv watched = open();
    watched.watch("k", told::add);
    VersionedKv other = open();
    VersionedKv elsewhere = SqliteKv.on(database, "locks", clock);
    elsewhere.put("k0", bytes("1"));
    other.put("k1", bytes("1"));
    assertEquals(KvChange.put("k1"), told.poll(30, TimeUnit.SECONDS));
    other.watch("k", told::add);
    watched.close();
    other.delete("k1");
    assertEquals(KvChange.deleted("k1"), told.poll(30, TimeUnit.SECONDS));
    assertEquals(Optional.empty(), Optional.ofNullable(told.poll()), "a store that is closed ends its own watchers");
    other.close();
  }

  @Test
  void aPutOfManyThatFailsInTheMiddleStoresNothing() {
    VersionedKv kv = open();
    database.write(c -> {
      c.execute(
          "CREATE TRIGGER no_c BEFORE INSERT ON sessions WHEN new.key = x'63' BEGIN SELECT RAISE(ABORT, 'full'); END");
      return 1;
    });
    var values = new TreeMap<>(Map.of("a", bytes("1"), "b", bytes("1"), "c", bytes("1"), "d", bytes("1")));
    assertThrows(StoreException.class, () -> kv.putAll(values, KvOptions.none()));
    assertEquals(List.of(), kv.list("", "", 10));
  }

  /** Hundreds of values that live for a second. */
  private static void putMany(VersionedKv kv, int hundreds) {
    for (int i = 0; i < hundreds; i++) {
      var values = new HashMap<String, byte[]>();
      for (int k = 0; k < 100; k++) {
        values.put(i + "/" + k, bytes("1"));
      }
      kv.putAll(values, KvOptions.expiringAfter(Duration.ofSeconds(1)));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private long held() {
    return held("sessions");
  }

  private long held(String table) {
    return SqliteStore.on(database).query(Long.class, "SELECT bytes FROM " + table + "_versions").getFirst();
  }

  private long rows() {
    return database.read(c -> c.queryOne("SELECT count(*) FROM sessions", row -> row.getLong(1))).orElseThrow();
  }
}
