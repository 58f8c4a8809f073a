package dev.edge4j.data.docs;

import static dev.edge4j.data.Promises.direct;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.BatchingSink;
import dev.edge4j.data.DataMesh;
import dev.edge4j.data.EventSink;
import dev.edge4j.data.clickhouse.ClickHouseSink;
import dev.edge4j.data.outbox.Outbox;
import dev.edge4j.data.outbox.OutboxOptions;
import dev.edge4j.data.outbox.OutboxOptions.Accept;
import dev.edge4j.data.outbox.OutboxOptions.WhenFull;
import dev.edge4j.data.outbox.SetAside;
import dev.edge4j.data.sqlite.SqliteDatabase;
import dev.edge4j.data.sqlite.SqliteEventSink;
import dev.edge4j.data.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of the guide about events. */
class EventsGuideTest {
  // tag::record[]
  record PageView(Instant at, String path, int millis) {}
  // end::record[]

  @TempDir private Path folder;

  @Test
  void eventsAreKeptOnDiskUntilClickHouseHasThem() {
    // tag::clickhouse[]
    ClickHouseSink clickHouse = ClickHouseSink.builder("http://127.0.0.1:8123", "page_views")
        .database("shop")
        .user("writer", "secret")
        .createTable(PageView.class, "at") // or make it yourself
        .gzip()
        .build();
    // end::clickhouse[]
    OutboxOptions quick = OutboxOptions.defaults().withDrain(Duration.ZERO);
    try (var outbox = Outbox.open(folder.resolve("page_views.db"), clickHouse, quick)) {
      DataMesh mesh = DataMesh.builder().events("analytics", outbox, direct()).build();
      // tag::append[]
      mesh.events("analytics").append(new PageView(Instant.now(), "/tea", 12)); // on disk when it returns
      // end::append[]
      assertEquals(1, outbox.pending() + outbox.delivered());
    }
  }

  @Test
  void anOutboxHasBoundsAndCounts() {
    try (SqliteDatabase database = SqliteDatabase.open(folder.resolve("events.db"))) {
      EventSink sink = SqliteEventSink.on(database, "events");
      // tag::options[]
      Outbox outbox = Outbox.open(folder.resolve("outbox.db"), sink, OutboxOptions.defaults()
          .withBound(5_000_000, 1L << 30, WhenFull.DROP_OLDEST)
          .withBatch(10_000, 8L << 20, Duration.ofSeconds(2)));
      // end::options[]
      try (outbox) {
        // tag::mesh[]
        DataMesh mesh = DataMesh.builder().events("analytics", outbox, direct()).build();
        // end::mesh[]
        mesh.events("analytics").append(new PageView(Instant.EPOCH, "/tea", 12));
        assertTrue(outbox.flush(Duration.ofSeconds(60)));
        List<SetAside> refused = new ArrayList<>();
        // tag::counts[]
        long waiting = outbox.pending(); // also accepted(), delivered(), dropped(), isAway()
        if (outbox.setAside() > 0) {
          refused.addAll(outbox.setAside(10)); // the event, what the sink said, and when
          outbox.retrySetAside(); // once the table is right
        }
        // end::counts[]
        assertEquals(0, waiting + refused.size());
      }
      assertEquals(List.of("/tea"), SqliteStore.on(database)
          .query(String.class,
              "SELECT body ->> 'path' AS path FROM events"));
    }
  }

  @Test
  void aTableKeepsWhatIsYoungEnough() {
    try (SqliteDatabase database = SqliteDatabase.open(folder.resolve("events.db"))) {
      // tag::sqlite[]
      EventSink views = SqliteEventSink.on(database, "page_views").keeping(Duration.ofDays(30));
      // end::sqlite[]
      views.append(new PageView(Instant.EPOCH, "/tea", 12));
      assertEquals(1, SqliteStore.on(database).query(Long.class, "SELECT count(*) FROM page_views").getFirst());
    }
  }

  @Test
  void theDiskMayBeForOutagesAlone() {
    try (SqliteDatabase database = SqliteDatabase.open(folder.resolve("events.db"))) {
      EventSink sink = SqliteEventSink.on(database, "events");
      // tag::away[]
      OutboxOptions outages = OutboxOptions.defaults().withAccept(Accept.WHEN_AWAY);
      Outbox outbox = Outbox.open(folder.resolve("outbox.db"), sink, outages);
      EventSink events = new BatchingSink(outbox, 1_000, Duration.ofSeconds(1));
      // end::away[]
      try (events) {
        events.append(new PageView(Instant.EPOCH, "/tea", 12));
      }
      assertEquals(1, outbox.delivered());
    }
  }
}
