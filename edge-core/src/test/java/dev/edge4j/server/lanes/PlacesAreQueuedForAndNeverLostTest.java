package dev.edge4j.server.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.server.limits.Concurrency;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.limits.Counters;
import dev.edge4j.support.Aside;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Past the bound requests wait in a short queue, in their order; and whatever happens, all places are back in the end. */
@Timeout(120)
@Aside
class PlacesAreQueuedForAndNeverLostTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Loop loops = new Loop(2);
  private final Counters counters = new Counters();

  @AfterEach
  void close() {
    loops.close();
  }

  private Permits permits(int places, int queued, Duration age) {
    return new Permits(Concurrency.defaults().withMaxConcurrent(places).withQueue(queued, age), counters);
  }

  /** One that writes down what becomes of it. */
  private static final class Request implements Queued.Fate {
    final CompletableFuture<String> fate = new CompletableFuture<>();
    final EventLoop loop;
    final Queued queued;
    final Runnable whenCalled;

    Request(Permits permits, EventLoop loop, Runnable whenCalled) {
      this.loop = loop;
      this.queued = new Queued(permits, loop, this);
      this.whenCalled = whenCalled;
    }

    @Override
    public void called() {
      fate.complete(loop.inEventLoop() ? "called" : "called elsewhere");
      whenCalled.run();
    }

    @Override
    public void expired() {
      fate.complete(loop.inEventLoop() ? "expired" : "expired elsewhere");
    }
  }

  private static boolean enqueue(Permits permits, Request request) {
    return request.loop.submit(() -> permits.enqueue(request.queued)).syncUninterruptibly().getNow();
  }

  @Test
  void aPlaceGoesToWhoHasWaitedLongest() {
    Permits permits = permits(1, 10, LONG);
    assertTrue(permits.tryEnter());
    assertFalse(permits.tryEnter());
    var order = new LinkedBlockingQueue<Integer>();
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int number = i;
      requests.add(new Request(permits, loops.next(), () -> {
        order.add(number);
        permits.leave();
      }));
      assertTrue(enqueue(permits, requests.getLast()));
    }
    assertFalse(enqueue(permits, new Request(permits, loops.next(), () -> {})), "the queue is full");
    assertFalse(permits.tryEnter());
    permits.leave();
    requests.forEach(request -> assertEquals("called", request.fate.join()));
    awaitFree(permits, 1);
    assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), List.copyOf(order));
    assertEquals(10, counters.of(Counter.QUEUED));
  }

  @Test
  void whoHasWaitedTooLongIsToldOnItsOwnLoop() {
    Permits permits = permits(1, 10, Duration.ofMillis(1));
    assertTrue(permits.tryEnter());
    for (int i = 0; i < 100; i++) {
      var request = new Request(permits, loops.next(), () -> {});
      assertTrue(enqueue(permits, request));
      assertEquals("expired", request.fate.join());
    }
    assertEquals(0, permits.waiting());
    permits.leave();
    assertTrue(permits.tryEnter(), "nobody is in the way");
  }

  @Test
  void whoHasLeftIsPassedOver() {
    Permits permits = permits(1, 2, LONG);
    assertTrue(permits.tryEnter());
    var leaver = new Request(permits, loops.next(), () -> {});
    var stayer = new Request(permits, loops.next(), permits::leave);
    assertTrue(enqueue(permits, leaver));
    assertTrue(enqueue(permits, stayer));
    assertTrue(leaver.loop.submit(leaver.queued::drop).syncUninterruptibly().getNow());
    assertFalse(leaver.loop.submit(leaver.queued::drop).syncUninterruptibly().getNow());
    assertEquals(1, permits.waiting());
    permits.leave();
    assertEquals("called", stayer.fate.join());
    assertFalse(leaver.fate.isDone());
    awaitFree(permits, 1);
  }

  @Test
  void aLoopThatHasShutDownDoesNotKeepAPlace() {
    Permits permits = permits(1, 2, LONG);
    assertTrue(permits.tryEnter());
    var other = new Loop();
    assertTrue(enqueue(permits, new Request(permits, other.next(), permits::leave)));
    other.close();
    var stayer = new Request(permits, loops.next(), permits::leave);
    assertTrue(enqueue(permits, stayer));
    permits.leave();
    assertEquals("called", stayer.fate.join());
    awaitFree(permits, 1);
  }

  @Test
  void thoseWhoWaitInAGateHaveTheirOwn() {
    Permits permits = permits(1, 0, LONG);
    assertTrue(permits.tryEnter());
    for (int i = 0; i < 4; i++) {
      assertTrue(permits.tryWait());
    }
    assertFalse(permits.tryWait());
    permits.stopWaiting();
    assertTrue(permits.tryWait());
  }

  /** Several threads take and give places, queue, grow old and leave, all at once, a few hundred thousand times. */
  @Test
  void whateverHappensAllPlacesAreBack() throws InterruptedException {
    for (int places : List.of(1, 3)) {
      Permits permits = permits(places, 8, Duration.ofMillis(1));
      var running = new AtomicInteger();
      var worst = new AtomicInteger();
      int threads = 4;
      var done = new CountDownLatch(threads);
      for (int t = 0; t < threads; t++) {
        var random = new Random(t);
        Thread.ofVirtual().start(() -> {
          for (int i = 0; i < 25_000; i++) {
            one(permits, random, running, worst);
          }
          done.countDown();
        });
      }
      assertTrue(done.await(100, TimeUnit.SECONDS));
      awaitFree(permits, places);
      assertEquals(0, permits.waiting());
      assertTrue(worst.get() <= places, worst + " ran in " + places);
    }
    assertTrue(counters.of(Counter.QUEUED) > 0);
  }

  private void one(Permits permits, Random random, AtomicInteger running, AtomicInteger worst) {
    Runnable end = () -> {
      running.decrementAndGet();
      permits.leave();
    };
    Runnable work = () -> {
      worst.accumulateAndGet(running.incrementAndGet(), Math::max);
      switch (random.nextInt(3)) {
        case 0 -> end.run();
        case 1 -> loops.next().execute(end); // holds the place while others come
        default -> Thread.ofVirtual().start(end);
      }
    };
    if (permits.tryEnter()) {
      work.run();
      return;
    }
    var request = new Request(permits, loops.next(), () -> Thread.ofVirtual().start(work));
    boolean leaves = random.nextInt(3) == 0;
    request.loop.execute(() -> {
      if (!permits.enqueue(request.queued)) {
        request.fate.complete("refused");
      } else if (leaves && request.queued.drop()) {
        request.fate.complete("left");
      }
    });
    if (random.nextBoolean()) {
      request.fate.join();
    }
  }

  /** The last ones may still be on their way. */
  private static void awaitFree(Permits permits, int places) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while ((permits.free() < places || permits.waiting() > 0) && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertEquals(places, permits.free());
  }
}
