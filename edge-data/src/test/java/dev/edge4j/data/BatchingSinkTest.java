package dev.edge4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.contract.EventSinkContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Events leave in batches, by number and by time, in order; what is lost is counted. */
class BatchingSinkTest extends EventSinkContract {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(5);

  private final Target target = new Target();

  /** A sink in memory that can be made to wait or to fail. */
  private static final class Target implements EventSink {
    private final BlockingQueue<List<?>> batches = new LinkedBlockingQueue<>();
    private final CountDownLatch entered = new CountDownLatch(1);
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean closed;

    @Override
    public void appendAll(List<?> events) {
      entered.countDown();
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw new StoreException(StoreException.Reason.FAILED, "down");
      }
      batches.add(List.copyOf(events));
    }

    List<?> next() throws InterruptedException {
      List<?> batch = batches.poll(30, TimeUnit.SECONDS);
      return batch == null ? List.of("no batch came") : batch;
    }

    @Override
    public String engine() {
      return "test";
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Override
  protected EventSink open() {
    return new BatchingSink(target, 64, SHORT);
  }

  @Override
  protected List<String> arrivedPaths() {
    return target.batches.stream().flatMap(List::stream).map(BatchingSinkTest::path).toList();
  }

  @Test
  void aFullBatchLeavesAtOnce() throws Exception {
    try (var sink = new BatchingSink(target, 3, LONG)) {
      sink.appendAll(events(0, 7));
      assertEquals(events(0, 3), target.next());
      assertEquals(events(3, 6), target.next());
      assertTrue(target.batches.isEmpty(), "the seventh waits for two more");
    }
    assertEquals(events(6, 7), target.next());
    assertTrue(target.closed);
  }

  @Test
  void aSmallBatchLeavesAfterTheDelay() throws Exception {
    try (var sink = new BatchingSink(target, 1_000, SHORT)) {
      sink.appendAll(events(0, 2));
      assertEquals(events(0, 2), target.next());
    }
  }

  @Test
  void pastTheBoundEventsAreDroppedAndCounted() throws Exception {
    target.gate = new CountDownLatch(1);
    try (var sink = new BatchingSink(target, 2, LONG, 4)) {
      sink.appendAll(events(0, 2));
      target.entered.await(); // these two have left the queue
      sink.appendAll(events(2, 9));
      assertEquals(3, sink.dropped());
      target.gate.countDown();
      sink.flush();
      assertEquals(3, sink.dropped());
    }
    assertEquals(events(0, 6).stream().map(BatchingSinkTest::path).toList(), arrivedPaths());
  }

  @Test
  void aBatchThatFailsIsTriedAgain() {
    target.failures.set(2);
    try (var sink = new BatchingSink(target, 2, SHORT)) {
      sink.appendAll(events(0, 2));
      sink.flush();
      assertEquals(0, sink.dropped());
      assertEquals(List.of("/0", "/1"), arrivedPaths());
    }
  }

  @Test
  void aBatchThatKeepsFailingIsDroppedAndCounted() {
    target.failures.set(3);
    try (var sink = new BatchingSink(target, 2, SHORT)) {
      sink.appendAll(events(0, 2));
      sink.flush();
      assertEquals(2, sink.dropped());
      sink.appendAll(events(2, 4));
      sink.flush();
      assertEquals(List.of("/2", "/3"), arrivedPaths());
    }
  }

  @Test
  void refusesEventsOnceClosed() {
    var sink = new BatchingSink(target, 2, SHORT);
    sink.close();
    sink.close();
    var refused = assertThrows(StoreException.class, () -> sink.append(Map.of()));
    assertEquals(StoreException.Reason.CLOSED, refused.reason());
  }

  private static String path(Object event) {
    return event instanceof PageView view ? view.path() : String.valueOf(((Map<?, ?>) event).get("path"));
  }

  private static List<PageView> events(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> new PageView("/" + i, i)).toList();
  }
}
