package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.state.runtime.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A message is part of the turn that sends it, is executed once by the object it is for, and those between two objects keep their order. */
@Timeout(60)
class MessagesArriveOnceAndInOrderTest {
  interface Inbox {
    void take(String what);

    List<String> taken();
  }

  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private volatile CountDownLatch slow = new CountDownLatch(0);
  private Timed timed;
  private Bells senders;
  private Namespace<Inbox> inboxes;

  @BeforeEach
  void open(@TempDir Path folder) {
    timed = new Timed(folder);
    declare();
  }

  private void declare() {
    senders = new Bells(timed.objects());
    inboxes = timed.objects().namespace("inbox", Inbox.class, StoredInbox::new);
  }

  @AfterEach
  void close() {
    timed.close();
  }

  @Test
  void theyArriveInTheOrderInWhichTheyWereSent() {
    for (int turn = 0; turn < 10; turn++) {
      int first = turn * 10;
      senders.run("a", state -> IntStream.range(first, first + 10).forEach(i -> send(state, "b", "n" + i)));
    }
    timed.runDue();
    assertEquals(IntStream.range(0, 100).mapToObj(i -> "n" + i).toList(), inboxes.get("b").taken());
  }

  @Test
  void aTurnThatThrowsSendsNothing() {
    assertThrows(IllegalStateException.class, () -> senders.run("a", state -> {
      send(state, "b", "lost");
      throw new IllegalArgumentException("after it was sent");
    }));
    senders.run("a", state -> {
      assertThrows(IllegalArgumentException.class, () -> state.storage().transaction(() -> {
        send(state, "b", "undone");
        throw new IllegalArgumentException("in a part of the turn");
      }));
      send(state, "b", "sent");
    });
    timed.runDue();
    assertEquals(List.of("sent"), inboxes.get("b").taken());
  }

  @Test
  void oneThatFailsHoldsUpThoseBehindItAndNoOthers() {
    failing.add("n1");
    senders.run("a", state -> {
      send(state, "b", "n0");
      send(state, "b", "n1");
      send(state, "b", "n2");
      send(state, "c", "n3");
    });
    senders.run("d", state -> send(state, "b", "n4"));
    timed.runDue();
    assertEquals(Set.of("n0", "n4"), Set.copyOf(inboxes.get("b").taken()));
    assertEquals(List.of("n3"), inboxes.get("c").taken());
    failing.clear();
    timed.runDueIn(Duration.ofMinutes(1));
    assertEquals(List.of("n0", "n1", "n2"), inboxes.get("b").taken().stream().filter(n -> !n.equals("n4")).toList());
  }

  @Test
  void aProcessThatEndsAfterTheDeliveryDeliversAgainAndItIsExecutedOnce() {
    senders.run("a", state -> send(state, "b", "first"));
    senders.run("a", state -> send(state, "b", "second"));
    timed.endAt(Step.MESSAGE_DELIVERED);
    declare();
    assertEquals(List.of("first"), inboxes.get("b").taken());
    timed.runDue();
    assertEquals(List.of("first", "second"), inboxes.get("b").taken());
  }

  @Test
  void thatHoldsHoweverLongTheProcessIsGone() {
    senders.run("a", state -> send(state, "b", "first"));
    timed.endAt(Step.MESSAGE_DELIVERED);
    timed.clock.move(Duration.ofDays(400)); // replies are kept for a day
    timed.objects().forgetReplies();
    timed.clock.move(Duration.ofDays(400));
    timed.objects().forgetReplies();
    timed.clock.move(Duration.ofDays(400)); // and nobody has looked for expired ones since
    declare();
    timed.runDue();
    assertEquals(List.of("first"), inboxes.get("b").taken());
  }

  @Test
  void aProcessThatEndsBeforeTheDeliveryLosesNothing() {
    senders.run("a", state -> send(state, "b", "first"));
    timed.reopen();
    declare();
    timed.runDue();
    timed.reopen();
    declare();
    timed.runDue();
    assertEquals(List.of("first"), inboxes.get("b").taken());
  }

