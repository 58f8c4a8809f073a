package dev.edge4j.data;

import dev.edge4j.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** A class of events: counts what is taken, batches it as promised, and guards the sink behind. Safe for use by many threads. */
class MeshSink implements EventSink {
  /** One that hands each call on to a sink that knows a batch again, and so does too. */
  private static final class Once extends MeshSink implements IdempotentSink {
    Once(String name, EventSink sink, Promise.Events promise) {
      super(name, sink, promise);
    }

    @Override
    public void appendOnce(String token, List<?> events) {
      handOnce(token, events);
    }
  }

  private final String name;
  private final EventSink sink;
  private final Promise.Events promise;
  private final LongAdder taken = new LongAdder();
  private final LongAdder handed = new LongAdder();
  private volatile EventSink promised;

  private MeshSink(String name, EventSink sink, Promise.Events promise) {
    this.name = name;
    this.sink = sink;
    this.promise = promise;
    this.promised = sink;
  }

  /** An {@link IdempotentSink} if the sink is one and each call reaches it: what is batched in memory has other bounds and tokens. */
  static MeshSink of(String name, EventSink sink, Promise.Events promise) {
    return promise instanceof Promise.Direct && sink instanceof IdempotentSink ? new Once(name, sink, promise)
        : new MeshSink(name, sink, promise);
  }

  /** Puts batching and guard between, once the mesh is built. */
  void start(StoreCalls calls, Duration timeout) {
    EventSink guarded = sink instanceof IdempotentSink once ? new GuardedOnce(once, calls, timeout)
        : new Guarded(calls, timeout);
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

  final void handOnce(String token, List<?> events) {
    if (promised instanceof IdempotentSink once) {
      once.appendOnce(token, events);
      taken.add(events.size());
    } else {
      throw new AssertionError(name + " is direct on a sink that knows a batch again");
    }
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
  private class Guarded implements EventSink {
    private final StoreCalls calls;
    private final Duration timeout;

    Guarded(StoreCalls calls, Duration timeout) {
      this.calls = calls;
      this.timeout = timeout;
    }

    @Override
    public void appendAll(List<?> events) {
      hand(events, () -> sink.appendAll(events));
    }

    final void hand(List<?> events, Runnable work) {
      var ask = StoreCalls.Ask.of(name, MeshCall.Kind.EVENTS, sink.engine(), promise);
      calls.call(ask, sink, Deadline.in(timeout, calls.time()), Optional.empty(), () -> {
        work.run();
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

  /** A sink that knows a batch again, behind its guard. */
  private final class GuardedOnce extends Guarded implements IdempotentSink {
    private final IdempotentSink once;

    GuardedOnce(IdempotentSink once, StoreCalls calls, Duration timeout) {
      super(calls, timeout);
      this.once = once;
    }

    @Override
    public void appendOnce(String token, List<?> events) {
      hand(events, () -> once.appendOnce(token, events));
    }
  }
}
