package dev.edge4j.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.json.JsonCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Whatever a value is, an HTML parser sees the same elements and attributes, and scripts and style sheets keep their form. */
class NoValueChangesTheStructureOfAPageTest {
  private static final String PAGE = """
      <!DOCTYPE html><html><head><title>{{x}}</title><style>p { color: {{x}}; } p::before { content: "{{x}}"; }</style>
      <script type="application/json" id="data">{"whole": {{x}}, "part": "a {{x}} b"}</script>
      <script id="code">const a = {{x}}; f({{x}}, 1);</script></head><body>
      <p title="{{x}}" class='a {{x}} b' data-x="{{x}}">{{x}} <b>{{x}}</b> {{#x}}<i>{{.}}</i>{{/x}}</p>
      <a href="{{x}}" ping="{{x}}">1</a><a href="/p/{{x}}/q?a={{x}}#{{x}}">2</a><a href="{{x}}{{x}}">3</a><a href='/{{x}}'>4</a>
      <img src="{{x}}" alt="" srcset="{{x}}"><img src="/i/{{x}}" alt="" srcset="/i/{{x}} {{x}}, {{x}}">
      <form action="{{x}}"><button formaction="{{x}}">b</button><textarea>{{x}}</textarea><select><option value="{{x}}">{{x}}</option></select></form>
      <svg><a xlink:href="{{x}}"><text>{{x}}</text></a></svg><table><tr><td>{{x}}</td></tr></table>
      </body></html>
      """;
  private static final Views VIEWS = Views.of(Map.of("page", PAGE), ViewOptions.strict());
  private static final List<String> HARMLESS = shape(parse("harmless"));

  @Provide
  Arbitrary<String> values() {
    Arbitrary<String> piece = Arbitraries.of("<script>", "</script>", "<!--", "-->", "]]>", "\"", "'", "`", "=", ">",
        "<", "/", "\\", "&lt;",
        "&#60;", "&quot;", "javascript:", "JAVASCRIPT:", "data:text/html,", "vbscript:", "java\tscript:", "\u0000",
        "\n", "\r", " ", "\t",
        "onerror=", "style=", "${x}", "{{x}}", "{{{x}}}", "{{>page}}", "</title>", "</style>", "</textarea>",
        "<svg onload=x>", "url(", ")", ";",
        "}", "{", "/*", "*/", "//", "//evil.example", ",", "\u2028", "\u00e9", "\ud83d\ude00", "\ud800", "%22", "%",
        "#", "?", "&", "<img src=x>");
    return Combinators.combine(piece, piece, piece, Arbitraries.strings().ofMaxLength(6))
        .as((a, b, c, d) -> a + d + b + c);
  }

  @Property(tries = 600)
  void elementsAttributesAndSchemesStay(@ForAll("values") String value) {
    Document page = parse(value);
    assertEquals(HARMLESS, shape(page), value);
    for (Element element : page.getAllElements()) {
      for (String name : List.of("href", "src", "action", "formaction", "xlink:href", "ping")) {
        assertIsNoCode(element.attr(name), value);
      }
    }
    String onThisHost = page.select("a").get(3).attr("href");
    assertTrue(onThisHost.matches("(?s)/(?![/\\\\]).*"), onThisHost);
  }

  private static void assertIsNoCode(String url, String value) {
    String seen = url.replaceAll("[\\x00-\\x20]", "").toLowerCase(Locale.ROOT);
    assertFalse(seen.startsWith("javascript:") || seen.startsWith("data:") || seen.startsWith("vbscript:"), value);
  }

  @Property(tries = 300)
  void scriptsHoldTheValueAndNothingElse(@ForAll("values") String value) {
    Document page = parse(value);
    String same = new String(value.getBytes(UTF_8), UTF_8);
    Map<?, ?> data = JsonCodec.jackson().read(data(page, "#data").getBytes(UTF_8), Map.class);
    if (same.equals(value)) { // JSON escapes half a surrogate pair
      assertEquals(Map.of("whole", value, "part", "a " + value + " b"), data);
    }
    String code = data(page, "#code");
    String json = "\"(?:[^\"\\\\<>&'`\u2028\u2029]|\\\\.)*+\"";
    assertTrue(code.matches("const a = " + json + "; f\\(" + json + ", 1\\);"), code);
    String sheet = data(page, "style");
    assertTrue(sheet.matches(
        "p \\{ color: [^{};:\"'<>\\\\/]*(/[^{};:\"'<>\\\\*/]*)?; } p::before \\{ content: \"(?:[^\"\\\\<>{}\n]|\\\\[0-9a-f]+ )*\"; }"),
        sheet);
  }

  @Property(tries = 200)
  void textComesBackAsItWas(@ForAll("values") String value) {
    Element paragraph = parse(value).select("p").get(0);
    assertEquals(seen(new String(value.getBytes(UTF_8), UTF_8)), seen(paragraph.attr("title")));
  }

  /** As a reader sees it, who tells ends of lines from each other no more than browsers do; jsoup and browsers have replacements for NUL. */
  private static String seen(String text) {
    return text.replace("\u0000", "").replace("\ufffd", "").replace("\r\n", "\n").replace('\r', '\n');
  }

  private static String data(Document page, String selector) {
    return page.select(selector).get(0).data();
  }

  private static Document parse(String value) {
    return Jsoup.parse(new String(VIEWS.render("page", Map.of("x", value)), UTF_8));
  }

  /** Elements with the names of their attributes, in order. */
  private static List<String> shape(Document page) {
    List<String> shape = new ArrayList<>();
    for (Element element : page.getAllElements()) {
      shape.add(element.tagName() + element.attributes().asList().stream().map(Attribute::getKey).toList() + element
          .childrenSize());
    }
    return shape;
  }
}
