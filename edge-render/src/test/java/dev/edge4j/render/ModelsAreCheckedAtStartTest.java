package dev.edge4j.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A template declared with its model's type is checked at start, through generic types, partials, layouts and blocks. */
class ModelsAreCheckedAtStartTest {
  record Review(String text, List<Review> replies) {}

  sealed interface Price permits Fixed, Offer {
    String shown();
  }

  record Fixed(String shown) implements Price {}

  record Offer(String shown, String before) implements Price {}

  interface Open {
    String known();
  }

  record Box<T>(T content) {}

  record Page(String title, List<Review> reviews, Optional<Review> best, Late<List<Review>> late, Hole<Review> visitor,
      Map<String, Review> any,
      Price price, Open open, int count, boolean flag, Review[] array, SafeHtml html, Supplier<String> code,
      Box<Review> box,
      List<Optional<Review>> maybe, Iterable<? extends Review> wild) {}

  private static Views views(String template, Map<String, String> others) {
    Map<String, String> sources = new HashMap<>(others);
    sources.put("page", template);
    return Views.of(sources, ViewOptions.strict().withModel("page", Page.class));
  }

  private static String error(String template, Map<String, String> others) {
    return assertThrows(TemplateException.class, () -> views(template, others)).getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{title}}{{count}}{{flag}}",
      "{{#reviews}}{{text}}{{title}}{{#replies}}{{text}}{{/replies}}{{/reviews}}",
      "{{best.text}}{{#best}}{{text}}{{/best}}", "{{#late}}{{text}}{{/late}}{{^late}}{{title}}{{/late}}",
      "{{#visitor}}{{text}}{{/visitor}}",
      "{{any.whatever.text}}{{#any}}{{whatever}}{{/any}}", "{{price.shown}}{{#price}}{{before}}{{/price}}",
      "{{open.known}}{{open.unknown}}",
      "{{#array}}{{text}}{{/array}}", "{{{html}}}", "{{box.content.text}}", "{{#maybe}}{{text}}{{/maybe}}",
      "{{#wild}}{{text}}{{/wild}}",
      "{{#title}}{{.}}{{/title}}", "{{#flag}}{{title}}{{/flag}}"})
  void namesThatAreThere(String template) {
    assertDoesNotThrow(() -> views(template, Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{tilte}}", "{{#tilte}}{{/tilte}}", "{{^tilte}}{{/tilte}}",
      "{{#reviews}}{{tilte}}{{/reviews}}", "{{#reviews}}{{#replies}}{{tilte}}{{/replies}}{{/reviews}}",
      "{{best.tilte}}", "{{#best}}{{tilte}}{{/best}}", "{{#late}}{{tilte}}{{/late}}",
      "{{#visitor}}{{title}}{{/visitor}}", "{{price.tilte}}",
      "{{#array}}{{tilte}}{{/array}}", "{{box.content.tilte}}", "{{#maybe}}{{tilte}}{{/maybe}}", "{{count.tilte}}",
      "{{#flag}}{{tilte}}{{/flag}}", "{{title.length}}", "{{{title}}}", "{{code}}"})
  void namesThatAreNot(String template) {
    String message = error(template, Map.of());
    assertTrue(message.startsWith("template page:1:"), message);
  }

  @Test
  void theMessageSaysWhereAndWhatWasMeant() {
    assertEquals("template page:2:3: unknown name \"tilte\" in " + Review.class.getTypeName() + ", nor in " + Page.class
        .getTypeName()
        + " (did you mean \"title\"?) in the model of template page", error("{{#reviews}}\n  {{tilte}}\n{{/reviews}}",
            Map.of()));
    assertEquals("template page:1:1: unknown name \"best.txt\": no \"txt\" in " + Review.class.getTypeName()
        + " (did you mean \"text\"?) in the model of template page", error("{{best.txt}}", Map.of()));
  }

  @Test
  void partialsLayoutsAndBlocksAreCheckedWhereTheyAreUsed() {
    assertTrue(error("{{#reviews}}{{>row}}{{/reviews}}", Map.of("row", "{{txt}}")).startsWith("template row:1:1: "));
    assertTrue(error("{{<layout}}{{$main}}{{tilte}}{{/main}}{{/layout}}", Map.of("layout", "{{$main}}{{/main}}"))
        .startsWith("template page:1:21: "));
    assertDoesNotThrow(() -> views("{{<layout}}{{$main}}{{text}}{{/main}}{{/layout}}", Map.of("layout",
        "{{#reviews}}{{$main}}{{nothing}}{{/main}}{{/reviews}}")));
    assertTrue(error("{{>tree}}", Map.of("tree", "{{#reviews}}{{>node}}{{/reviews}}", "node",
        "{{text}}{{#replies}}{{>node}}{{/replies}}{{oops}}"))
        .startsWith("template node:1:"));
  }

  @Test
  void aTemplateThatIsNotThereIsAnErrorToo() {
    TemplateException e = assertThrows(TemplateException.class,
        () -> Views.of(Map.of("page", "x"), ViewOptions.strict().withModel("pge", Page.class)));
    assertEquals("template pge: no such template (did you mean \"page\"?)", e.getMessage());
  }

  @Test
  void whatIsCheckedRenders() {
    Views views = Views.of(Map.of("page", "{{#content}}{{text}}{{/content}}"), ViewOptions.strict()
        .withModel("page", Box.class));
    assertEquals("a", new String(views.render("page", new Box<>(new Review("a", List.of()))), UTF_8));
  }
}