  @Test
  void theyWaitForANamespaceThatIsNotDeclaredYet() {
    senders.run("a", state -> send(state, "b", "first"));
    timed.reopen();
    senders = new Bells(timed.objects());
    timed.runDueIn(Duration.ofDays(100));
    assertEquals(List.of(), timed.objects().deadLetters(1));
    inboxes = timed.objects().namespace("inbox", Inbox.class, StoredInbox::new);
    timed.runDue();
    assertEquals(List.of("first"), inboxes.get("b").taken());
  }

  @Test
  void aBusyObjectIsNoFailureAndHoldsUpNoOther() throws Exception {
    slow = new CountDownLatch(1);
    var fast = new CountDownLatch(2);
    senders.onWake = state -> {};
    for (int i = 0; i < 3; i++) {
      senders.run("sender" + i, state -> send(state, "slow", "late"));
    }
    senders.run("sender0", state -> send(state, "b", "x"));
    senders.run("sender1", state -> send(state, "c", "x"));
    timed.atStep = step -> {
      if (step == Step.MESSAGE_REMOVED) {
        fast.countDown();
      }
    };
    Thread due = Thread.ofVirtual().start(timed::runDue);
    fast.await();
    slow.countDown();
    due.join();
    assertEquals(List.of("late", "late", "late"), inboxes.get("slow").taken());
  }

  @Test
  void twoWhoLookForMessagesAtOnceDeliverEachOnce() throws Exception {
    try (var objects = DurableObjects.embedded(timedFolder())) { // looks by itself too
      var bells = new Bells(objects);
      Namespace<Inbox> boxes = objects.namespace("inbox", Inbox.class, StoredInbox::new);
      for (int i = 0; i < 200; i++) {
        int number = i;
        bells.run("a" + i % 3, state -> state.send(boxes, "b", box -> box.take("n" + number)));
        if (i % 10 == 0) {
          objects.runDue();
        }
      }
      Timed.await(() -> boxes.get("b").taken().size() >= 200);
      objects.runDue();
      List<String> taken = boxes.get("b").taken();
      assertEquals(200, taken.size());
      for (int way = 0; way < 3; way++) {
        int from = way;
        List<Integer> numbers = taken.stream()
            .map(n -> Integer.parseInt(n.substring(1)))
            .filter(n -> n % 3 == from)
            .toList();
        assertEquals(numbers.stream().sorted().toList(), numbers);
      }
    }
  }

  @Test
  void anObjectMaySendToItself() {
    senders.run("a", state -> state.send(senders.namespace(), "a", self -> self.note("from myself")));
    assertEquals(List.of(), senders.noted("a"));
    timed.runDue();
    assertEquals(List.of("from myself"), senders.noted("a"));
  }

  @Test
  void repliesToMessagesAreForgottenOnceTheyAreGone() {
    senders.run("a", state -> send(state, "b", "first"));
    timed.runDueIn(Duration.ofDays(2));
    assertEquals(0, timed.forgotten());
    timed.clock.move(Duration.ofDays(2));
    assertEquals(1, timed.forgotten());
  }

  @TempDir private Path another;

  private Path timedFolder() {
    return another;
  }

  private void send(ObjectState from, String to, String what) {
    from.send(inboxes, to, inbox -> inbox.take(what));
  }

  private final class StoredInbox extends DurableObject implements Inbox {
    StoredInbox(ObjectState state) {
      super(state);
    }

    @Override
    public void take(String what) {
      assertTrue(state().requestId().isPresent());
      Bells.note(state(), what);
      if (id().name().equals("slow")) {
        TurnsAreSerialTest.await(slow);
      }
      if (failing.contains(what)) {
        throw new IllegalStateException(what + " fails");
      }
    }

    @Override
    public List<String> taken() {
      return List.copyOf(storage().entries("note:", new dev.edge4j.json.TypeRef<String>() {}).values());
    }
  }
}
