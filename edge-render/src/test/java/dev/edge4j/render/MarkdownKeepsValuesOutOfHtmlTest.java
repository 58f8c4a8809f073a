package dev.edge4j.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In raw HTML a backslash escapes nothing, so a template of Markdown takes no value there; elsewhere no value makes HTML, as a reader of CommonMark sees it. */
class MarkdownKeepsValuesOutOfHtmlTest {
  private static final List<String> HOSTILE = List.of("<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
      "-->",
      "\n\n<div>", "]]>", "script", "javascript:alert(1)", "https://a>", "b onclick=alert(1)", "/script><img", "!--",
      "\\<b>", "a'b\"c", "?php");

  private static Node page(String template, String x) {
    Views views = Views.of(Map.of("a.md", template), ViewOptions.strict());
    return Parser.builder()
        .build()
        .parse(new String(views.render("a.md", Map.of("x", x, "some", List.of(x, x))), UTF_8));
  }

  private static final class Seen extends AbstractVisitor {
    private final List<String> html = new ArrayList<>();
    private final List<String> links = new ArrayList<>();

    static Seen in(Node page) {
      var seen = new Seen();
      page.accept(seen);
      return seen;
    }

    @Override
    public void visit(HtmlBlock block) {
      html.add(block.getLiteral());
    }

    @Override
    public void visit(HtmlInline inline) {
      html.add(inline.getLiteral());
    }

    @Override
    public void visit(Link link) {
      links.add(link.getDestination());
      visitChildren(link);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<div>{{x}}</div>", "<div>\n{{x}}\n</div>", "<b>{{x}}</b>", "a\n<b>\n{{x}}", "- <p>{{x}}",
      "> 1. <p>\n{{x}}", "{{x}}<div>\n{{x}}", "<{{x}}", "a <{{x}}>", "a <b {{x}}>", "a <b\nc={{x}}>", "</p>{{x}}",
      "<p class=\"{{x}}\">", "a <!-- > {{x}} -->", "<!-- \n\n {{x}} -->", "<?a > {{x}} ?>", "<!DOCTYPE {{x}}>",
      "<![CDATA[\n\n{{x}}]]>", "<script>\n\n{{x}}</script>", "<pre>\n\n{{x}}</pre>", "<script>a</script>{{x}}",
      "<https://shop.example/{{x}}>", "a <{{x}}@shop.example>", "{{#some}}<div>{{.}}{{/some}}",
      "{{#some}}<div>{{/some}} {{x}}", "a \\{{x}}", "<h2>a</h2>\n- {{x}}"})
  void noValueIsTakenInHtml(String template) {
    TemplateException refused = assertThrows(TemplateException.class, () -> page(template, "a"));
    assertTrue(refused.getMessage().startsWith("a.md:") || refused.getMessage().contains("a.md"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{x}}", "a < b, 1 <2, {{x}}", "a <b>{{x}}</b> {{x}}", "<div>a</div>\n\n{{x}}",
      "\\<div>{{x}}",
      "a \\<b {{x}}", "<!-- a -->\n{{x}}", "<script>a</script>\n{{x}}", "a <https://shop.example/> {{x}}",
      "a <!-- > --> \n{{x}}",
      "<https://shop.example/> {{x}}", "a <b\n\n{{x}}", "- {{x}}\n- <-- {{x}}", "{{#some}}- {{.}}\n{{/some}}\na {{x}}",
      "a \\\\{{x}}", "# {{x}} <{ {{x}}", "> {{x}}\n{{x}}", "{{x}}{{x}}", "a|{{x}}\n-|-\n{{x}}|b"})
  void elsewhereNoValueMakesHtml(String template) {
    Seen plain = Seen.in(page(template, "a"));
    for (String value : HOSTILE) {
      Seen seen = Seen.in(page(template, value));
      assertEquals(plain.html, seen.html, () -> template + " with " + value);
      assertEquals(plain.links, seen.links, () -> template + " with " + value);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[a]: {{x}}\n\n[a]", "[a]:{{x}} \"t\"\n\n[a]", "[a]:\n{{x}}\n\n[a]", "[a]: <{{x}}>\n\n[a]",
      "> [a]: {{x}}\n\n[a]", "[a\nb]: {{x}}\n\n[a b]"})
  void theDestinationOfADefinitionIsAnAddress(String template) {
    assertEquals(List.of("/p/1"), Seen.in(page(template, "/p/1")).links);
    for (String value : List.of("javascript:alert(1)", "javascript&colon;alert(1)", "data:text/html,a")) {
      for (String link : Seen.in(page(template, value)).links) {
        assertTrue(link.startsWith("about:invalid#blocked") || !link.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*"),
            () -> template + " leads to " + link);
      }
    }
  }

  @Test
  void aColonBehindABracketInALineIsText() {
    Views views = Views.of(Map.of("a.md", "Colours [all]: {{x}}"), ViewOptions.strict());
    assertEquals("Colours [all]: red, blue", new String(views.render("a.md", Map.of("x", "red, blue")), UTF_8));
  }
}
