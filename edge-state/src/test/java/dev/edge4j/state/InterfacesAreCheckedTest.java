package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot work is refused when the namespace is declared, or before the turn begins. */
class InterfacesAreCheckedTest {
  interface Vague {
    void take(List<? extends Number> numbers);
  }

  interface Generic<T> {
    T get();
  }

  interface Sealing {
    void take(Runnable action);

    Runnable give();
  }

  @Test
  void aNamespaceIsDeclaredOnceAndWithAnInterfaceThatSaysAll(@TempDir Path folder) {
    try (var objects = DurableObjects.embedded(folder)) {
      objects.namespace("counter", Counter.class, Counter.Stored::new);
      assertEquals("namespace: \"counter\" is declared already (expected: once)",
          assertThrows(IllegalStateException.class, () -> objects.namespace("counter", Counter.class,
              Counter.Stored::new))
              .getMessage());
      refused("(expected: an interface)",
          () -> objects.namespace("a", Counter.Stored.class, Counter.Stored::new));
      refused("? extends java.lang.Number (expected: types without variables and wildcards)",
          () -> objects.namespace("a", Vague.class, _ -> _ -> {}));
      refused("T (expected: types without variables and wildcards)",
          () -> objects.namespace("a", Generic.class, _ -> () -> 1));
    }
  }

  @Test
  void whatCannotCrossIsNamed(@TempDir Path folder) {
    try (var objects = DurableObjects.embedded(folder)) {
      Sealing sealing = objects.namespace("sealing", Sealing.class, _ -> new Sealing() {
        @Override
        public void take(Runnable action) {
          action.run();
        }

        @Override
        public Runnable give() {
          return () -> {};
        }
      }).get("one");
      var thrown = assertThrows(ObjectException.class, () -> sealing.take(() -> {}));
      assertTrue(String.valueOf(thrown.getMessage()).startsWith("sealing.take: argument 1 does not cross by value: "));
      assertEquals(Outcome.NOT_EXECUTED, thrown.outcome());
    }
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    var options = DurableObjectsOptions.defaults();
    refused("shards: 0 (expected: 1 to 16)", () -> options.withShards(0));
    refused("mailbox: 0 (expected: at least 1)", () -> options.withMailbox(0));
    refused("idleAfter: PT0S (expected: a positive duration)", () -> options.withIdleAfter(java.time.Duration.ZERO));
  }

  private static void refused(String why, Runnable action) {
    String message = assertThrows(IllegalArgumentException.class, action::run).getMessage();
    assertTrue(String.valueOf(message).endsWith(why), message);
  }
}
