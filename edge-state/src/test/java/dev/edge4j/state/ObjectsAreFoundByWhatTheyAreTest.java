package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The objects of a class are listed, and found by their attributes, page by page and in order, over all files. */
@Timeout(60)
class ObjectsAreFoundByWhatTheyAreTest {
  interface Lamp {
    void set(String colour);

    void setAndFail(String colour);

    void none();

    void many(int attributes);

    String colour();
  }

  static final class KeptLamp extends DurableObject implements Lamp {
    KeptLamp(ObjectState state) {
      super(state);
    }

    @Override
    public void set(String colour) {
      attributes().set("colour", colour);
    }

    @Override
    public void setAndFail(String colour) {
      set(colour);
      assertEquals(colour, colour());
      throw new IllegalStateException("failed");
    }

    @Override
    public void none() {
      attributes().remove("colour");
      attributes().remove("never set");
      storage().put("kept", true);
    }

    @Override
    public void many(int attributes) {
      IntStream.range(0, attributes).forEach(i -> attributes().set("a" + i, "x"));
    }

    @Override
    public String colour() {
      return attributes().get("colour").orElse("none");
    }
  }

  @TempDir private Path folder;

  @Test
  void byAttributeAndInOrder() {
    try (DurableObjects objects = DurableObjects.embedded(folder)) {
      for (ObjectClass<Lamp> declared : List.of(ObjectClass.of("lamp", Lamp.class, KeptLamp::new), ObjectClass.of(
          "own", Lamp.class, KeptLamp::new).sql(Ledger.TABLES))) {
        Namespace<Lamp> lamps = objects.namespace(declared);
        // beyond U+FFFF the order of the bytes is not that of Java's strings
        var names = List.of("a", "ab", "b", "c", "\uFFFD", "\uD83D\uDE00");
        names.forEach(name -> lamps.get(name).set(name.equals("b") ? "blue" : "red"));
        assertEquals(names, lamps.list("", 10));
        assertEquals(names, pages(lamps, 2));
        assertEquals(List.of("a", "ab"), lamps.find("colour", "red", "", 2));
        assertEquals(List.of("c", "\uFFFD"), lamps.find("colour", "red", "ab", 2));
        assertEquals(List.of("b"), lamps.find("colour", "blue", "", 10));
        assertEquals(List.of(), lamps.find("colour", "re", "", 10));
        lamps.get("a").set("blue");
        assertThrows(IllegalStateException.class, () -> lamps.get("c").setAndFail("blue"));
        lamps.get("ab").none();
        assertEquals(List.of("a", "b"), lamps.find("colour", "blue", "", 10));
        assertEquals(List.of("c", "\uFFFD", "\uD83D\uDE00"), lamps.find("colour", "red", "", 10));
        assertEquals("red", lamps.get("c").colour());
        assertEquals(names, lamps.list("", 10));
      }
      assertEquals(List.of(), objects.namespace("other", Lamp.class, KeptLamp::new).list("", 10));
    }
  }

  @Test
  void limitsAreSaidClearly() {
    try (DurableObjects objects = DurableObjects.embedded(folder)) {
      Namespace<Lamp> lamps = objects.namespace("lamp", Lamp.class, KeptLamp::new);
      Lamp lamp = lamps.get("a");
      lamp.many(16);
      for (Runnable wrong : List.<Runnable>of(() -> lamp.many(17), () -> lamp.set(""), () -> lamp.set("x".repeat(513)),
          () -> lamp.set("nul\0"), () -> lamp.set("half \uD83D"), () -> lamps.list("", 0), () -> lamps.list("", 10_001),
          () -> lamps.find("colour", "red", "", -1))) {
        var refused = assertThrows(IllegalArgumentException.class, wrong::run);
        assertTrue(String.valueOf(refused.getMessage()).contains("expected"), refused.getMessage());
      }
      assertEquals(16, lamps.inspect("a").attributes().size());
    }
  }

  /** A page is all that is in memory of a million names. */
  @Test
  void aMillionNamesPageByPage() throws Exception {
    var options = DurableObjectsOptions.defaults().withShards(2);
    DurableObjects.embedded(folder, options).close();
    for (int shard = 0; shard < 2; shard++) {
      try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shard-" + shard + ".db"));
          var statement = connection.createStatement()) {
        statement.execute("PRAGMA synchronous = OFF");
        statement.execute("WITH RECURSIVE n(i) AS (SELECT " + shard + " UNION ALL SELECT i + 2 FROM n WHERE i < 999998)"
            + " INSERT INTO object SELECT 'lamp', printf('%07d', i), 1, 0 FROM n");
      }
    }
    try (DurableObjects objects = DurableObjects.embedded(folder, options)) {
      Namespace<Lamp> lamps = objects.namespace("lamp", Lamp.class, KeptLamp::new);
      int next = 0;
      for (List<String> page = lamps.list("", 10_000); !page.isEmpty(); page = lamps.list(page.getLast(), 10_000)) {
        assertTrue(page.size() <= 10_000);
        for (String name : page) {
          if (Integer.parseInt(name) != next++) {
            throw new AssertionError(name + " (expected: " + (next - 1) + ")");
          }
        }
      }
      assertEquals(1_000_000, next);
      assertEquals("none", lamps.get("0567890").colour());
    }
  }

  private static List<String> pages(Namespace<Lamp> lamps, int size) {
    var all = new ArrayList<String>();
    for (List<String> page = lamps.list("", size); !page.isEmpty(); page = lamps.list(page.getLast(), size)) {
      all.addAll(page);
    }
    return all;
  }
}
