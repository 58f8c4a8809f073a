package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** State of an older version is brought up when its object wakes: once, step by step, in one commit with the version. */
@Timeout(60)
class OldStateIsBroughtUpTest {
  interface Note {
    void write(String text);

    String text();

    String fail();

    @ReadOnly
    String look();
  }

  /** Keeps its text under a key; each version has another. */
  static final class KeptNote extends DurableObject implements Note {
    private final String key;

    KeptNote(ObjectState state, String key) {
      super(state);
      this.key = key;
    }

    @Override
    public void write(String text) {
      storage().put(key, text);
    }

    @Override
    public String text() {
      return storage().get(key, String.class).orElse("none");
    }

    @Override
    public String fail() {
      throw new IllegalStateException("failed at " + text());
    }

    @Override
    public String look() {
      return text();
    }
  }

  private static final DurableObjectsOptions OPTIONS = DurableObjectsOptions.defaults().withShards(1);

  private final List<String> run = new ArrayList<>();
  @TempDir private Path folder;

  private ObjectClass<Note> version(int version) {
    return ObjectClass.of("note", Note.class, state -> new KeptNote(state, "v" + version)).version(version);
  }

  /** Moves the text to the key of the next version. */
  private Upgrade step(int from) {
    return state -> {
      run.add(state.id().name() + from);
      state.storage().put("v" + (from + 1), state.storage().get("v" + from, String.class).orElse("none") + "+");
      state.storage().delete("v" + from);
    };
  }

  private <R> R with(ObjectClass<Note> declared, Function<Namespace<Note>, R> use) {
    try (DurableObjects objects = DurableObjects.embedded(folder, OPTIONS)) {
      return use.apply(objects.namespace(declared));
    }
  }

  private void written() {
    with(version(1), notes -> {
      notes.get("a").write("text");
      return notes.inspect("a");
    });
  }

  @Test
  void stepsRunInOrderAndOnce() {
    written();
    ObjectClass<Note> third = version(3).upgrade(2, step(2)).upgrade(1, step(1));
    for (int restart = 0; restart < 2; restart++) {
      with(third, notes -> {
        assertEquals("text++", notes.get("a").text());
        notes.evict("a");
        assertEquals("text++", notes.get("a").look());
        ObjectInfo info = notes.inspect("a");
        assertEquals(3, info.classVersion());
        assertEquals(Map.of("v3", "\"text++\""), info.entries());
        return info;
      });
    }
    assertEquals(List.of("a1", "a2"), run);
  }

  @Test
  void aReadBringsItUpToo() {
    written();
    with(version(2).upgrade(1, step(1)), notes -> {
      assertEquals("text+", notes.get("a").look());
      return notes.inspect("a");
    });
    assertEquals("text+", with(version(2).upgrade(1, step(1)), notes -> notes.get("a").text()));
    assertEquals(List.of("a1"), run);
  }

  @Test
  void aNewObjectIsOfTheCurrentVersion() {
    with(version(2).upgrade(1, step(1)), notes -> {
      notes.get("new").write("text");
      assertEquals(2, notes.inspect("new").classVersion());
      notes.evict("new");
      return notes.get("new").text();
    });
    assertEquals(List.of(), run);
  }

  @Test
  void aStepThatFailsLeavesAllAsItWas() {
    written();
    Upgrade broken = state -> {
      state.storage().put("half", 1);
      throw new java.io.IOException("the second step");
    };
    with(version(3).upgrade(1, step(1)).upgrade(2, broken), notes -> {
      for (int attempt = 0; attempt < 2; attempt++) {
        var failed = assertThrows(ObjectException.class, notes.get("a")::text);
        assertEquals(Outcome.NOT_EXECUTED, failed.outcome());
        assertEquals("note/a: the upgrade from version 2 failed: the second step (not executed)", failed.getMessage());
        assertThrows(ObjectException.class, notes.get("a")::look);
      }
      ObjectInfo info = notes.inspect("a");
      assertEquals(1, info.classVersion());
      assertEquals(Map.of("v1", "\"text\""), info.entries());
      return info;
    });
    assertEquals("text", with(version(1), notes -> notes.get("a").text()));
  }

  /** The version is part of the turn: if that throws, so that the state stays old, the next turn brings it up. */
  @Test
  void aTurnThatThrowsTakesTheUpgradeBack() {
    written();
    with(version(2).upgrade(1, step(1)), notes -> {
      assertThrows(IllegalStateException.class, notes.get("a")::fail);
      assertEquals(Map.of("v1", "\"text\""), notes.inspect("a").entries());
      assertEquals("text+", notes.get("a").text());
      return assertThrows(IllegalStateException.class, notes.get("a")::fail);
    });
    assertEquals("text+", with(version(2).upgrade(1, step(1)), notes -> notes.get("a").text()));
    assertEquals(List.of("a1", "a1"), run);
  }

  @Test
  void newerStateIsNotTouched() {
    with(version(3).upgrade(1, step(1)).upgrade(2, step(2)), notes -> {
      notes.get("a").write("text");
      return notes.inspect("a");
    });
    with(version(2).upgrade(1, step(1)), notes -> {
      var failed = assertThrows(ObjectException.class, () -> notes.get("a").write("other"));
      assertEquals(Outcome.NOT_EXECUTED, failed.outcome());
      assertTrue(String.valueOf(failed.getMessage()).contains("its state is of version 3 (expected: at most 2"), failed
          .getMessage());
      ObjectInfo info = notes.inspect("a");
      assertEquals(3, info.classVersion());
      assertEquals(Map.of("v3", "\"text\""), info.entries());
      return info;
    });
  }

  @Test
  void aMissingStepIsAnErrorAtOnce() {
    var missing = assertThrows(IllegalArgumentException.class, () -> with(version(3).upgrade(1, step(1)),
        Namespace::name));
    assertTrue(String.valueOf(missing.getMessage()).contains("without an upgrade from 2"), missing.getMessage());
    assertThrows(IllegalArgumentException.class, () -> version(2).upgrade(1, step(1)).upgrade(1, step(1)));
    assertThrows(IllegalArgumentException.class, () -> version(0));
  }

  /** Scripts first, then the steps, then the constructor: all in the first turn's transaction. */
  @Test
  void tablesAreBroughtUpWithTheState() {
    ObjectClass<Ledger> old = Ledger.declared("ledger");
    try (DurableObjects objects = DurableObjects.embedded(folder, OPTIONS)) {
      objects.namespace(old).get("a").add("tea", 3);
    }
    ObjectClass<Ledger> broken = old.version(2).upgrade(1, state -> {
      state.sql().update("UPDATE message SET amount = amount * 100", Map.of());
      throw new IllegalArgumentException("no");
    });
    ObjectClass<Ledger> right = old.version(2)
        .upgrade(1, state -> state.sql()
            .update("UPDATE message SET amount = amount * 100", Map.of()));
    try (DurableObjects objects = DurableObjects.embedded(folder, OPTIONS)) {
      assertThrows(ObjectException.class, objects.namespace(broken).get("a")::sum);
    }
    for (int restart = 0; restart < 2; restart++) {
      try (DurableObjects objects = DurableObjects.embedded(folder, OPTIONS)) {
        Namespace<Ledger> ledgers = objects.namespace(right);
        assertEquals(300, ledgers.get("a").sum());
        assertEquals(2, ledgers.inspect("a").classVersion());
      }
    }
  }
}
