package dev.edge4j.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A name that is in no frame of the context is an error that says where, what and in which type. */
class UnknownNameIsAnErrorTest {
  record Page(String title, List<Row> rows, Optional<Row> first) {}

  record Row(String name) {}

  private static final Page PAGE = new Page("Teas", List.of(new Row("Sencha")), Optional.empty());

  @Test
  void inAValue() {
    TemplateException e = Rendered.error("\n{{tilte}}", PAGE);
    assertEquals("template page:2:1: unknown name \"tilte\" in " + Page.class.getTypeName()
        + " (did you mean \"title\"?)",
        e.getMessage());
    assertEquals("page", e.template());
    assertEquals(2, e.line().orElseThrow());
  }

  @Test
  void inASectionInAnInvertedOneAndUnescaped() {
    assertUnknown("{{#nothing}}{{/nothing}}", "\"nothing\"");
    assertUnknown("{{^nothing}}{{/nothing}}", "\"nothing\"");
    assertUnknown("{{{nothing}}}", "\"nothing\"");
  }

  @Test
  void inARow() {
    String message = Rendered.error("{{#rows}}{{nam}}{{/rows}}", PAGE).getMessage();
    assertTrue(message.contains("in " + Row.class.getTypeName() + ", nor in " + Page.class.getTypeName()), message);
    assertTrue(message.contains("did you mean \"name\""), message);
  }

  @Test
  void inADottedName() {
    TemplateException e = Rendered.error("{{#rows}}{{row.nam}}{{/rows}}", Map.of("rows", List.of(1), "row", new Row(
        "x")));
    assertEquals("template page:1:10: unknown name \"row.nam\": no \"nam\" in " + Row.class.getTypeName()
        + " (did you mean \"name\"?)", e.getMessage());
  }

  @Test
  void inAPartialItIsThePartialThatIsNamed() {
    Views views = Views.of(Map.of("page", "{{>parts/row}}", "parts/row", "\n\n{{nam}}"), ViewOptions.strict());
    TemplateException e = assertThrows(TemplateException.class,
        () -> views.render("page", PAGE));
    assertEquals("parts/row", e.template());
    assertEquals(3, e.line().orElseThrow());
  }

  @Test
  void aNameOfAnOuterFrameIsKnown() {
    assertEquals("Sencha of Teas", Rendered.text("{{#rows}}{{name}} of {{title}}{{/rows}}", PAGE));
  }

  @Test
  void theFirstPartDecidesTheFrame() {
    Map<String, Object> model = Map.of("a", Map.of("b", "outer"), "in", Map.of("a", Map.of()));
    String message = Rendered.error("{{#in}}{{a.b}}{{/in}}", model).getMessage();
    assertTrue(message.contains("no \"b\" in"), message);
  }

  @Test
  void aKeyWithADotIsNotAPath() {
    assertUnknown("{{a.b}}", Map.of("a.b", 1), "\"a.b\"");
  }

  private static void assertUnknown(String template, String name) {
    assertUnknown(template, PAGE, name);
  }

  private static void assertUnknown(String template, Object model, String name) {
    String message = Rendered.error(template, model).getMessage();
    assertTrue(message.startsWith("template page:1:1: unknown name " + name), message);
  }
}
