package dev.edge4j.data.outbox;

import dev.edge4j.data.EventSink;
import dev.edge4j.data.IdempotentSink;
import dev.edge4j.data.JsonEvent;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.data.outbox.OutboxOptions.Accept;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps events in a file on this machine until the sink behind has them. When an append has returned, its events are on disk, and an
 * outage of the sink, a crash of the program and a power cut cost none of them. Events are delivered in the order in which they were
 * accepted, in batches, by one thread; a sink that fails is tried again for as long as it takes. Safe for use by many threads.
 *
 * <p>A batch's bounds and token are on disk before it is tried: over an {@link IdempotentSink} no event is counted twice either, over another
 * sink only when an answer is lost. An event that the sink does not take ({@link StoreException#permanent()}, or any exception that no
 * sink should throw) is set aside with the error, and the others go on.
 *
 * <p>It makes batches itself. {@link dev.edge4j.data.BatchingSink} keeps events in memory, is faster, and loses them in a crash: in front of an
 * outbox it is of use only with {@link Accept#WHEN_AWAY}, where the disk is touched during outages alone. Sinks get
 * {@linkplain JsonEvent events as JSON}.
 */
public final class Outbox implements EventSink {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  private final OutboxStore store;
  private final EventSink sink;
  private final OutboxOptions options;
  private final Counts counts = new Counts();
  private final Courier courier;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Outbox(OutboxStore store, EventSink sink, OutboxOptions options) {
    this.store = store;
    this.sink = sink;
    this.options = options;
    this.courier = new Courier(store, sink, options, counts);
    counts.apply(store.found());
    courier.start();
  }

  /** An outbox with {@link OutboxOptions#defaults()}. */
  public static Outbox open(Path file, EventSink sink) {
    return open(file, sink, OutboxOptions.defaults());
  }

  /**
   * Opens the file, which belongs to one outbox at a time, making it if it is not there, and goes on delivering what is in it. Closing the
   * outbox closes the sink. Throws {@link StoreException} if the file is open elsewhere or cannot be used.
   */
  public static Outbox open(Path file, EventSink sink, OutboxOptions options) {
    return new Outbox(OutboxStore.open(file, InstantSource.system()), sink, options);
  }

  /**
   * Takes events, all or none. They are on disk when it returns; with {@link Accept#WHEN_AWAY}, there or in the sink. Throws
   * {@link StoreException} with {@link Reason#BUSY} if there is no room for them, and with the sink's own error if they went to it and it
   * does not take them.
   */
  @Override
  public void appendAll(List<?> events) {
    List<JsonEvent> taken = events.stream().map(JsonEvent::of).toList();
    if (closed.get()) {
      throw new StoreException(Reason.CLOSED, "the event sink is closed");
    }
    if (taken.isEmpty()) {
      return;
    }
    if (options.accept() == Accept.WHEN_AWAY && counts.waiting.get() <= 0) {
      direct(taken);
    } else {
      keep(taken, Optional.empty());
    }
  }

  private void direct(List<JsonEvent> events) {
    String token = UUID.randomUUID().toString();
    try {
      courier.deliver(token, events);
      counts.accepted.addAndGet(events.size());
      counts.delivered.addAndGet(events.size());
    } catch (RuntimeException e) {
      if (Courier.atFault(e)) {
        throw e;
      }
      LOG.debug("the {} sink fails, its events go to disk", engine(), e);
      keep(events, Optional.of(token)); // it may have them: the token tells
    }
  }

  private void keep(List<JsonEvent> events, Optional<String> token) {
    var change = store.append(events, token, options.bound());
    counts.accepted.addAndGet(events.size());
    courier.came(change);
  }

  /**
   * Waits until every event taken so far is delivered, set aside or dropped, and counted as that, or the time to drain has passed: then they
   * come later.
   */
  @Override
  public void flush() {
    boolean _ = flush(options.drain());
  }

  /** As {@link #flush()}, with a time of its own; false if it has passed, or the outbox was closed meanwhile. */
  public boolean flush(Duration atMost) {
    boolean all = courier.flush(atMost);
    sink.flush();
    return all;
  }

  /** How many events were taken since it was opened. */
  public long accepted() {
    return counts.accepted.get();
  }

  /** How many events the sink has taken since it was opened, those from before included. */
  public long delivered() {
    return counts.delivered.get();
  }

  /** How many events wait on disk. */
  public long pending() {
    return Math.max(0, counts.waiting.get());
  }

  /** The bytes of their JSON. */
  public long pendingBytes() {
    return Math.max(0, counts.waitingBytes.get());
  }

  /** How many events were dropped since it was opened, for want of room, and by the sink behind. */
  @Override
  public long dropped() {
    return counts.dropped.get() + sink.dropped();
  }

  /** How many events lie on disk that the sink did not take. */
  public long setAside() {
    return counts.aside.get();
  }

  /** The oldest events that the sink did not take, with what it said. */
  public List<SetAside> setAside(int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: zero or more)");
    }
    return store.aside(limit);
  }

  /** Puts what was set aside behind the events that wait: for when the sink would take it now. */
  public void retrySetAside() {
    for (long left = setAside(); left > 0;) {
      var change = store.retryAside();
      courier.came(change);
      left = change.events() == 0 ? 0 : left - change.events();
    }
  }

  /** Whether the last try has failed for a reason other than the events. */
  public boolean isAway() {
    return courier.isAway();
  }

  /** What the sink behind runs on. */
  @Override
  public String engine() {
    return sink.engine();
  }

  /**
   * Takes no more, delivers what is there for up to {@link OutboxOptions#drain()} or until the sink fails, and closes the sink. What is left
   * stays on disk for the next to open the file.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try (store; sink) {
      courier.close(options.drain());
    }
    if (pending() > 0 || setAside() > 0) {
      LOG.warn("{} closed: {} events wait on disk, {} are set aside", store.file(), pending(), setAside());
    }
  }
}
