package dev.edge4j.data.outbox;

import static dev.edge4j.data.Promises.batched;
import static dev.edge4j.data.Promises.direct;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.edge4j.data.DataMesh;
import dev.edge4j.data.EventCounts;
import dev.edge4j.data.EventSink;
import dev.edge4j.data.IdempotentSink;
import dev.edge4j.data.outbox.FragileSink.Weather;
import dev.edge4j.data.sqlite.SqliteDatabase;
import dev.edge4j.data.sqlite.SqliteEventSink;
import dev.edge4j.data.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sink that knows a batch again does so behind the guard of a mesh too: what is handed in twice because an answer was lost counts once. */
class TheMeshHidesNoTokenTest {
  private final Path folder;
  private final SqliteDatabase database;
  private final FragileSink fragile;

  TheMeshHidesNoTokenTest(@TempDir Path folder) {
    this.folder = folder;
    this.database = SqliteDatabase.open(folder.resolve("sink.db"));
    this.fragile = new FragileSink(SqliteEventSink.on(database, "events"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void anOutboxOverAGuardedSinkDeliversOnce() throws Exception {
    try (DataMesh mesh = DataMesh.builder().events("views", fragile, direct()).build();
        Outbox outbox = Outbox.open(folder.resolve("outbox.db"), mesh.events("views"), OutboxOptions.defaults()
            .withBackoff(Duration.ofMillis(1), Duration.ofMillis(5))
            .withBatch(2, 1 << 20, Duration.ofMillis(1)))) {
      fragile.weather = Weather.ANSWERS_LOST;
      outbox.appendAll(List.of(FragileSink.event("/a"), FragileSink.event("/b")));
      FragileSink.Tried first = fragile.next();
      assertEquals(first, fragile.next(), "the same token and events");
      fragile.weather = Weather.FINE;
      outbox.flush();
      assertEquals(List.of("/a", "/b"), arrived());
      assertEquals(new EventCounts(0, 2, 0), mesh.eventCounts("views"));
    }
  }

  @Test
  void whatTheMeshBatchesIsTriedAgainUnderItsToken() throws Exception {
    try (DataMesh mesh = DataMesh.builder().events("views", fragile, batched(2, Duration.ofMillis(20))).build()) {
      fragile.weather = Weather.ANSWERS_LOST;
      EventSink views = mesh.events("views");
      views.appendAll(List.of(FragileSink.event("/a"), FragileSink.event("/b")));
      FragileSink.Tried first = fragile.next();
      fragile.weather = Weather.FINE;
      assertEquals(first, fragile.next());
      views.flush();
      assertEquals(List.of("/a", "/b"), arrived());
      assertEquals(new EventCounts(0, 2, 0), mesh.eventCounts("views"));
      assertFalse(views instanceof IdempotentSink, "its batches are others than those that are handed in");
    }
  }

  @Test
  void itIsAsGoodAsTheSinkBehind() {
    try (DataMesh mesh = DataMesh.builder().events("views", fragile, direct()).build()) {
      IdempotentSink views = assertInstanceOf(IdempotentSink.class, mesh.events("views"));
      views.appendOnce("t1", List.of(FragileSink.event("/a")));
      views.appendOnce("t1", List.of(FragileSink.event("/a")));
      views.appendOnce("t2", List.of(FragileSink.event("/a")));
      assertEquals(List.of("/a", "/a"), arrived());
    }
  }

  private List<String> arrived() {
    return SqliteStore.on(database).query(String.class, "SELECT body ->> 'path' AS path FROM events ORDER BY id");
  }
}
