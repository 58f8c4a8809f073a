package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.json.JsonException;
import dev.edge4j.json.TypeRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What storage promises inside a turn: typed values, its own writes, ordered lists, limits. */
class StorageKeepsKeysInOrderTest {
  private static final TypeRef<Map<Long, Integer>> LINES = new TypeRef<>() {};

  private DurableObjects objects;
  private Namespace<Runnable> bare;
  private Turns turns;

  @BeforeEach
  void open(@TempDir Path folder) {
    objects = DurableObjects.embedded(folder);
    bare = objects.namespace("bare", Runnable.class, _ -> () -> {});
    turns = new Turns(objects);
  }

  @AfterEach
  void close() {
    objects.close();
  }

  @Test
  void aTurnReadsItsOwnWrites() {
    turn("one", s -> {
      s.put("a", 1);
      assertEquals(Optional.of(1), s.get("a", Integer.class));
      s.delete("a");
      assertEquals(Optional.empty(), s.get("a", Integer.class));
      s.put("a", 2);
    });
    turn("one", s -> {
      assertEquals(Optional.of(2), s.get("a", Integer.class));
      s.delete("a");
      assertEquals(List.of(), s.list(""));
    });
    turn("one", s -> assertEquals(Optional.empty(), s.get("a", Integer.class)));
  }

  @Test
  void valuesAreTypedAndCopied() {
    turn("one", s -> {
      var lines = new TreeMap<>(Map.of(7L, 1));
      s.put("lines", lines);
      lines.clear();
      assertEquals(Optional.of(Map.of(7L, 1)), s.get("lines", LINES));
    });
    turn("one", s -> {
      assertEquals(Optional.of(Map.of(7L, 1)), s.get("lines", LINES));
      assertEquals(Map.of("lines", Map.of(7L, 1)), s.entries("", LINES));
      assertThrows(JsonException.class, () -> s.get("lines", Integer.class));
    });
  }

  @Test
  void listsAreByPrefixInTheOrderOfUtf8() {
    // U+10000 sorts behind U+FFFD as UTF-8 and before it as Java's chars.
    List<String> keys = List.of("a", "a:", "a:1", "a:2", "a:\uFFFD", "a:\uD800\uDC00", "a;", "b");
    turn("other", s -> s.put("a:0", 0));
    turn("one", s -> keys.forEach(key -> s.put(key, key)));
    turn("one", s -> {
      assertEquals(keys, s.list(""));
      assertEquals(keys.subList(1, 6), s.list("a:"));
      assertEquals(List.of(), s.list("c"));
      assertEquals(List.of("a:1", "a:2"), s.list(KeyRange.prefix("a:").after("a:").limit(2)));
      assertEquals(List.of("a:\uFFFD", "a:\uD800\uDC00"), s.list(KeyRange.prefix("a:").after("a:2").limit(10)));
    });
  }

  @Test
  void listsSeeTheTurnsOwnChanges() {
    turn("one", s -> IntStream.range(0, 300).forEach(i -> s.put(String.format("k%03d", i), i)));
    turn("one", s -> {
      assertEquals(300, s.list("k").size());
      IntStream.range(0, 10).forEach(i -> s.delete(String.format("k%03d", i)));
      s.put("k010a", 0);
      assertEquals(List.of("k010", "k010a", "k011"), s.list(KeyRange.prefix("k").limit(3)));
      assertEquals(291, s.list("k").size());
    });
  }

  @Test
  void limitsAreNamed() {
    turn("one", s -> {
      s.put("k".repeat(512), "v".repeat((2 << 20) - 2));
      assertMessage("key of 513 bytes (expected: 1 to 512)", () -> s.put("k".repeat(513), 1));
      assertMessage("key of 514 bytes (expected: 1 to 512)", () -> s.get("ü".repeat(257), Integer.class));
      assertMessage("key of 0 bytes (expected: 1 to 512)", () -> s.delete(""));
      assertMessage("key with half a surrogate pair (expected: well-formed text)", () -> s.put("\uD800", 1));
      assertMessage("key with a NUL character (expected: text without it)", () -> s.put("a\0", 1));
      assertMessage("value of \"k\": 2097153 bytes as JSON (expected: at most 2097152; cut it into several keys)",
          () -> s.put("k", "v".repeat((2 << 20) - 1)));
      assertMessage("limit: 0 (expected: at least 1)", () -> KeyRange.all().limit(0));
    });
    assertMessage("object id of 513 bytes (expected: 1 to 512)", () -> bare.get("i".repeat(513)));
    assertMessage("object id with half a surrogate pair (expected: well-formed text)", () -> bare.get("\uDC00"));
    assertMessage("namespace: \"A b\" (expected: 1 to 64 of a-z, 0-9, - and _)",
        () -> objects.namespace("A b", Runnable.class, _ -> () -> {}));
  }

  @Test
  void storageIsClosedOutsideTheTurn() throws InterruptedException {
    var kept = new Storage[1];
    turn("one", s -> {
      kept[0] = s;
      var thrown = new IllegalStateException[1];
      Thread other = Thread.startVirtualThread(
          () -> thrown[0] = assertThrows(IllegalStateException.class, () -> s.list("")));
      join(other);
      assertTrue(String.valueOf(thrown[0].getMessage()).startsWith("storage of test/one used outside its turn"));
    });
    assertThrows(IllegalStateException.class, () -> kept[0].put("a", 1));
  }

  /** What is on disk could not be undone. */
  @Test
  void aPartThatMayBeUndoneDoesNotGoOutside() {
    turns.with("one", state -> {
      state.storage().put("a", 1);
      assertThrows(IllegalStateException.class, () -> state.storage().transaction(() -> {
        state.storage().put("a", 2);
        try {
          return state.outside(() -> 1);
        } catch (IllegalStateException e) {
          throw e;
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      }));
      assertEquals(Optional.of(1), state.storage().get("a", Integer.class));
    });
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertMessage(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }

  private void turn(String object, Consumer<Storage> work) {
    turns.run(object, work);
  }
}
