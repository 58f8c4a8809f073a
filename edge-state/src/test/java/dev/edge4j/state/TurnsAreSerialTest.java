package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.state.mailbox.Mailbox;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An object runs one turn at a time, in the order of the calls, on a virtual thread; other objects run meanwhile. */
@Timeout(60)
class TurnsAreSerialTest {
  interface Slow {
    int enter(int call);
  }

  @Test
  void concurrentIncrementsLoseNone(@TempDir Path folder) {
    try (var objects = DurableObjects.embedded(folder)) {
      Counter counter = objects.namespace("counter", Counter.class, Counter.Stored::new).get("one");
      try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 500; i++) {
          callers.execute(() -> counter.add(1));
        }
      }
      assertEquals(500, counter.value());
    }
    try (var objects = DurableObjects.embedded(folder)) {
      assertEquals(500, objects.namespace("counter", Counter.class, Counter.Stored::new).get("one").value());
    }
  }

  @Test
  void turnsDoNotOverlap(@TempDir Path folder) {
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    Slow body = call -> {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      LockSupport.parkNanos(1_000); // lets another turn in, if there is one
      inside.decrementAndGet();
      return Thread.currentThread().isVirtual() ? call : -1;
    };
    try (var objects = DurableObjects.embedded(folder); var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Slow slow = objects.namespace("slow", Slow.class, _ -> body).get("one");
      List<Integer> replies = IntStream.range(0, 200)
          .mapToObj(i -> callers.submit(() -> slow.enter(i)))
          .toList()
          .stream()
          .map(reply -> assertReply(reply::get))
          .toList();
      assertEquals(IntStream.range(0, 200).boxed().toList(), replies);
      assertEquals(1, most.get());
    }
  }

  @Test
  void turnsRunInTheOrderOfTheCalls() throws InterruptedException {
    var order = new CopyOnWriteArrayList<Integer>();
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var mailbox = new Mailbox("test", 100);
    mailbox.offer(() -> {
      begun.countDown();
      await(go);
    }, Mailbox.Kind.TURN, 1);
    begun.await();
    var done = new CountDownLatch(100);
    for (int i = 0; i < 100; i++) {
      int number = i;
      assertEquals(Mailbox.Offer.ACCEPTED, mailbox.offer(() -> {
        order.add(number);
        done.countDown();
      }, Mailbox.Kind.TURN, 1));
    }
    go.countDown();
    done.await();
    assertEquals(IntStream.range(0, 100).boxed().toList(), order);
  }

  @Test
  void aMailboxRetiresOnlyWhenIdleAndThenTakesNothing() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var mailbox = new Mailbox("test", 1);
    mailbox.offer(() -> {
      begun.countDown();
      await(go);
    }, Mailbox.Kind.TURN, 1);
    begun.await();
    assertFalse(mailbox.retire(() -> true));
    go.countDown();
    while (!mailbox.retire(() -> true)) {
      Thread.onSpinWait();
    }
    assertEquals(Mailbox.Offer.RETIRED, mailbox.offer(() -> {}, Mailbox.Kind.TURN, 1));
  }

  @Test
  void otherObjectsRunMeanwhile(@TempDir Path folder) throws InterruptedException {
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    Slow body = call -> {
      if (call == 0) {
        begun.countDown();
        await(go);
      }
      return call;
    };
    try (var objects = DurableObjects.embedded(folder)) {
      Namespace<Slow> slow = objects.namespace("slow", Slow.class, _ -> body);
      Thread first = Thread.startVirtualThread(() -> slow.get("a").enter(0));
      begun.await();
      assertEquals(1, slow.get("b").enter(1));
      assertTrue(first.isAlive());
      go.countDown();
      first.join();
    }
  }

  private interface Reply<T> {
    T get() throws Exception;
  }

  private static <T> T assertReply(Reply<T> reply) {
    try {
      return reply.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
