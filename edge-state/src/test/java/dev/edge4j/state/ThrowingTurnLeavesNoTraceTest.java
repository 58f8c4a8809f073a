package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A turn that throws is as if it had never been, on disk and in memory. */
class ThrowingTurnLeavesNoTraceTest {
  interface Unwritable {
    Object result();

    List<String> keys();
  }

  private Path folder;
  private DurableObjects objects;

  @BeforeEach
  void open(@TempDir Path temporary) {
    folder = temporary;
    objects = DurableObjects.embedded(folder);
  }

  @AfterEach
  void close() {
    objects.close();
  }

  @Test
  void itsWritesAndItsMemoryAreDropped() {
    Counter counter = objects.namespace("counter", Counter.class, Counter.Stored::new).get("one");
    counter.add(5);
    var thrown = assertThrows(IllegalStateException.class, () -> counter.addAndFail(100));
    assertEquals("after adding 100", thrown.getMessage());
    assertEquals(5, counter.value());
    assertEquals(7, counter.add(2));
    objects.close();
    objects = DurableObjects.embedded(folder);
    assertEquals(7, objects.namespace("counter", Counter.class, Counter.Stored::new).get("one").value());
  }

  @Test
  void itsAlarmsAndAttributesAreDropped() {
    Counter counter = objects.namespace("counter", Counter.class, Everything::new).get("one");
    assertThrows(IllegalStateException.class, () -> counter.addAndFail(1));
    assertEquals(0, counter.value());
    assertEquals(3, counter.add(1));
    assertThrows(IllegalStateException.class, () -> counter.addAndFail(1));
    assertEquals(3, counter.value());
  }

  @Test
  void theInstanceIsMadeAnewOnlyThen() {
    var made = new AtomicInteger();
    Counter counter = objects.namespace("counter", Counter.class, state -> {
      made.incrementAndGet();
      return new Counter.Stored(state);
    }).get("one");
    counter.add(1);
    counter.add(1);
    assertEquals(1, made.get());
    assertThrows(IllegalStateException.class, () -> counter.addAndFail(1));
    counter.value();
    assertEquals(2, made.get());
  }

  @Test
  void anErrorIsNoExceptionToThis() {
    Counter counter = objects.namespace("counter", Counter.class, state -> new Forwarding(new Counter.Stored(state)))
        .get("one");
    var thrown = assertThrows(ObjectException.class, () -> counter.addAndFail(100));
    assertEquals(Outcome.NOT_EXECUTED, thrown.outcome());
    assertEquals("counter/one: java.lang.AssertionError: no (not executed)", thrown.getMessage());
    assertEquals(0, counter.value());
  }

  @Test
  void aResultThatCannotCrossUndoesTheTurn() {
    Unwritable object = objects.namespace("unwritable", Unwritable.class, Loop::new).get("one");
    String message = assertThrows(IllegalStateException.class, object::result).getMessage();
    assertTrue(String.valueOf(message).startsWith("unwritable.result: the result does not cross by value: "), message);
    assertEquals(List.of(), object.keys());
  }

  @Test
  void aConstructorThatThrowsIsTriedAgain() {
    var broken = new AtomicBoolean(true);
    Counter counter = objects.namespace("counter", Counter.class, state -> {
      state.storage().put("value", 9L);
      if (broken.get()) {
        throw new IllegalArgumentException("not yet");
      }
      return new Counter.Stored(state);
    }).get("one");
    assertEquals("not yet", assertThrows(IllegalArgumentException.class, counter::value).getMessage());
    broken.set(false);
    assertEquals(9, counter.value());
  }

  /** Leaves one of everything; its value is how much there is. */
  private static final class Everything extends DurableObject implements Counter, AlarmHandler {
    Everything(ObjectState state) {
      super(state);
    }

    @Override
    public long add(long amount) {
      storage().put("value", amount);
      alarms().set("alarm", Schedule.in(Duration.ofDays(1)));
      attributes().set("name", "value");
      return value();
    }

    @Override
    public long value() {
      return 0L + storage().list("").size() + alarms().all().size() + attributes().all().size();
    }

    @Override
    public long addAndFail(long amount) {
      add(amount);
      throw new IllegalStateException("after adding " + amount);
    }

    @Override
    public void alarm(Alarm alarm) {}
  }

  private record Forwarding(Counter inner) implements Counter {
    @Override
    public long add(long amount) {
      return inner.add(amount);
    }

    @Override
    public long value() {
      return inner.value();
    }

    @Override
    public long addAndFail(long amount) {
      inner.add(amount);
      throw new AssertionError("no");
    }
  }

  private static final class Loop extends DurableObject implements Unwritable {
    Loop(ObjectState state) {
      super(state);
    }

    @Override
    public Object result() {
      storage().put("key", 1);
      var endless = new Object[1];
      endless[0] = endless;
      return endless;
    }

    @Override
    public List<String> keys() {
      return storage().list("");
    }
  }
}
