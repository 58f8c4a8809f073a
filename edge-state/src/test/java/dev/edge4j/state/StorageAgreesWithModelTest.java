package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.state.StateModel.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Any sequence of turns, some of which throw, with evictions and restarts between, agrees with maps that are copied back after a throw: entries,
 * alarms, attributes and tables, in a shared file and in one of its own.
 */
class StorageAgreesWithModelTest {
  /** How a turn ends, and what comes after. */
  enum End {
    RETURN, THROW, EVICT, RESTART
  }

  record Turn(List<Step> steps, End end) {}

  /** The objects of both kinds, opened anew for each restart. */
  private static final class Opened {
    private final DurableObjects objects = DurableObjects.embedded(FOLDER, DurableObjectsOptions.defaults()
        .withShards(
            2));
    private final Turns shared = new Turns(objects);
    private final Turns own = new Turns(objects, ObjectClass.of("own", Turns.Any.class, Turns.Instance::new)
        .sql(StateModel.TABLES));
  }

  private static final Path FOLDER = folder();
  private static Opened opened = new Opened();
  private static int next;

  private static Path folder() {
    try {
      return Files.createTempDirectory("edge4j-model");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterContainer
  static void close() throws IOException {
    opened.objects.close();
    try (var files = Files.walk(FOLDER)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 80)
  void sharedFilesAgreeWithMaps(@ForAll("turns") List<Turn> history) {
    agrees(history, false);
  }

  @Property(tries = 40)
  void ownFilesAgreeWithMaps(@ForAll("turns") List<Turn> history) {
    agrees(history, true);
  }

  private static void agrees(List<Turn> history, boolean own) {
    String object = "object" + next++;
    var model = new StateModel();
    for (Turn turn : history) {
      StateModel changed = model.copy();
      if (turn.end() == End.THROW) {
        assertThrows(StateModel.Thrown.class, () -> turns(own).with(object, state -> {
          changed.run(turn.steps(), state, own);
          throw new StateModel.Thrown();
        }));
        continue;
      }
      turns(own).with(object, state -> changed.run(turn.steps(), state, own));
      model = changed;
      if (turn.end() == End.EVICT) {
        turns(own).evict(object);
      } else if (turn.end() == End.RESTART) {
        opened.objects.close();
        opened = new Opened();
      }
      checkFromOutside(turns(own).namespace(), object, model, turn);
    }
    var expected = model;
    turns(own).with(object, state -> expected.check(state, own));
  }

  /** What others see is what is on disk. */
  private static void checkFromOutside(Namespace<Turns.Any> namespace, String object, StateModel model, Turn turn) {
    ObjectInfo info = namespace.inspect(object);
    assertEquals(model.alarms(), info.alarms());
    assertEquals(model.attributes(), info.attributes());
    assertEquals(List.copyOf(model.entries().keySet()), List.copyOf(info.entries().keySet()));
    boolean listed = namespace.list("", 10_000).contains(object);
    assertEquals(info.exists(), listed);
    if (!model.isEmpty()) {
      assertTrue(listed);
    } else if (!turn.steps().isEmpty() && turn.steps().getLast() instanceof Step.DeleteAll) {
      assertFalse(listed);
    }
    for (String value : List.of("red", "blue")) {
      assertEquals(value.equals(model.attributes().get("colour")), namespace.find("colour", value, "", 10_000)
          .contains(object));
    }
  }

  private static Turns turns(boolean own) {
    return own ? opened.own : opened.shared;
  }

  @Provide
  Arbitrary<List<Turn>> turns() {
    Arbitrary<End> end = Arbitraries.frequency(Tuple.of(12, End.RETURN), Tuple.of(6, End.THROW), Tuple.of(6, End.EVICT),
        Tuple.of(1, End.RESTART));
    return Combinators.combine(steps(2), end).as(Turn::new).list().ofMaxSize(8);
  }

  private static Arbitrary<List<Step>> steps(int depth) {
    return step(depth).list().ofMaxSize(6);
  }

  private static Arbitrary<Step> step(int depth) {
    Arbitrary<String> key = key();
    Arbitrary<Integer> number = Arbitraries.integers();
    Arbitrary<String> name = Arbitraries.of("colour", "size");
    Arbitrary<Instant> due = Arbitraries.integers()
        .between(1, 9)
        .map(i -> Instant.parse("2099-01-0" + i + "T00:00:00Z"));
    Arbitrary<Step> part = depth == 0 ? key.map(Step.Get::new)
        : Arbitraries.lazy(() -> Combinators.combine(steps(depth - 1), Arbitraries.of(true, false))
            .as(
                Step.Part::new));
    return Arbitraries.frequencyOf(Tuple.of(6, Combinators.combine(key, number).as(Step.Put::new)), Tuple.of(2,
        Arbitraries.maps(key, number).ofMaxSize(3).map(Step.PutAll::new)), Tuple.of(4, key.map(Step.Delete::new)), Tuple
            .of(1, Arbitraries.create(Step.DeleteAll::new)), Tuple.of(3, key.map(Step.Get::new)), Tuple.of(1, key.list()
                .ofMaxSize(4)
                .map(keys -> new Step.GetAll(keys.stream().distinct().toList()))), Tuple.of(5, range().map(
                    Step.Range::new)), Tuple.of(3, Combinators.combine(name, due).as(Step.Set::new)), Tuple.of(2, name
                        .map(Step.Cancel::new)), Tuple.of(3, Combinators.combine(name, Arbitraries.of("red", "blue"))
                            .as(Step.Mark::new)), Tuple.of(1, name.map(Step.Unmark::new)), Tuple.of(4, Combinators
                                .combine(key, number)
                                .as(Step.Row::new)), Tuple.of(3, part));
  }

  private static Arbitrary<KeyRange> range() {
    Arbitrary<Optional<String>> bound = key().optional(0.5);
    return Combinators.combine(Arbitraries.oneOf(key(), Arbitraries.just("")), bound, bound, bound, Arbitraries.of(true,
        false), Arbitraries.integers().between(1, 5)).as(KeyRange::new);
  }

  private static Arbitrary<String> key() {
    return Arbitraries.strings()
        .withChars("ab%_\uFFFD")
        .ofMinLength(1)
        .ofMaxLength(3)
        .map(text -> text.replace("_", "\uD800\uDC00"));
  }
}
