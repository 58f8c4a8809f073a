package dev.edge4j.data.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.data.EventSink;
import dev.edge4j.data.testing.ManualClock;
import dev.edge4j.data.contract.EventSinkContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite is an event sink whose rows can be asked with SQL. */
class SqliteEventSinkTest extends EventSinkContract {
  record Stored(long id, long at, String type, String body) {}

  private final ManualClock clock = new ManualClock();
  private final SqliteDatabase database;

  SqliteEventSinkTest(@TempDir Path folder) {
    this.database = SqliteDatabase.open(folder.resolve("a.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected EventSink open() {
    return SqliteEventSink.on(database, "events", clock);
  }

  @Override
  protected List<String> arrivedPaths() {
    return SqliteStore.on(database).query(String.class, "SELECT body ->> 'path' AS path FROM events ORDER BY id");
  }

  @Test
  void keepsTimeTypeAndBody() {
    EventSink sink = open();
    sink.append(new PageView("/a", 7));
    sink.append(Map.of("type", "Click"));
    assertEquals(
        List.of(new Stored(1, clock.millis(), "PageView", "{\"path\":\"/a\",\"millis\":7}"),
            new Stored(2, clock.millis(), "Click", "{\"type\":\"Click\"}")),
        SqliteStore.on(database).query(Stored.class, "SELECT * FROM events ORDER BY id"));
  }

  @Test
  void takesOutWhatIsOlderThanItIsToKeep() {
    EventSink sink = SqliteEventSink.on(database, "events", clock).keeping(Duration.ofDays(7));
    sink.appendAll(Collections.nCopies(2_500, new PageView("/old", 1)));
    clock.forward(Duration.ofDays(7));
    sink.append(new PageView("/a", 1));
    assertEquals(2_501, arrivedPaths().size(), "not one that is just as old");
    clock.forward(Duration.ofMinutes(1));
    sink.append(new PageView("/b", 1));
    assertEquals(1_502, arrivedPaths().size(), "a thousand at a time");
    sink.append(new PageView("/c", 1));
    sink.append(new PageView("/d", 1));
    assertEquals(List.of("/a", "/b", "/c", "/d"), arrivedPaths());
  }

  @Test
  void refusesToKeepForNoTime() {
    assertThrows(IllegalArgumentException.class, () -> SqliteEventSink.on(database, "events").keeping(Duration.ZERO));
  }

  @Test
  void refusesATableNameThatIsNone() {
    assertThrows(IllegalArgumentException.class, () -> SqliteEventSink.on(database, "events\"; DROP TABLE x; --"));
  }
}
