package dev.edge4j.data.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.data.BatchingSink;
import dev.edge4j.data.EventSink;
import dev.edge4j.data.contract.EventSinkContract;
import dev.edge4j.data.outbox.OutboxOptions.Accept;
import dev.edge4j.data.sqlite.SqliteDatabase;
import dev.edge4j.data.sqlite.SqliteEventSink;
import dev.edge4j.data.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Through an outbox a sink keeps the promise of a sink, whichever way the events go. */
class OutboxContractTest {
  private static final OutboxOptions QUICK = OutboxOptions.defaults()
      .withBatch(64, 1 << 20, Duration.ofMillis(5))
      .withDrain(Duration.ofSeconds(60));

  abstract static class Over extends EventSinkContract {
    @TempDir Path folder;
    private SqliteDatabase database;

    @SuppressWarnings("NullAway.Init") // before each test
    Over() {}

    abstract EventSink over(Path file, EventSink sink);

    @Override
    protected EventSink open() {
      database = SqliteDatabase.open(folder.resolve("sink.db"));
      return over(folder.resolve("outbox.db"), SqliteEventSink.on(database, "events"));
    }

    @AfterEach
    void closeDatabase() {
      database.close();
    }

    @Override
    protected List<String> arrivedPaths() {
      return SqliteStore.on(database).query(String.class, "SELECT body ->> 'path' AS path FROM events ORDER BY id");
    }

    @Test
    void theNameOfARecordArrivesToo() {
      try (SqliteDatabase other = SqliteDatabase.open(folder.resolve("other.db"))) {
        try (EventSink sink = over(folder.resolve("second.db"), SqliteEventSink.on(other, "events"))) {
          sink.append(new PageView("/a", 7));
        }
        assertEquals(List.of("PageView {\"path\":\"/a\",\"millis\":7}"), SqliteStore.on(other)
            .query(String.class, "SELECT type || ' ' || body AS event FROM events"));
      }
    }
  }

  @Nested
  class Always extends Over {
    @Override
    EventSink over(Path file, EventSink sink) {
      return Outbox.open(file, sink, QUICK);
    }
  }

  @Nested
  class WhenAway extends Over {
    @Override
    EventSink over(Path file, EventSink sink) {
      return Outbox.open(file, sink, QUICK.withAccept(Accept.WHEN_AWAY));
    }
  }

  @Nested
  class WhenAwayBehindMemory extends Over {
    @Override
    EventSink over(Path file, EventSink sink) {
      return new BatchingSink(Outbox.open(file, sink, QUICK.withAccept(Accept.WHEN_AWAY)), 64, Duration.ofMillis(5));
    }
  }
}
