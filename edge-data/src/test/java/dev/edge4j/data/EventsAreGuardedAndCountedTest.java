package dev.edge4j.data;

import static dev.edge4j.data.Promises.batched;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A class of events knows what became of each, and a sink that fails is asked through a breaker as any store is. */
class EventsAreGuardedAndCountedTest {
  private final List<Object> arrived = new CopyOnWriteArrayList<>();
  private final AtomicBoolean failing = new AtomicBoolean();
  private final AtomicInteger asked = new AtomicInteger();

  private final class Sink implements EventSink {
    @Override
    public void appendAll(List<?> events) {
      asked.incrementAndGet();
      if (failing.get()) {
        throw new StoreException(StoreException.Reason.FAILED, "no connection");
      }
      arrived.addAll(events);
    }

    @Override
    public String engine() {
      return "list";
    }

    @Override
    public void close() {}
  }

  @Test
  void whatIsTakenIsDeliveredOrDroppedAndCountedOnce() {
    var heard = new CopyOnWriteArrayList<MeshCall>();
    try (DataMesh mesh = DataMesh.builder()
        .events("views", new Sink(), batched(2, Duration.ofMillis(1)))
        .listen(heard::add)
        .build()) {
      EventSink views = mesh.events("views");
      views.appendAll(List.of(Map.of("a", 1), Map.of("a", 2), Map.of("a", 3)));
      views.flush();
      assertEquals(new EventCounts(0, 3, 0), mesh.eventCounts("views"));
      failing.set(true);
      views.append(Map.of("a", 4));
      views.flush();
      assertEquals(new EventCounts(0, 3, 1), mesh.eventCounts("views"));
      assertEquals(1, views.dropped());
      assertEquals(3, arrived.size());
      assertEquals(asked.get(), heard.size());
      assertEquals("no connection", heard.getLast().failure().orElseThrow().getMessage());
    }
  }

  @Test
  void aSinkThatGoesOnFailingIsNotAskedForAWhile() {
    failing.set(true);
    try (DataMesh mesh = DataMesh.builder().events("views", new Sink(), batched(1, Duration.ofMillis(1))).build()) {
      for (int i = 0; i < 30; i++) {
        mesh.events("views").append(Map.of("a", i));
        mesh.events("views").flush();
      }
      assertEquals(20, asked.get(), "three attempts for each event, until the breaker opened");
      assertEquals(new EventCounts(0, 0, 30), mesh.eventCounts("views"));
    }
  }
}
