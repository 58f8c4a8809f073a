package dev.edge4j.data.outbox;

import dev.edge4j.data.EventSink;
import dev.edge4j.data.IdempotentSink;
import dev.edge4j.data.JsonEvent;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.data.sqlite.SqliteEventSink;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A real sink, and a way to it on which things go wrong. */
final class FragileSink implements IdempotentSink {
  /** A batch as it was tried. */
  record Tried(String token, List<String> paths) {}

  /** What happens on the way. */
  enum Weather {
    FINE,
    /** Nothing arrives. */
    AWAY,
    /** All arrives, and the answer does not. */
    ANSWERS_LOST,
    /** The sink says nothing at all until it is interrupted. */
    SILENT
  }

  final BlockingQueue<Tried> tries = new LinkedBlockingQueue<>();
  volatile Weather weather = Weather.FINE;
  /** Events of this path are at fault. */
  volatile String poison = "";
  /** Runs when somebody asks for its name. */
  volatile Runnable asked = () -> {};
  private final SqliteEventSink sink;

  FragileSink(SqliteEventSink sink) {
    this.sink = sink;
  }

  @Override
  public void appendOnce(String token, List<?> events) {
    List<String> paths = events.stream().map(FragileSink::path).toList();
    Weather now = weather; // whoever sees this try may change it for the next
    tries.add(new Tried(token, paths));
    switch (now) {
      case AWAY -> throw new StoreException(Reason.FAILED, "away");
      case SILENT -> hang();
      case FINE, ANSWERS_LOST -> {
        if (paths.contains(poison)) {
          throw new StoreException(Reason.INVALID, "no column for " + poison);
        }
      }
    }
    sink.appendOnce(token, events);
    if (now == Weather.ANSWERS_LOST) {
      throw new StoreException(Reason.FAILED, "the answer is lost");
    }
  }

  private static void hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new StoreException(Reason.FAILED, "interrupted", e);
    }
  }

  Tried next() throws InterruptedException {
    Tried tried = tries.poll(30, TimeUnit.SECONDS);
    return tried == null ? new Tried("nothing was tried", List.of()) : tried;
  }

  @Override
  public void appendAll(List<?> events) {
    throw new AssertionError("it has a way to count once");
  }

  @Override
  public String engine() {
    asked.run();
    return sink.engine();
  }

  @Override
  public void close() {
    EventSink closing = sink;
    closing.close();
  }

  private static String path(Object event) {
    return String.valueOf(JsonEvent.of(event).get("path"));
  }

  static Map<String, Object> event(String path) {
    return Map.of("path", path);
  }
}
