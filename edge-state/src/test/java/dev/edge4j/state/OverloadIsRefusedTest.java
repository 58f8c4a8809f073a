package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import dev.edge4j.data.QueryDeadline;
import dev.edge4j.state.runtime.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
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

  @Test
  void whoGivesUpMakesRoomAtOnce() throws InterruptedException {
    Runnable stub = slow.get("one");
    Thread running = Thread.startVirtualThread(stub);
    begun.await();
    Runnable hasty = slow.get("one", CallOptions.defaults().withTimeout(Duration.ofMillis(1)));
    for (int i = 0; i < 5; i++) { // more than the mailbox holds
      assertEquals(Outcome.NOT_EXECUTED, assertThrows(ObjectTimeoutException.class, hasty::run).outcome());
    }
    assertEquals(0, Waiting.of(slow, "one"));
    var first = waiting(stub);
    var second = waiting(stub);
    go.countDown();
    running.join();
    first.join();
    second.join();
    assertEquals(3, turns.get());
  }

  /** A caller may be late to notice that its time is over. */
  @Test
  void whatIsTooLateWhenItsTurnComesIsNotExecuted(@TempDir Path folder) throws InterruptedException {
    try (var impatient = DurableObjects.embedded(folder, DurableObjectsOptions.defaults()
        .withWaitAtMost(Duration.ofNanos(1)))) {
      Runnable stub = impatient.namespace("slow", Runnable.class, _ -> turns::incrementAndGet).get("one");
      var refused = assertThrows(ObjectOverloadedException.class, stub::run);
      assertEquals(Outcome.NOT_EXECUTED, refused.outcome());
      assertEquals(Duration.ofSeconds(1), refused.retryAfter());
      assertEquals(0, turns.get());
    }
  }

  @Test
  void theDeadlineAroundTheCallCounts() throws InterruptedException {
    Runnable stub = slow.get("one");
    Thread running = Thread.startVirtualThread(stub);
    begun.await();
    assertEquals(Outcome.NOT_EXECUTED, assertThrows(ObjectTimeoutException.class,
        () -> QueryDeadline.within(Deadline.in(Duration.ofMillis(1), TimeSource.system()), () -> {
          stub.run();
          return true;
        })).outcome());
    go.countDown();
    running.join();
  }

  @Test
  void aTurnThatRunsWhenItsCallerGivesUpMayBeExecuted() {
    Runnable stub = slow.get("one", CallOptions.defaults().withTimeout(Duration.ofMillis(200)));
    var failed = assertThrows(ObjectTimeoutException.class, stub::run);
    assertEquals(begun.getCount() == 0 ? Outcome.UNKNOWN : Outcome.NOT_EXECUTED, failed.outcome());
  }

  @Test
  void theLanesGoFirstButStarveNobody(@TempDir Path folder) throws Exception {
    var order = new CopyOnWriteArrayList<Priority>();
    try (var wide = DurableObjects.embedded(folder)) {
      Namespace<Lane> lanes = wide.namespace("lane", Lane.class, _ -> which -> {
        if (which.isEmpty()) {
          begun.countDown();
          TurnsAreSerialTest.await(go);
        } else {
          order.add(which.get());
        }
        return 1;
      });
      var calls = new ArrayList<CompletableFuture<?>>();
      calls.add(Threads.call(() -> lanes.get("one").go(Optional.empty())));
      begun.await();
      for (Priority priority : List.of(Priority.LOW, Priority.NORMAL, Priority.HIGH)) {
        for (int i = 0; i < 10; i++) {
          int waiting = calls.size();
          calls.add(Threads.call(() -> lanes.get("one", CallOptions.defaults().withPriority(priority))
              .go(Optional.of(priority))));
          Threads.awaitThat(() -> Waiting.of(lanes, "one") == waiting);
        }
      }
      go.countDown();
      calls.forEach(CompletableFuture::join);
    }
    List<Priority> eight = order.subList(0, 8);
    assertEquals(7, Collections.frequency(eight, Priority.HIGH), order::toString);
    assertEquals(1, Collections.frequency(eight, Priority.LOW), order::toString);
    assertEquals(Priority.LOW, order.getLast());
  }

  interface Lane {
    int go(Optional<Priority> which);
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
