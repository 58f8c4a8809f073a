package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arguments, results and exceptions are copies: nobody outside holds anything of an object's. */
class CallsCrossByValueTest {
  record Line(long product, Optional<String> note) {}

  static final class OutOfStock extends Exception {
    private static final long serialVersionUID = 1L;

    OutOfStock(String message) {
      super(message);
    }
  }

  static final class Wordy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Wordy(String what) {
      super("wordy " + what);
    }
  }

  interface Shelf {
    void fill(Map<Long, List<Line>> content);

    Map<Long, List<Line>> content();

    Optional<Line> first(long shelf);

    int[] counts(int... numbers);

    @Nullable
    String nothing();

    boolean isEmpty();

    default int shelves() {
      return content().size();
    }

    void fail(String how) throws OutOfStock;
  }

  static final class Memory implements Shelf {
    private Map<Long, List<Line>> content = new TreeMap<>();

    @Override
    public void fill(Map<Long, List<Line>> given) {
      content = given;
    }

    @Override
    public Map<Long, List<Line>> content() {
      return content;
    }

    @Override
    public Optional<Line> first(long shelf) {
      return Optional.ofNullable(content.get(shelf)).map(List::getFirst);
    }

    @Override
    public int[] counts(int... numbers) {
      Arrays.setAll(numbers, i -> numbers[i] + 1);
      return numbers;
    }

    @Override
    public @Nullable String nothing() {
      return null;
    }

    @Override
    public boolean isEmpty() {
      return content.isEmpty();
    }

    @Override
    public void fail(String how) throws OutOfStock {
      switch (how) {
        case "checked" -> throw new OutOfStock("none left");
        case "wordy" -> throw new Wordy("one");
        case "undeclared" -> CallsCrossByValueTest.<RuntimeException>sneak(new IOException("disk"));
        default -> throw new IllegalArgumentException("how: " + how, new IOException("the cause stays here"));
      }
    }
  }

  private DurableObjects objects;
  private Shelf shelf;

  @BeforeEach
  void open(@TempDir Path folder) {
    objects = DurableObjects.embedded(folder);
    shelf = objects.namespace("shelf", Shelf.class, _ -> new Memory()).get("one");
  }

  @AfterEach
  void close() {
    objects.close();
  }

  @Test
  void changingAnArgumentAfterTheCallChangesNothing() {
    var lines = new ArrayList<>(List.of(new Line(1, Optional.of("red"))));
    var content = new TreeMap<Long, List<Line>>(Map.of(7L, lines));
    shelf.fill(content);
    lines.clear();
    content.clear();
    assertEquals(Map.of(7L, List.of(new Line(1, Optional.of("red")))), shelf.content());
  }

  @Test
  void changingAResultChangesNothing() {
    shelf.fill(Map.of(7L, List.of(new Line(1, Optional.empty()))));
    Map<Long, List<Line>> content = shelf.content();
    content.clear();
    assertEquals(1, shelf.content().size());
    assertEquals(1, shelf.shelves());
  }

  @Test
  void theObjectCannotChangeTheCallersArgument() {
    int[] numbers = {1, 2};
    assertEquals(List.of(2, 3), Arrays.stream(shelf.counts(numbers)).boxed().toList());
    assertEquals(List.of(1, 2), Arrays.stream(numbers).boxed().toList());
  }

  @Test
  void optionalsPrimitivesAndNullArrive() {
    assertEquals(Optional.empty(), shelf.first(7));
    assertTrue(shelf.isEmpty());
    shelf.fill(Map.of(7L, List.of(new Line(1, Optional.empty()))));
    assertEquals(Optional.of(new Line(1, Optional.empty())), shelf.first(7));
    assertNull(shelf.nothing());
  }

  @Test
  void anExceptionKeepsItsClassWhereItsMessageIsAllItNeeds() {
    assertEquals("none left", assertThrows(OutOfStock.class, () -> shelf.fail("checked")).getMessage());
    var thrown = assertThrows(IllegalArgumentException.class, () -> shelf.fail("so"));
    assertEquals("how: so", thrown.getMessage());
    assertNull(thrown.getCause());
    List<String> methods = Arrays.stream(thrown.getStackTrace()).map(StackTraceElement::getMethodName).toList();
    assertTrue(methods.indexOf("fail") < methods.indexOf("anExceptionKeepsItsClassWhereItsMessageIsAllItNeeds"));
  }

  @Test
  void anyOtherExceptionIsNamedInTheMessage() {
    var wordy = assertThrows(ObjectException.class, () -> shelf.fail("wordy"));
    assertEquals("shelf/one: " + Wordy.class.getName() + ": wordy one (not executed)", wordy.getMessage());
    var undeclared = assertThrows(ObjectException.class, () -> shelf.fail("undeclared"));
    assertEquals("shelf/one: java.io.IOException: disk (not executed)", undeclared.getMessage());
  }

  @Test
  void stubsOfOneObjectAreEqualAndTellItsId() {
    Namespace<Counter> counters = objects.namespace("counter", Counter.class, Counter.Stored::new);
    assertEquals(counters.get("a"), counters.get("a"));
    assertEquals(counters.get("a").hashCode(), counters.get("a").hashCode());
    assertNotEquals(counters.get("a"), counters.get("b"));
    assertEquals("counter/a", counters.get("a").toString());
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> void sneak(Exception e) throws E {
    throw (E) e;
  }
}
