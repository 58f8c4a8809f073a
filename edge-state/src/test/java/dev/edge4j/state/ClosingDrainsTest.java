package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Closing takes no more calls, finishes those taken, and what they need. */
@Timeout(60)
class ClosingDrainsTest {
  interface Holder {
    long holdThenAdd();
  }

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private Path folder;
  private DurableObjects objects;
  private Counter counter;
  private Holder holder;

  @BeforeEach
  void open(@TempDir Path temporary) {
    folder = temporary;
    objects = DurableObjects.embedded(folder);
    counter = objects.namespace("counter", Counter.class, Counter.Stored::new).get("one");
    holder = objects.namespace("holder", Holder.class, state -> () -> {
      begun.countDown();
      TurnsAreSerialTest.await(go);
      state.storage().put("held", true);
      return counter.add(1);
    }).get("one");
  }

  @Test
  void turnsTakenAreFinishedAndMayCallOthers() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Long> turn = threads.submit(holder::holdThenAdd);
      begun.await();
      Future<?> close = threads.submit(() -> objects.close());
      awaitRefusal();
      assertTrue(!close.isDone());
      go.countDown();
      assertEquals(1, turn.get());
      close.get();
    }
    try (var again = DurableObjects.embedded(folder)) {
      assertEquals(1, again.namespace("counter", Counter.class, Counter.Stored::new).get("one").value());
    }
  }

  @Test
  void aTurnThatTakesTooLongIsNotExecuted() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Throwable> turn = threads.submit(() -> assertThrows(ObjectException.class, holder::holdThenAdd));
      begun.await();
      objects.close(Duration.ofMillis(1));
      go.countDown();
      assertEquals(Outcome.NOT_EXECUTED, ((ObjectException) turn.get()).outcome());
    }
    DurableObjects.embedded(folder).close();
  }

  @Test
  void closingTwiceIsNoError() {
    objects.close();
    objects.close();
    assertEquals(Outcome.NOT_EXECUTED, assertThrows(ObjectException.class, counter::value).outcome());
  }

  @Test
  void aTurnMayNotCloseWhatItRunsIn() {
    Runnable closer = objects.namespace("closer", Runnable.class, _ -> objects::close).get("one");
    assertEquals("close inside a turn of closer/one (expected: outside of turns)",
        assertThrows(IllegalStateException.class, closer::run).getMessage());
    objects.close();
  }

  private void awaitRefusal() {
    try {
      while (true) {
        counter.value();
      }
    } catch (ObjectException e) {
      assertEquals("counter/one: the durable objects are closed (not executed)", e.getMessage());
    }
  }
}
