package dev.edge4j.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Null and the absent Optional print nothing, are false, and hide nothing of the frames around them. */
class AbsentValuesDoNotLeakTheOuterOnesTest {
  record Page(String secret, Optional<Visitor> visitor, @Nullable Visitor referrer, OptionalInt age) {}

  record Visitor(String name) {}

  private static final Page NOBODY = new Page("s3cret", Optional.empty(), null, OptionalInt.empty());
  private static final Page ANN = new Page("s3cret", Optional.of(new Visitor("Ann")), new Visitor("Bob"), OptionalInt
      .of(7));

  @Test
  void aNullElementPrintsNothing() {
    Map<String, Object> model = Map.of("secret", "s3cret", "rows", Arrays.asList("a", null, Optional.empty(), "b"));
    assertEquals("[a][][][b]", Rendered.text("{{#rows}}[{{.}}]{{/rows}}", model));
    assertEquals("[a][][][b]", Rendered.text("{{#rows}}[{{#.}}{{.}}{{/.}}]{{/rows}}", model));
  }

  @Test
  void namesInAnAbsentElementAreLookedUpOutside() {
    assertEquals("[s3cret]", Rendered.text("{{#rows}}[{{secret}}]{{/rows}}",
        Map.of("secret", "s3cret", "rows", Arrays.asList((Object) null))));
  }

  @Test
  void absentIsFalseAndPrintsNothing() {
    String template = "{{visitor}}{{#visitor}}{{name}}{{/visitor}}{{^visitor}}nobody{{/visitor}}"
        + "{{#referrer}}{{name}}{{/referrer}}{{^referrer}} none{{/referrer}}{{{referrer}}}{{#age}} {{.}}{{/age}}";
    assertEquals("nobody none", Rendered.text(template, NOBODY));
  }

  @Test
  void presentIsUnwrapped() {
    assertEquals("Ann Ann Bob 7", Rendered.text(
        "{{visitor.name}} {{#visitor}}{{name}}{{/visitor}} {{referrer.name}} {{age}}",
        ANN));
    assertEquals("ab", Rendered.text("{{#rows}}{{.}}{{/rows}}", Map.of("rows", List.of(Optional.of("a"), "b"))));
    assertEquals("Ann", Rendered.text("{{name}}", Optional.of(new Visitor("Ann"))));
  }

  @Test
  void aPathThroughAnAbsentValueIsAbsent() {
    assertEquals("[]", Rendered.text("[{{visitor.name}}{{referrer.name}}{{#visitor.name}}x{{/visitor.name}}]", NOBODY));
  }
}
