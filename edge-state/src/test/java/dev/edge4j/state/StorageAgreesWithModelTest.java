package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Any sequence of turns, some of which throw, with evictions between, agrees with a map that is copied back after a throw. */
class StorageAgreesWithModelTest {
  sealed interface Step {
    record Put(String key, int value) implements Step {}

    record Delete(String key) implements Step {}

    record Get(String key) implements Step {}

    record List(String prefix, String after, int limit) implements Step {}
  }

  /** How a turn ends. */
  enum End {
    RETURN, THROW, EVICT
  }

  record Turn(List<Step> steps, End end) {}

  private static final Path FOLDER = folder();
  private static final DurableObjects OBJECTS = DurableObjects.embedded(FOLDER,
      DurableObjectsOptions.defaults().withShards(2));
  private static final Turns TURNS = new Turns(OBJECTS);
  private static final AtomicInteger NEXT = new AtomicInteger();

  private static Path folder() {
    try {
      return Files.createTempDirectory("edge4j-model");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterContainer
  static void close() throws IOException {
    OBJECTS.close();
    try (var files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(FOLDER);
  }

  @Property(tries = 200)
  void storageAgreesWithAMap(@ForAll("turns") List<Turn> history) {
    String object = "object" + NEXT.getAndIncrement();
    var model = new TreeMap<String, Integer>(Limits.UTF8_ORDER);
    for (Turn turn : history) {
      var changed = new TreeMap<>(model);
      if (turn.end() == End.THROW) {
        assertThrows(UncheckedIOException.class, () -> TURNS.run(object, storage -> {
          turn.steps().forEach(step -> run(step, storage, changed));
          throw new UncheckedIOException("thrown", new IOException());
        }));
        continue;
      }
      TURNS.run(object, storage -> turn.steps().forEach(step -> run(step, storage, changed)));
      model = changed;
      if (turn.end() == End.EVICT) {
        TURNS.evict(object);
      }
    }
    var expected = model;
    TURNS.run(object, storage -> assertEquals(List.copyOf(expected.keySet()), storage.list("")));
  }

  private static void run(Step step, Storage storage, NavigableMap<String, Integer> model) {
    switch (step) {
      case Step.Put put -> {
        storage.put(put.key(), put.value());
        model.put(put.key(), put.value());
      }
      case Step.Delete delete -> {
        storage.delete(delete.key());
        model.remove(delete.key());
      }
      case Step.Get get -> assertEquals(Optional.ofNullable(model.get(get.key())), storage.get(get.key(),
          Integer.class));
      case Step.List list -> assertEquals(
          model.keySet()
              .stream()
              .filter(key -> key.startsWith(list.prefix()) && Limits.UTF8_ORDER.compare(key, list.after()) > 0)
              .limit(list.limit())
              .toList(),
          storage.list(list.prefix(), list.after(), list.limit()));
    }
  }

  @Provide
  Arbitrary<List<Turn>> turns() {
    Arbitrary<List<Step>> steps = step().list().ofMaxSize(8);
    return Combinators.combine(steps, Arbitraries.of(End.class)).as(Turn::new).list().ofMaxSize(12);
  }

  private static Arbitrary<Step> step() {
    Arbitrary<String> key = Arbitraries.strings()
        .withChars("ab%_\uFFFD")
        .ofMinLength(1)
        .ofMaxLength(3)
        .map(text -> text.replace("_", "\uD800\uDC00"));
    Arbitrary<String> text = Arbitraries.oneOf(key, Arbitraries.just(""));
    return Arbitraries.oneOf(Combinators.combine(key, Arbitraries.integers()).as(Step.Put::new), key.map(
        Step.Delete::new),
        key.map(Step.Get::new), Combinators.combine(text, text, Arbitraries.integers().between(1, 5))
            .as(Step.List::new));
  }
}
