package dev.edge4j.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value cannot leave the text or the quoted attribute it stands in, and only SafeHtml is printed as it is. */
class EveryValueIsEscapedTest {
  @Test
  void sevenCharacters() {
    assertEquals("&amp;&lt;&gt;&quot;&#39;&#96;&#61;", Rendered.text("{{x}}", Map.of("x", "&<>\"'`=")));
    assertEquals("a&lt;b&gt;é€𝄞", Rendered.text("{{x}}", Map.of("x", "a<b>é€𝄞")));
  }

  @Property
  void theTextComesBackAndHoldsNoMarkup(@ForAll String text) {
    String page = Rendered.text("{{x}}", Map.of("x", new StringBuilder(text)));
    assertFalse(page.matches("(?s).*[<>\"'`=].*"), page);
    String back = page.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#96;", "`")
        .replace("&#61;", "=")
        .replace("&amp;", "&");
    // What is not a character (half a surrogate pair) has no UTF-8 and becomes a question mark.
    assertEquals(new String(text.getBytes(UTF_8), UTF_8),
        back);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{{x}}}", "{{&x}}", "{{& x }}", "{{{ x }}}"})
  void rawTakesSafeHtmlAlone(String template) {
    assertEquals("<b>", Rendered.text(template, Map.of("x", new SafeHtml("<b>"))));
    for (Object other : new Object[]{"<b>", "plain", 1, Map.of()}) {
      String message = Rendered.error(template, Map.of("x", other)).getMessage();
      assertTrue(message.startsWith("template page:1:1: \"x\" is a " + other.getClass().getTypeName()), message);
      assertTrue(message.contains("(expected: SafeHtml, or {{x}})"), message);
    }
  }

  @Test
  void safeHtmlInTwoBracesIsEscapedSoThatTheTemplateShowsWhereHtmlEnters() {
    assertEquals("&lt;b&gt;", Rendered.text("{{x}}", Map.of("x", new SafeHtml("<b>"))));
  }
}
