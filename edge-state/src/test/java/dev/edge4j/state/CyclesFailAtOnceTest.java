package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A call that would wait for itself for ever fails at once and names the cycle. */
@Timeout(10)
class CyclesFailAtOnceTest {
  interface Hop {
    /** Calls the first of the objects with the rest of them; the names of all called. */
    List<String> visit(List<String> rest);

    /** Waits for the other caller to be inside its turn too, then visits. */
    List<String> meetAndVisit(List<String> rest);
  }

  private final CountDownLatch both = new CountDownLatch(2);
  private DurableObjects objects;
  private Namespace<Hop> hops;

  @BeforeEach
  void open(@TempDir Path folder) {
    objects = DurableObjects.embedded(folder);
    hops = objects.namespace("hop", Hop.class, HopObject::new);
  }

  @AfterEach
  void close() {
    objects.close(Duration.ofSeconds(1)); // a deadlock is to fail the test, not to hang it
  }

  @Test
  void anObjectMayCallOthers() {
    assertEquals(List.of("a", "b", "c"), hops.get("a").visit(List.of("b", "c")));
    assertEquals(List.of("b", "a"), hops.get("b").visit(List.of("a")));
  }

  @Test
  void itselfIsNamed() {
    assertCycle("hop/a -> hop/a", List.of("a"));
  }

  @Test
  void aLongWayRoundIsNamed() {
    assertCycle("hop/c -> hop/a -> hop/b -> hop/c", List.of("b", "c", "a"));
    assertEquals(List.of("a", "b"), hops.get("a").visit(List.of("b")));
  }

  @Test
  void aCycleAmongOthersIsNamed() {
    assertCycle("hop/c -> hop/b -> hop/c", List.of("b", "c", "b"));
  }

  @Test
  void oneOfTwoCallsThatMeetHeadOnFails() {
    var ab = new FutureTask<>(() -> hops.get("a").meetAndVisit(List.of("b")));
    var ba = new FutureTask<>(() -> hops.get("b").meetAndVisit(List.of("a")));
    Thread.startVirtualThread(ab);
    Thread.startVirtualThread(ba);
    List<String> outcomes = Stream.of(ab, ba).map(CyclesFailAtOnceTest::outcome).toList();
    assertEquals(1, outcomes.stream().filter(o -> o.contains("cycle of calls")).count(), outcomes::toString);
  }

  @Test
  void objectsOfTwoFoldersMayHaveOneName(@TempDir Path other) {
    try (var elsewhere = DurableObjects.embedded(other)) {
      Hop far = elsewhere.namespace("far", Hop.class, HopObject::new).get("a");
      Hop near = objects.namespace("far", Hop.class, _ -> new Forwarding(far)).get("a");
      assertEquals(List.of("a", "b"), near.visit(List.of("b")));
    }
  }

  private void assertCycle(String cycle, List<String> way) {
    var thrown = assertThrows(ObjectException.class, () -> hops.get("a").visit(way));
    assertTrue(String.valueOf(thrown.getMessage()).contains("cycle of calls: " + cycle), thrown.getMessage());
    assertEquals(Outcome.NOT_EXECUTED, thrown.outcome());
  }

  private static String outcome(Future<List<String>> visit) {
    try {
      return visit.get().toString();
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private record Forwarding(Hop to) implements Hop {
    @Override
    public List<String> visit(List<String> rest) {
      return to.visit(rest);
    }

    @Override
    public List<String> meetAndVisit(List<String> rest) {
      return to.meetAndVisit(rest);
    }
  }

  private final class HopObject extends DurableObject implements Hop {
    HopObject(ObjectState state) {
      super(state);
    }

    @Override
    public List<String> visit(List<String> rest) {
      List<String> others = rest.isEmpty() ? List.of() : hops.get(rest.getFirst()).visit(rest.subList(1, rest.size()));
      return Stream.concat(Stream.of(id().name()), others.stream()).toList();
    }

    @Override
    public List<String> meetAndVisit(List<String> rest) {
      both.countDown();
      TurnsAreSerialTest.await(both);
      return visit(rest);
    }
  }
}
