package dev.edge4j.data.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.data.testing.ManualClock;
import dev.edge4j.data.contract.KvStoreContract;
import dev.edge4j.kv.KvStore;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite is a store of keys and values, keeps them over a restart, and sweeps out what has expired. */
class SqliteKvTest extends KvStoreContract {
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
  protected KvStore open() {
    return SqliteKv.on(database, "sessions", clock);
  }

  @Override
  protected void pass(Duration time) {
    clock.forward(time);
  }

  @Test
  void sweepsWhatHasExpiredAtALaterPut() {
    KvStore kv = open();
    kv.put("forever", new byte[]{1});
    for (int i = 0; i < 1_500; i++) {
      kv.put("k" + i, new byte[]{1}, Duration.ofSeconds(1));
    }
    assertEquals(1_501, rows());
    clock.forward(Duration.ofMinutes(2));
    kv.put("a", new byte[]{1});
    assertEquals(502, rows(), "a thousand at a time");
    kv.put("b", new byte[]{1});
    assertEquals(3, rows());
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

  private long rows() {
    return database.read(c -> c.queryOne("SELECT count(*) FROM sessions", row -> row.getLong(1))).orElseThrow();
  }
}
