package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A mailbox is bounded, and a caller that gives up is told what became of its call. */
@Timeout(60)
class OverloadIsRefusedTest {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private final AtomicInteger turns = new AtomicInteger();

  private DurableObjects objects;
  private Namespace<Runnable> slow;

  @BeforeEach
  void open(@TempDir Path folder) {
    objects = DurableObjects.embedded(folder, DurableObjectsOptions.defaults().withMailbox(2));
    slow = objects.namespace("slow", Runnable.class, _ -> () -> {
      begun.countDown();
      TurnsAreSerialTest.await(go);
      turns.incrementAndGet();
    });
  }

  @AfterEach
  void close() {
    go.countDown();
    objects.close();
  }

  @Test
  void pastTheBoundACallFailsAtOnce() throws InterruptedException {
    Runnable stub = slow.get("one");
    Thread running = Thread.startVirtualThread(stub);
    begun.await();
    var first = waiting(stub);
    var second = waiting(stub);
    var refused = assertThrows(ObjectOverloadedException.class, stub::run);
    assertEquals(Outcome.NOT_EXECUTED, refused.outcome());
    assertEquals("slow/one: 2 calls are waiting already, no more are taken (not executed)", refused.getMessage());
    go.countDown();
    running.join();
    first.join();
    second.join();
    stub.run();
    assertEquals(4, turns.get());
  }

  @Test
  void anInterruptedCallerThatStillWaitedHasNotCalled() throws InterruptedException {
    Runnable stub = slow.get("one");
    Thread running = Thread.startVirtualThread(stub);
    begun.await();
    assertEquals(Outcome.NOT_EXECUTED, interrupted(stub).outcome());
    go.countDown();
    running.join();
    objects.close();
    assertEquals(1, turns.get());
  }

  @Test
  void anInterruptedCallerOfARunningTurnDoesNotKnow() throws InterruptedException {
    var failure = new ObjectException[1];
    Thread caller = Thread.startVirtualThread(() -> failure[0] = assertThrows(ObjectException.class, slow.get(
        "one")::run));
    begun.await();
    caller.interrupt();
    caller.join();
    assertEquals(Outcome.UNKNOWN, failure[0].outcome());
  }

  private ObjectException interrupted(Runnable stub) {
    Thread.currentThread().interrupt();
    try {
      return assertThrows(ObjectException.class, stub::run);
    } finally {
      Thread.interrupted();
    }
  }

  /** A caller whose call is in the mailbox. */
  private static Thread waiting(Runnable stub) {
    Thread caller = Thread.ofPlatform().start(stub);
    while (caller.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return caller;
  }
}
