package dev.edge4j.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;

/** Renders one template given as text, with others beside it. */
final class Rendered {
  private Rendered() {}

  static String text(String template, Object model) {
    return text(template, model, Map.of());
  }

  static String text(String template, Object model, Map<String, String> others) {
    Map<String, String> sources = new HashMap<>(others);
    sources.put("page", template);
    return new String(Views.of(sources, ViewOptions.strict()).render("page", model), UTF_8);
  }

  static TemplateException error(String template, Object model) {
    Views views = Views.of(Map.of("page", template), ViewOptions.strict());
    return assertThrows(TemplateException.class, () -> views.render("page", model));
  }

  static TemplateException startError(Map<String, String> sources) {
    return assertThrows(TemplateException.class, () -> Views.of(sources, ViewOptions.strict()));
  }
}
