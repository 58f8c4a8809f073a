package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** While a new version is brought out object by object, each is served by the code that its state is of. */
@Timeout(60)
class OldAndNewCodeSideBySideTest {
  interface Page {
    String write(String text);

    String code();
  }

  static final class Coded extends DurableObject implements Page {
    private final String code;

    Coded(ObjectState state, String code) {
      super(state);
      this.code = code;
    }

    @Override
    public String write(String text) {
      storage().put("text", text);
      return code;
    }

    @Override
    public String code() {
      return code + ":" + storage().get("text", String.class).orElse("none");
    }
  }

  private static final DurableObjectsOptions OPTIONS = DurableObjectsOptions.defaults().withShards(1);

  /** Those that the old code still serves. */
  private final Set<String> staying = ConcurrentHashMap.newKeySet();
  @TempDir private Path folder;

  private ObjectClass<Page> old() {
    return ObjectClass.of("page", Page.class, state -> new Coded(state, "old"));
  }

  private ObjectClass<Page> both() {
    return ObjectClass.of("page", Page.class, state -> new Coded(state, "new"))
        .version(2)
        .upgrade(1, state -> state.storage().put("text", state.storage().get("text", String.class).orElse("") + "+"))
        .previous(1, state -> new Coded(state, "old"), id -> staying.contains(id.name()));
  }

  @Test
  void oneAfterTheOtherMovesToTheNewCode() {
    try (DurableObjects objects = DurableObjects.embedded(folder, OPTIONS)) {
      Namespace<Page> pages = objects.namespace(old());
      pages.get("a").write("a");
      pages.get("b").write("b");
    }
    staying.addAll(Set.of("a", "b", "c"));
    try (DurableObjects objects = DurableObjects.embedded(folder, OPTIONS)) {
      Namespace<Page> pages = objects.namespace(both());
      assertEquals("old:a", pages.get("a").code());
      assertEquals("old:b", pages.get("b").code());
      assertEquals("old", pages.get("c").write("c"));
      assertEquals("new", pages.get("d").write("d"));
      assertEquals(1, pages.inspect("c").classVersion());
      assertEquals(2, pages.inspect("d").classVersion());
      staying.remove("a");
      assertEquals("old:a", pages.get("a").code()); // asked when it wakes
      pages.evict("a");
      assertEquals("new:a+", pages.get("a").code());
      assertEquals("old:b", pages.get("b").code());
      assertEquals(1, pages.inspect("b").classVersion());
      assertEquals(2, pages.inspect("a").classVersion());
    }
  }

  /** State that the new code has written is not for the old one, whatever it is asked to serve. */
  @Test
  void whatHasMovedDoesNotMoveBack() {
    try (DurableObjects objects = DurableObjects.embedded(folder, OPTIONS)) {
      Namespace<Page> pages = objects.namespace(both());
      assertEquals("new", pages.get("a").write("a"));
      staying.add("a");
      pages.evict("a");
      assertEquals("new:a", pages.get("a").code());
    }
    try (DurableObjects objects = DurableObjects.embedded(folder, OPTIONS)) {
      assertEquals("new:a", objects.namespace(both()).get("a").code());
    }
  }

  @Test
  void whatStaysIsBroughtUpOnceNoOldCodeIsLeft() {
    staying.add("a");
    try (DurableObjects objects = DurableObjects.embedded(folder, OPTIONS)) {
      assertEquals("old", objects.namespace(both()).get("a").write("a"));
    }
    ObjectClass<Page> last = ObjectClass.of("page", Page.class, state -> new Coded(state, "new"))
        .version(2)
        .upgrade(1, state -> state.storage().put("text", "moved"));
    try (DurableObjects objects = DurableObjects.embedded(folder, OPTIONS)) {
      assertEquals("new:moved", objects.namespace(last).get("a").code());
    }
  }
}
