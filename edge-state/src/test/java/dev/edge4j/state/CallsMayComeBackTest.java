package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A class that says so lets calls come back to an object that waits for another; what would still never end is refused. */
@Timeout(20)
class CallsMayComeBackTest {
  interface Hop {
    /** Notes the visit, and calls the first of the objects with the rest; all that were visited, this one's visits so far included. */
    String visit(List<String> rest);

    /** As {@link #visit}, inside a transaction. */
    String visitInTransaction(List<String> rest);

    @ReadOnly
    String look(List<String> rest);
  }

  private DurableObjects objects;
  private Namespace<Hop> open;
  private Namespace<Hop> shut;

  @BeforeEach
  void open(@TempDir Path folder) {
    objects = DurableObjects.embedded(folder, DurableObjectsOptions.defaults().withShards(1));
    open = objects.namespace(ObjectClass.of("open", Hop.class, HopObject::new).reentrant());
    shut = objects.namespace("shut", Hop.class, HopObject::new);
  }

  @AfterEach
  void close() {
    objects.close(Duration.ofSeconds(1)); // a deadlock is to fail the test, not to hang it
  }

  @Test
  void toOneThatSaysSo() {
    assertEquals("open/a1 > shut/b1 > open/a2", open.get("a").visit(List.of("shut/b", "open/a")));
    assertEquals("open/a3", open.get("a").visit(List.of()));
  }

  @Test
  void toItself() {
    assertEquals("open/a1 > open/a2 > open/a3", open.get("a").visit(List.of("open/a", "open/a")));
  }

  @Test
  void notToOneThatDoesNot() {
    assertCycle("open/a -> shut/b -> open/a", () -> shut.get("b").visit(List.of("open/a", "shut/b")));
  }

  /** A comes back to A and calls B again, which waits for A still. */
  @Test
  void theLongWayRoundIsRefused() {
    var reset = assertThrows(ObjectResetException.class,
        () -> open.get("a").visit(List.of("shut/b", "open/a", "shut/b")), "its second turn threw");
    assertTrue(String.valueOf(reset.getSuppressed()[0].getMessage())
        .contains("cycle of calls: open/a -> shut/b -> open/a"), reset::toString);
  }

  /** The one that lets calls back is in the middle, and does not hide who waits at its ends. */
  @Test
  void throughOneThatSaysSoIsRefused() {
    assertCycle("shut/c -> shut/b -> open/a -> shut/c",
        () -> shut.get("b").visit(List.of("open/a", "shut/c", "shut/b")));
  }

  @Test
  void inATransactionItIsACycleAsForAnyOther() {
    assertCycle("shut/b -> open/a -> shut/b", () -> open.get("a").visitInTransaction(List.of("shut/b", "open/a")));
    assertEquals("open/a1 > shut/b1", open.get("a").visitInTransaction(List.of("shut/b")));
  }

  @Test
  void aReaderOfSuchAClassMayCallOthers() {
    assertEquals("open/a0 > shut/b0", open.get("a").look(List.of("shut/b")));
  }

  private static void assertCycle(String cycle, Runnable call) {
    var thrown = assertThrows(ObjectException.class, call::run);
    assertTrue(String.valueOf(thrown.getMessage()).contains("cycle of calls: " + cycle), thrown.getMessage());
  }

  private final class HopObject extends DurableObject implements Hop {
    private int visits;

    HopObject(ObjectState state) {
      super(state);
      visits = storage().get("visits", Integer.class).orElse(0);
    }

    @Override
    public String visit(List<String> rest) {
      storage().put("visits", ++visits);
      String here = id() + "" + visits;
      return rest.isEmpty() ? here : here + " > " + next(rest).visit(rest.subList(1, rest.size()));
    }

    @Override
    public String visitInTransaction(List<String> rest) {
      return storage().transaction(() -> visit(rest));
    }

    @Override
    public String look(List<String> rest) {
      String here = id() + "" + visits;
      return rest.isEmpty() ? here : here + " > " + next(rest).look(rest.subList(1, rest.size()));
    }

    private Hop next(List<String> rest) {
      String[] name = rest.getFirst().split("/", -1);
      return (name[0].equals("open") ? open : shut).get(name[1]);
    }
  }
}
