package dev.edge4j.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The Mustache specification, its optional parts included, is met in every case, character by character. The cases are read where
 * they lie, beside the project; without them there is nothing to run, and what {@code TheSpecificationInOurWordsTest} holds is what is
 * left. A lambda, which a case gives in other languages, is given in Java here.
 */
class MustacheSpecTest {
  private static final Path CASES = Path.of(System.getProperty("edge4j.house", "."))
      .resolve("../shared/cases/mustache-spec");

  /** Sections of the specification and how many cases each has. */
  private static final Map<String, Integer> SECTIONS = new TreeMap<>(Map.of("comments", 12, "delimiters", 14,
      "interpolation", 42,
      "inverted", 22, "partials", 12, "sections", 34, "~inheritance", 27, "~dynamic-names", 21, "~lambdas", 10));

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    if (!Files.isDirectory(CASES)) {
      System.out.println("mustache-spec: no cases beside the project, skipped");
      return Stream.of();
    }
    List<DynamicTest> tests = new ArrayList<>();
    int all = 0;
    for (var section : SECTIONS.entrySet()) {
      Collection<Map<?, ?>> cases = read(section.getKey());
      tests.add(dynamicTest(section.getKey() + " has all its cases", () -> assertEquals(section.getValue(), cases
          .size())));
      cases.forEach(test -> tests.add(dynamicTest(section.getKey() + ": " + test.get("name"), () -> run(test))));
      all += cases.size();
    }
    System.out.println("mustache-spec: " + all + " cases");
    return tests.stream();
  }

  @SuppressWarnings("unchecked") // the files of the specification are lists of objects
  private static Collection<Map<?, ?>> read(String section) throws IOException {
    byte[] json = Files.readAllBytes(CASES.resolve(section + ".json"));
    Map<String, Object> file = JsonCodec.jackson().read(json, new TypeRef<>() {});
    return (Collection<Map<?, ?>>) file.getOrDefault("tests", List.of());
  }

  private static void run(Map<?, ?> test) {
    Map<String, String> sources = new HashMap<>();
    if (test.get("partials") instanceof Map<?, ?> partials) {
      partials.forEach((partial, source) -> sources.put(String.valueOf(partial), String.valueOf(source)));
    }
    sources.put("the case", String.valueOf(test.get("template")));
    Object data = test.get("data");
    Object model = data instanceof Map<?, ?> map && map.containsKey("lambda") ? withLambda(map, String.valueOf(test.get(
        "name"))) : data;
    byte[] page = Views.of(sources, ViewOptions.mustache()).render("the case", model == null ? new Object() : model);
    assertEquals(test.get("expected"), new String(page, UTF_8));
  }

  private static Map<Object, @Nullable Object> withLambda(Map<?, ?> data, String name) {
    Map<Object, @Nullable Object> copy = new HashMap<>(data);
    copy.put("lambda", lambda(name));
    return copy;
  }

  private static Object lambda(String name) {
    return switch (name) {
      case "Interpolation" -> (Supplier<String>) () -> "world";
      case "Interpolation - Expansion" -> (Supplier<String>) () -> "{{planet}}";
      case "Interpolation - Alternate Delimiters" -> (Supplier<String>) () -> "|planet| => {{planet}}";
      case "Interpolation - Multiple Calls" -> {
        var calls = new AtomicInteger();
        yield (Supplier<Integer>) calls::incrementAndGet;
      }
      case "Escaping" -> (Supplier<String>) () -> ">";
      case "Section" -> (Function<String, String>) text -> text.equals("{{x}}") ? "yes" : "no";
      case "Section - Expansion" -> (Function<String, String>) text -> text + "{{planet}}" + text;
      case "Section - Alternate Delimiters" -> (Function<String, String>) text -> text + "{{planet}} => |planet|"
          + text;
      case "Section - Multiple Calls" -> (Function<String, String>) text -> "__" + text + "__";
      case "Inverted Section" -> (Function<String, Boolean>) _ -> false;
      default -> throw new IllegalArgumentException("a case without its lambda: " + name);
    };
  }
}
