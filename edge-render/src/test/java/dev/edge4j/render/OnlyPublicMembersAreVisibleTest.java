package dev.edge4j.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A template sees record components, public accessors, public fields and map entries, and nothing else. */
class OnlyPublicMembersAreVisibleTest {
  private record Product(String name, Price price) {
    @SuppressWarnings({"unused", "EffectivelyPrivate"}) // read by a template
    public String label() {
      return name + " for " + price.amount;
    }
  }

  record Price(int amount) {}

  @SuppressWarnings("unused") // read by templates
  static class Base {
    public final String open = "field";
    final String hidden = "secret";
    protected final String guarded = "secret";
    public static final String CONSTANT = "secret";

    public String getTitle() {
      return "bean";
    }

    public boolean isFresh() {
      return true;
    }

    String passwordHash() {
      return "secret";
    }

    protected String getToken() {
      return "secret";
    }

    private String key() {
      return "secret";
    }

    public static String shared() {
      return "secret";
    }

    public void clear() {
      throw new AssertionError("called");
    }

    public String with(String argument) {
      return argument;
    }

    @Override
    public int hashCode() {
      return 1;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }
  }

  private static final class Derived extends Base {}

  @Test
  void recordsMayBePrivate() {
    Product product = new Product("tea", new Price(4));
    assertEquals("tea 4 tea for 4", Rendered.text("{{name}} {{price.amount}} {{label}}", product));
  }

  @Test
  void publicMembersOfOtherClasses() {
    assertEquals("field bean bean true true",
        Rendered.text("{{open}} {{title}} {{getTitle}} {{fresh}} {{isFresh}}", new Derived()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hidden", "guarded", "CONSTANT", "passwordHash", "token", "getToken", "key", "shared",
      "clear",
      "with", "hashCode", "toString", "class", "getClass", "notify", "equals", "clone", "wait"})
  void nothingElse(String name) {
    assertUnknown(name, new Derived());
    assertUnknown(name, new Product("tea", new Price(4)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"coder", "value", "hash", "length", "class", "getClass", "hashCode", "bytes", "toString"})
  void textHasNoMembers(String name) {
    assertUnknown("name." + name, new Product("tea", new Price(4)));
    assertEquals("outer", Rendered.text("{{#text}}{{" + name + "}}{{/text}}", Map.of("text", "tea", name, "outer")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"size", "empty", "class", "first", "table", "entrySet"})
  void collectionsHaveNoMembersButTheirEntries(String name) {
    assertUnknown("list." + name, Map.of("list", List.of("a")));
    assertUnknown("map." + name, Map.of("map", Map.of("a", 1)));
    assertUnknown(name, new TreeMap<>(Map.of(1L, "a key that is not text")));
  }

  @Test
  void entriesShowKeyAndValue() {
    assertEquals("a=1 ", Rendered.text("{{#entries}}{{key}}={{value}} {{/entries}}",
        Map.of("entries", Map.of("a", 1).entrySet())));
  }

  @Test
  void whatAnAccessorThrowsNamesTheTag() {
    record Broken() {
      @SuppressWarnings({"unused", "EffectivelyPrivate", "DoNotCallSuggester"}) // read by the template
      public String price() {
        throw new IllegalStateException("no rate");
      }
    }
    TemplateException e = Rendered.error("\n{{price}}", new Broken());
    assertEquals("template page:2:1: reading \"price\" failed: java.lang.IllegalStateException: no rate", e
        .getMessage());
  }

  private static void assertUnknown(String name, Object model) {
    TemplateException e = Rendered.error("{{" + name + "}}", model);
    assertTrue(e.getMessage().startsWith("template page:1:1: unknown name \"" + name + "\""), e.getMessage());
  }
}
