package dev.edge4j.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/** A template whose name ends with .md, .txt or .xml is Markdown, text or XML. */
class OtherFormatsHaveTheirOwnEscapingTest {
  private static String page(String name, String template, Object x) {
    return new String(Views.of(Map.of(name, template), ViewOptions.strict()).render(name, Map.of("x", x)), UTF_8);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
      "plain text, 4.50 (EUR)      | plain text, 4.50 (EUR)",
      "*a* _b_ `c` [d](e) <f> ![g] | \\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<f\\> \\!\\[g\\]",
      "# heading                   | \\# heading",
      "- item                      | \\- item",
      "12. item                    | 12\\. item",
      "a\\b                        | a\\\\b",
      "=====                       | \\=====",
      "&copy; &amp;                | \\&copy; \\&amp;"})
  void markdown(String value, String printed) {
    assertEquals(printed + "\n", page("a.md", "{{x}}\n", value));
  }

  @Test
  void aValueInMarkdownBeginsNoLineAndNoForeignLink() {
    assertEquals("say a # b \\*", page("a.md", "say {{x}}", "a\n# b\n*"));
    assertEquals("[a](/p%20q%29)", page("a.md", "[a]({{x}})", "/p q)"));
    assertEquals("[a](about:invalid#blocked)", page("a.md", "[a]({{x}})", "javascript:a"));
    assertEquals("- \\- a", page("a.md", "- {{x}}", "- a"));
    assertEquals("- \\\\- a", page("a.md", "- {{x}}", "\\- a"));
    assertEquals("- 4.50, -1.50", page("a.md", "- {{x}}, -1.50", "4.50"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"# b", "#", "- b", "-", "+ b", "1. b", "12) b", "1.", "    b", "\tb", "\n- b", "= b", "---",
      "> b",
      "* b", "```", "~~~", ". b", ") b", "\u00a0# b", "     # b", ":--"})
  void aValueBeginsNoBlockWhateverIsInFront(String value) {
    for (String template : List.of("- {{x}}", "- {{x}}: c", "> {{x}}", "1. {{x}}", "{{none}} {{x}}", "{{none}}{{x}}",
        " {{x}}",
        "- {{none}} {{x}}", "a\n{{none}}{{x}}", "- {{none}}{{x}}", "{{one}}{{x}}")) {
      String text = new String(Views.of(Map.of("a.md", template), ViewOptions.strict())
          .render("a.md", Map.of("x", value, "none", "", "one", "1")), UTF_8);
      Node block = Parser.builder().build().parse(text).getFirstChild();
      Node inner = block instanceof ListBlock list ? list.getFirstChild() : block;
      Node words = inner instanceof ListItem || inner instanceof BlockQuote ? inner.getFirstChild() : inner;
      assertInstanceOf(Paragraph.class, words, () -> template + " made \"" + text + "\"");
      assertNull(words.getNext(), text);
    }
  }

  /** What a reader of Markdown makes of the only link in it. */
  private static String destination(String template, Object x) {
    Node link = Parser.builder().build().parse(page("a.md", template, x)).getFirstChild().getFirstChild();
    assertNull(link.getNext(), () -> "text behind the link of " + page("a.md", template, x));
    return ((Link) link).getDestination();
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript:alert(1)", "javascript&colon;alert(1)", "&#106;avascript:alert(1)",
      "&#x6A;avascript&#58;alert(1)", "java\\script:alert(1)", "data&colon;text/html,x", " javascript:alert(1)",
      "java\nscript&colon;x"})
  void aDestinationHasNoOtherSchemeHoweverItIsWritten(String value) {
    for (String template : List.of("[a]({{x}})", "[a](<{{x}}>)", "[a]( {{x}})", "[a]({{x}} \"t\")",
        "[a]({{x}}{{x}})")) {
      String leadsTo = destination(template, value);
      assertTrue(leadsTo.startsWith("about:invalid#blocked") || !leadsTo.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*"),
          () -> template + " leads to " + leadsTo);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1) more", "1 \"t\"", "1\n\n# b", "a](b", "(", "<", ">", "\\", "?a=1#b", "&rpar; c", "`",
      "*b*"})
  void aValueBehindTextStaysInTheDestination(String value) {
    for (String template : List.of("[a](/p/{{x}})", "[a](<p/{{x}}>)", "[a](/p/{{x}}/q)", "[a](/p?q={{x}})",
        "[a](https://shop.example/{{x}} \"t\")")) {
      assertTrue(destination(template, value).matches("(https://shop.example/|/?p[/?]).*"), template);
    }
  }

  @Test
  void anAmpersandInADestinationIsOne() {
    assertEquals("/p?a=1&b=2&copy;", destination("[a]({{x}})", "/p?a=1&b=2&copy;"));
    assertEquals("/p?a=%26b", destination("[a](/p?a={{x}})", "&b"));
    assertEquals("/a&b/c", destination("[a](/{{x}}/c)", "a&b"));
    assertEquals("/.//evil.example", destination("[a](/{{x}}//evil.example)", ""));
  }

  @Test
  void textBehindADestinationIsTextAgain() {
    assertEquals("[a](/p/1) \\*b\\* [c](/q/%2Ab%2A)", page("a.md", "[a](/p/1) {{x}} [c](/q/{{x}})", "*b*"));
  }

  @Test
  void textAndXml() {
    assertEquals("a <b> & \"c\"", page("mail.txt", "{{x}}", "a <b> & \"c\""));
    assertEquals("<a b=\"&lt;&amp;&quot;\">&lt;&amp;&quot;</a>", page("feed/all.xml", "<a b=\"{{x}}\">{{x}}</a>",
        "<&\""));
  }

  /** One of them, and no reader takes the document. */
  @Test
  void charactersThatXmlHasNoWayToWriteAreNotPrinted() throws Exception {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c < 128; c++) {
      all.append(c);
    }
    all.append("\uFFFD\uFFFE\uFFFF");
    String document = page("feed.xml", "<a>{{x}}</a>", all.toString());
    String read = DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(document)))
        .getDocumentElement()
        .getTextContent();
    assertEquals(all.toString().replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\uFFFE\uFFFF]", " ").replace('\r', '\n'),
        read);
  }

  @Test
  void theMediaTypeFollows() {
    var app = new App();
    app.use(Views.of(Map.of("a", "x", "a.md", "x", "a.txt", "x", "a.xml", "x"), ViewOptions.strict()));
    app.get("/:name", c -> c.render(c.path().substring(1), Map.of()));
    assertEquals("text/html; charset=utf-8", app.request("/a").header("Content-Type").orElseThrow());
    assertEquals("text/markdown; charset=utf-8", app.request("/a.md").header("Content-Type").orElseThrow());
    assertEquals("text/plain; charset=utf-8", app.request("/a.txt").header("Content-Type").orElseThrow());
    assertEquals("application/xml; charset=utf-8", app.request("/a.xml").header("Content-Type").orElseThrow());
  }
}
