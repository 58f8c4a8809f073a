package dev.edge4j.data.kv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.StoreException;
import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many who ask for a key at once cost the store one read, and none of them gets an answer older than he may have. */
class ReadsOfOneKeyAreSharedTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final VirtualClock clock = new VirtualClock();
  private final MemoryKv store = new MemoryKv(1_000, clock);
  private final HookedKv line = new HookedKv(store, true);
  private final CachedKv cached = CachedKv.over(line, 100, 1 << 20, clock);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Reads that have their answer and wait to give it. */
  private final Semaphore held = new Semaphore(0);
  private final ConcurrentLinkedQueue<CountDownLatch> gates = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    line.afterRead = () -> {};
    gates.forEach(CountDownLatch::countDown);
    threads.close();
    cached.close();
    store.close();
  }

  @Test
  void manyReadersCostOneRead() throws Exception {
    store.put("a", bytes("1"));
    CountDownLatch gate = holdNextRead();
    List<Future<String>> readers = new ArrayList<>();
    readers.add(read("a"));
    await(held);
    for (int i = 0; i < 50; i++) {
      readers.add(read("a"));
    }
    assertEquals("none", read("another key").get(), "is not held up");
    gate.countDown();
    for (Future<String> reader : readers) {
      assertEquals("1", reader.get());
    }
    assertEquals(2, line.reads.get());
  }

  @Test
  void aReadFromBeforeAnOwnWriteIsNotJoinedAfterIt() throws Exception {
    store.put("a", bytes("old"));
    CountDownLatch gate = holdNextRead();
    Future<String> before = read("a");
    await(held);
    cached.put("a", bytes("new"), KvOptions.none());
    assertEquals("new", read("a").get());
    gate.countDown();
    assertEquals("old", before.get(), "it began before the write");
    assertEquals("new", read("a").get(), "and its answer was not kept");
    assertEquals(2, line.reads.get());
  }

  @Test
  void aBulkReadFromBeforeAnOwnWriteIsNotKept() throws Exception {
    store.put("a", bytes("old"));
    store.put("b", bytes("old"));
    CountDownLatch gate = holdNextRead();
    Future<?> before = threads.submit(() -> cached.entries(List.of("a", "b"), MINUTE));
    await(held);
    cached.put("a", bytes("new"), KvOptions.none());
    gate.countDown();
    before.get();
    assertEquals("new", read("a").get());
    assertEquals("old", read("b").get());
    assertEquals(2, line.reads.get());
  }

  @Test
  void aFreshReadFromBeforeAnOwnWriteIsNotKept() throws Exception {
    store.put("a", bytes("old"));
    CountDownLatch gate = holdNextRead();
    Future<String> before = threads.submit(() -> cached.entry("a").orElseThrow().text());
    await(held);
    cached.put("a", bytes("new"), KvOptions.none());
    gate.countDown();
    assertEquals("old", before.get());
    assertEquals("new", read("a").get());
  }

  @Test
  void aReadThatHangsIsNotJoinedByWhoMayNotHaveAnAnswerThatOld() throws Exception {
    store.put("a", bytes("old"));
    CountDownLatch gate = holdNextRead();
    Future<String> first = read("a");
    await(held);
    store.put("a", bytes("new"));
    clock.advance(MINUTE.plusNanos(1));
    assertEquals("new", read("a").get());
    gate.countDown();
    assertEquals("old", first.get());
    assertEquals("new", read("a").get(), "the older answer does not replace the younger");
    assertEquals(2, line.reads.get());
  }

  @Test
  void whoWaitsGetsTheFailureAndTheNextReadTriesAgain() throws Exception {
    line.isDown = true;
    var failure = assertThrows(ExecutionException.class, () -> read("a").get());
    assertInstanceOf(StoreException.class, failure.getCause());
    line.isDown = false;
    assertEquals("none", read("a").get());
  }

  @Test
  void whoWaitsLeavesAtHisDeadlineAndTakesNothingFromTheOthers() throws Exception {
    store.put("a", bytes("1"));
    CountDownLatch gate = holdNextRead();
    Deadline soon = Deadline.in(Duration.ofMillis(20), TimeSource.system());
    Future<?> impatient = threads.submit(() -> QueryDeadline.within(soon, () -> cached.entry("a", MINUTE)));
    await(held);
    Future<String> patient = read("a");
    var thrown = new ConcurrentLinkedQueue<Throwable>();
    Thread interrupted = Thread.ofVirtual()
        .uncaughtExceptionHandler((_, failure) -> thrown.add(failure))
        .start(() -> cached.entry("a", MINUTE));
    interrupted.interrupt();
    assertInstanceOf(StoreException.class, assertThrows(ExecutionException.class, impatient::get).getCause());
    assertTrue(interrupted.join(Duration.ofSeconds(30)));
    assertInstanceOf(StoreException.class, thrown.poll());
    gate.countDown();
    assertEquals("1", patient.get());
    assertEquals(1, line.reads.get());
  }

  /** The next read of the store gets its answer and then waits. */
  private CountDownLatch holdNextRead() {
    var gate = new CountDownLatch(1);
    gates.add(gate);
    var first = new Semaphore(1);
    line.afterRead = () -> {
      if (first.tryAcquire()) {
        held.release();
        try {
          gate.await();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    };
    return gate;
  }

  private Future<String> read(String key) {
    return threads.submit(() -> cached.entry(key, MINUTE).map(KvEntry::text).orElse("none"));
  }

  private static void await(Semaphore semaphore) throws InterruptedException {
    assertTrue(semaphore.tryAcquire(30, TimeUnit.SECONDS), "no read has come to the store");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
