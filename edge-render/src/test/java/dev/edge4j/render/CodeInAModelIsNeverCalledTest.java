package dev.edge4j.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A functional value is refused wherever it stands, and no text of a model is ever read as a template. */
class CodeInAModelIsNeverCalledTest {
  static Stream<Object> code() {
    return Stream.of(
        (Function<String, String>) text -> called(),
        (UnaryOperator<String>) text -> called(),
        (BiFunction<String, String, String>) (a, b) -> called(),
        (Supplier<String>) () -> called(),
        (Callable<String>) () -> called(),
        (Predicate<String>) text -> called().isEmpty(),
        (Runnable) () -> called(),
        new CompletableFuture<String>(),
        Stream.of("a"),
        List.of("a").iterator());
  }

  private static String called() {
    throw new AssertionError("called");
  }

  @ParameterizedTest
  @MethodSource("code")
  void isRefused(Object code) {
    for (String template : List.of("{{#x}}{{secret}}{{/x}}", "{{^x}}{{/x}}", "{{x}}", "{{{x}}}", "{{&x}}")) {
      assertRefused(template, Map.of("x", code, "secret", "s3cret"));
    }
    assertRefused("{{#x}}{{/x}}", Map.of("x", List.of(code)));
  }

  private static void assertRefused(String template, Map<String, Object> model) {
    String message = Rendered.error(template, model).getMessage();
    assertTrue(message.startsWith("template page:1:1: \"x\" is a "), message);
    assertTrue(message.contains("templates do not call functions"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{secret}}", "{{{secret}}}", "{{>page}}", "{{=<% %>=}}<%secret%>"})
  void textIsNeverATemplate(String text) {
    String shown = Rendered.text("{{text}}", Map.of("text", text, "secret", "s3cret"));
    assertEquals(text, shown.replace("&lt;", "<").replace("&gt;", ">").replace("&#61;", "="));
    assertEquals(text, Rendered.text("{{{text}}}", Map.of("text", new SafeHtml(text), "secret", "s3cret")));
  }

  @Test
  void aListOfTheApplicationsOwnIsIterated() {
    record Cart(List<String> lines) implements Iterable<String> {
      @Override
      public Iterator<String> iterator() {
        return lines.iterator();
      }
    }
    assertEquals("ab", Rendered.text("{{#cart}}{{.}}{{/cart}}", Map.of("cart", new Cart(List.of("a", "b")))));
  }
}
