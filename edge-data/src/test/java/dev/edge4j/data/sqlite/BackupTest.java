package dev.edge4j.data.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A backup is a whole database of one moment, made while writers go on; or there is none. */
@Timeout(300)
class BackupTest {
  private static final int KILLS = Boolean.getBoolean("edge4j.long") ? 20 : 2;
  private static final int ROWS = 20_000;

  private final Path folder;
  private final Path file;
  private final Path copy;

  BackupTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("a.db");
    this.copy = folder.resolve("backups/a.db");
    try (SqliteStore store = SqliteStore.open(file)) {
      store.update("CREATE TABLE t (id INTEGER PRIMARY KEY, v INTEGER NOT NULL, text TEXT NOT NULL)");
      store.update("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows)"
          + " INSERT INTO t SELECT i, 0, printf('%.500c', 'x') FROM n", Map.of("rows", ROWS));
    }
  }

  @Test
  void writersGoOnAndTheCopyIsOfOneMoment() throws Exception {
    var stop = new AtomicBoolean();
    var moved = new AtomicLong();
    try (SqliteStore store = SqliteStore.open(file); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writer = threads.submit(() -> {
        while (!stop.get()) {
          long n = moved.get() + 1;
          store.transaction(rows -> rows.update("UPDATE t SET v = v + :n WHERE id = 1", Map.of("n", n)) + rows.update(
              "UPDATE t SET v = v - :n WHERE id = :last", Map.of("n", n, "last", ROWS)));
          moved.set(n);
        }
      });
      long before;
      long during;
      do { // until writes fell between begin and end
        before = moved.get();
        store.backup(copy);
        during = moved.get() - before;
      } while (during < 3);
      stop.set(true);
      writer.get();
      try (SqliteStore backup = SqliteStore.open(copy)) {
        assertEquals(ROWS, backup.queryOne(Integer.class, "SELECT count(*) FROM t").orElseThrow());
        assertEquals(0, backup.queryOne(Integer.class, "SELECT sum(v) FROM t").orElseThrow());
        long there = backup.queryOne(Long.class, "SELECT v FROM t WHERE id = 1").orElseThrow();
        assertTrue(there >= before * (before + 1) / 2, "it has what was written before it");
      }
    }
    assertFalse(Files.exists(Path.of(copy + ".part")));
  }

  @Test
  void whatFailsLeavesTheOlderCopyAlone() throws Exception {
    try (SqliteStore store = SqliteStore.open(file)) {
      store.backup(copy);
      byte[] old = Files.readAllBytes(copy);
      store.update("UPDATE t SET v = 1");
      Files.writeString(Path.of(copy + ".part"), "left behind by a process that was killed");
      var over = Deadline.in(Duration.ofMillis(1), TimeSource.system());
      assertThrows(StoreException.class, () -> QueryDeadline.within(over, () -> {
        store.backup(copy);
        return 0;
      }));
      assertArrayEquals(old, Files.readAllBytes(copy));
      store.backup(copy);
      assertFalse(Files.exists(Path.of(copy + ".part")));
      var itself = assertThrows(StoreException.class, () -> store.backup(file));
      assertTrue(itself.getMessage().contains("another file"), itself.getMessage());
      assertThrows(StoreException.class, () -> store.backup(folder));
      assertThrows(StoreException.class, () -> store.backup(copy.resolve("below/a.db")));
    }
    try (SqliteStore backup = SqliteStore.open(copy)) {
      assertEquals(ROWS, backup.queryOne(Integer.class, "SELECT sum(v) FROM t").orElseThrow());
    }
  }

  /** Killed when the copy is half there, and no less often when it is about to be named. */
  @Test
  void aKilledProcessLeavesNoHalfCopy() throws Exception {
    var random = new Random();
    Path part = Path.of(copy + ".part");
    long whole = Files.size(file);
    for (int hits = 0; hits < KILLS;) {
      long bytes = 1 + random.nextLong(whole);
      Child.killWhen(() -> part.toFile().length() >= bytes, BackingUp.class, file, copy);
      hits += Files.exists(part) ? 1 : 0;
      if (Files.exists(copy)) {
        try (SqliteStore backup = SqliteStore.open(copy)) {
          assertEquals(ROWS, backup.queryOne(Integer.class, "SELECT count(*) FROM t").orElseThrow());
        }
      }
    }
    try (SqliteStore store = SqliteStore.open(file)) {
      store.backup(copy);
    }
    assertFalse(Files.exists(part));
    SqliteStore.open(copy).close();
  }

  /** What is killed. */
  static final class BackingUp {
    public static void main(String[] args) {
      SqliteStore store = SqliteStore.open(Path.of(args[0]));
      while (true) {
        store.backup(Path.of(args[1]));
      }
    }
  }
}
