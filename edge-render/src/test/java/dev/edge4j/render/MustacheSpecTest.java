package dev.edge4j.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.TypeRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * How much of the Mustache specification is met, character by character, and that it does not become less. The cases are read
 * where they lie, beside the project; without them there is nothing to run. Two rules of ours are stricter than the
 * specification and are met half-way: all text of a case is given as {@link SafeHtml}, so that three braces print it, and the
 * model at the root has every name, with the value null.
 *
 * <p>What is not exact is either refused on purpose (names of partials from data, partials that are not there, a part of a
 * dotted name that is unknown) or differs in white space alone: Mustache.java's parser leaves an empty line where a comment, a
 * delimiter tag or a closing tag stood alone, and does not indent blocks again. Cases of lambdas hold code of other languages
 * and cannot be run.
 */
class MustacheSpecTest {
  private static final Path CASES = Path.of(System.getProperty("edge4j.house", "."))
      .resolve("../shared/cases/mustache-spec");

  /** Exact now, and refused on purpose. What is left of each section must differ in white space alone. */
  private static final Map<String, Floor> FLOORS = new TreeMap<>(Map.of("comments", new Floor(5, 0),
      "delimiters", new Floor(6, 0), "interpolation", new Floor(39, 3), "inverted", new Floor(18, 1),
      "partials", new Floor(11, 1), "sections", new Floor(30, 1), "~inheritance", new Floor(21, 0),
      "~dynamic-names", new Floor(0, 21)));

  private enum Result {
    EXACT, REFUSED, WHITE_SPACE, WRONG
  }

  private record Floor(int exact, int refused) {}

  private record Outcome(String name, Result result, String got, String expected) {}

  @TestFactory
  Stream<DynamicTest> sections() throws IOException {
    if (!Files.isDirectory(CASES)) {
      System.out.println("mustache-spec: no cases beside the project, skipped");
      return Stream.of();
    }
    System.out.println("mustache-spec   section          cases  exact  refused  white space");
    List<DynamicTest> tests = new ArrayList<>();
    for (var entry : FLOORS.entrySet()) {
      List<Outcome> outcomes = run(entry.getKey());
      System.out.printf("mustache-spec   %-15s %6d %6d %8d %12d%n", entry.getKey(), outcomes.size(),
          count(outcomes, Result.EXACT), count(outcomes, Result.REFUSED), count(outcomes, Result.WHITE_SPACE));
      tests.add(dynamicTest(entry.getKey(), () -> check(outcomes, entry.getValue())));
    }
    return tests.stream();
  }

  private static void check(List<Outcome> outcomes, Floor floor) {
    List<Outcome> missed = outcomes.stream().filter(outcome -> outcome.result() != Result.EXACT).toList();
    assertEquals(0, count(outcomes, Result.WRONG), missed::toString);
    assertEquals(floor.refused(), count(outcomes, Result.REFUSED), missed::toString);
    assertTrue(count(outcomes, Result.EXACT) >= floor.exact(), missed::toString);
  }

  private static long count(List<Outcome> outcomes, Result result) {
    return outcomes.stream().filter(outcome -> outcome.result() == result).count();
  }

  private static List<Outcome> run(String section) throws IOException {
    byte[] json = Files.readAllBytes(CASES.resolve(section + ".json"));
    Map<String, Object> file = JsonCodec.jackson().read(json, new TypeRef<>() {});
    List<Outcome> outcomes = new ArrayList<>();
    for (Object test : (Collection<?>) file.getOrDefault("tests", List.of())) {
      outcomes.add(run((Map<?, ?>) test));
    }
    return outcomes;
  }

  private static Outcome run(Map<?, ?> test) {
    String name = String.valueOf(test.get("name"));
    String expected = String.valueOf(test.get("expected"));
    Map<String, String> sources = new HashMap<>();
    if (test.get("partials") instanceof Map<?, ?> partials) {
      partials.forEach((partial, source) -> sources.put(String.valueOf(partial), String.valueOf(source)));
    }
    sources.put("the case", String.valueOf(test.get("template")));
    try {
      String got = new String(Views.of(sources).render("the case", model(test.get("data"))), UTF_8);
      return new Outcome(name, compare(got, expected), got, expected);
    } catch (TemplateException e) {
      return new Outcome(name, Result.REFUSED, e.getMessage(), expected);
    }
  }

  private static Result compare(String got, String expected) {
    if (got.equals(expected)) {
      return Result.EXACT;
    }
    return got.replaceAll("\\s", "").equals(expected.replaceAll("\\s", "")) ? Result.WHITE_SPACE : Result.WRONG;
  }

  private static Object model(@Nullable Object data) {
    return switch (safe(data)) {
      case Map<?, ?> map -> new EveryName(map);
      case null -> new Object();
      case Object other -> other;
    };
  }

  /** A map that has every key: those it was not given have the value null. */
  private static final class EveryName extends HashMap<Object, @Nullable Object> {
    private static final long serialVersionUID = 1L;

    EveryName(Map<?, ?> given) {
      super(given);
    }

    @Override
    public boolean containsKey(Object key) {
      return true;
    }
  }

  private static @Nullable Object safe(@Nullable Object json) {
    return switch (json) {
      case String text -> new SafeHtml(text);
      case Number number -> new SafeHtml(number.toString());
      case List<?> list -> list.stream().map(MustacheSpecTest::safe).toList();
      case Map<?, ?> map -> {
        Map<Object, @Nullable Object> copy = new HashMap<>();
        map.forEach((key, value) -> copy.put(key, safe(value)));
        yield copy;
      }
      case null, default -> json;
    };
  }
}
