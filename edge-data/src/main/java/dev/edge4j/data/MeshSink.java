package dev.edge4j.data;

import dev.edge4j.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** A class of events: counts what is taken, batches it as promised, and guards the sink behind. Safe for use by many threads. */
final class MeshSink implements EventSink {
  private final String name;
  private final EventSink sink;
  private final Promise.Events promise;
  private final LongAdder taken = new LongAdder();
  private final LongAdder handed = new LongAdder();
  private volatile EventSink promised;

  MeshSink(String name, EventSink sink, Promise.Events promise) {
    this.name = name;
    this.sink = sink;
    this.promise = promise;
    this.promised = sink;
  }

  /** Puts batching and guard between, once the mesh is built. */
  void start(StoreCalls calls, Duration timeout) {
    EventSink guarded = new Guarded(calls, timeout);
    promised = switch (promise) {
      case Promise.Batched batched -> new BatchingSink(guarded, batched.count(), batched.delay());
      case Promise.Direct _ -> guarded;
    };
  }

  EventCounts counts() {
    long delivered = handed.sum() - sink.dropped();
    long dropped = dropped();
    return new EventCounts(Math.max(0, taken.sum() - delivered - dropped), delivered, dropped);
  }

  @Override
  public void appendAll(List<?> events) {
    promised.appendAll(events);
    taken.add(events.size());
  }

  @Override
  public void flush() {
    promised.flush();
  }

  @Override
  public long dropped() {
    return promised.dropped();
  }

  @Override
  public String engine() {
    return sink.engine();
  }

  @Override
  public void close() {
    promised.close();
  }

  /** The sink behind its guard. */
  private final class Guarded implements EventSink {
    private final StoreCalls calls;
    private final Duration timeout;

    Guarded(StoreCalls calls, Duration timeout) {
      this.calls = calls;
      this.timeout = timeout;
    }

    @Override
    public void appendAll(List<?> events) {
      var ask = StoreCalls.Ask.of(name, MeshCall.Kind.EVENTS, sink.engine(), promise);
      calls.call(ask, sink, Deadline.in(timeout, calls.time()), Optional.empty(), () -> {
        sink.appendAll(events);
        return events.size();
      });
      handed.add(events.size());
    }

    @Override
    public void flush() {
      sink.flush();
    }

    @Override
    public long dropped() {
      return sink.dropped();
    }

    @Override
    public String engine() {
      return sink.engine();
    }

    @Override
    public void close() {
      sink.close();
    }
  }
}
