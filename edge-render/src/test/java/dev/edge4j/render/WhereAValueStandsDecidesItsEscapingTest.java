package dev.edge4j.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text, attributes, URLs, candidates of pictures, scripts and style sheets each have an escaping of their own. */
class WhereAValueStandsDecidesItsEscapingTest {
  record Point(int x, String name) {}

  private static String page(String template, Object x) {
    return Rendered.text(template, Map.of("x", x));
  }

  @Test
  void textAndQuotedAttributes() {
    assertEquals("<p title=\"&lt;b&gt;&quot;\">&lt;b&gt;&quot;</p>", page("<p title=\"{{x}}\">{{x}}</p>", "<b>\""));
    assertEquals("<p title='it&#39;s'></p>", page("<p title='{{x}}'></p>", "it's"));
    assertEquals("<title>&lt;/title&gt;</title>", page("<title>{{x}}</title>", "</title>"));
    assertEquals("<textarea>&lt;/textarea&gt;</textarea>", page("<textarea>{{x}}</textarea>", "</textarea>"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "/products?a=1&b=2               | /products?a=1&amp;b=2",
      "https://example.com/a b         | https://example.com/a%20b",
      "HTTPS://example.com             | HTTPS://example.com",
      "//example.com/                  | //example.com/",
      "mailto:a@example.com            | mailto:a@example.com",
      "?page=2                         | ?page=2",
      "#top                            | #top",
      "a/b:c                           | a/b:c",
      "javascript:alert(1)             | about:invalid#blocked",
      "JaVaScRiPt:alert(1)             | about:invalid#blocked",
      "javascript&colon;alert(1)       | javascript&amp;colon;alert(1)",
      "data:text/html,x                | about:invalid#blocked",
      "vbscript:x                      | about:invalid#blocked",
      "blob:x                          | about:invalid#blocked",
      "\\\\evil.example                | %5C%5Cevil.example",
      "grün.html                       | grün.html",
      "\"onclick=alert(1)              | %22onclick=alert(1)"})
  void wholeUrls(String url, String printed) {
    assertEquals("<a href=\"" + printed + "\">", page("<a href=\"{{x}}\">", url));
  }

  @Test
  void whiteSpaceAndControlCharactersDoNotHideAScheme() {
    for (String url : List.of("java\nscript:alert(1)", " javascript:alert(1)", "\u0001javascript:alert(1)",
        "java\tscript:a", "\u00a0javascript:a")) {
      assertEquals("<img src=\"about:invalid#blocked\">", page("<img src=\"{{x}}\">", url));
    }
  }

  @Test
  void partsOfUrls() {
    assertEquals("<a href=\"/p?q=a%26b%3Dc%2Fd%20%2B\">", page("<a href=\"/p?q={{x}}\">", "a&b=c/d +"));
    assertEquals("<a href=\"/p#a%2Fb\">", page("<a href=\"/p#{{x}}\">", "a/b"));
    assertEquals("<a href=\"/orders/a/b%3Fc%23d%25\">", page("<a href=\"/orders/{{x}}\">", "a/b?c#d%"));
    assertEquals("<a href=\"{{x}}/b?q=1%202\">".replace("{{x}}", "https://h/1%202"), page(
        "<a href=\"https://h/{{x}}/b?q={{x}}\">", "1 2"));
    assertEquals("<a href=\"java%3Aalert(1)\">".replace("java", "javascript"), page("<a href=\"java{{x}}\">",
        "script:alert(1)"));
    assertEquals("<a href=\"javascript%3Aa\">", Rendered.text("<a href=\"{{a}}{{b}}\">", Map.of("a", "javascript", "b",
        ":a")));
  }

  @Test
  void aValueDoesNotMakeAHostOfAPath() {
    assertEquals("<a href=\"/%2Fevil.example\">", page("<a href=\"/{{x}}\">", "/evil.example"));
    assertEquals("<a href=\"/./evil.example\">", Rendered.text("<a href=\"/{{a}}/{{b}}\">", Map.of("a", "", "b",
        "evil.example")));
    assertEquals("<a href=\"/%2Fevil.example\">", Rendered.text("<a href=\"{{a}}/{{b}}\">", Map.of("a", "", "b",
        "/evil.example")));
    assertEquals("<a href=\"/%2Fevil.example\">", Rendered.text("<a href=\"{{a}}{{b}}\">", Map.of("a", "/", "b",
        "/evil.example")));
    assertEquals("<a href=\"%2F/evil.example\">", Rendered.text("<a href=\"{{a}}{{b}}\">", Map.of("a", "", "b",
        "//evil.example")));
    assertEquals("<a href=\"https://shop.example/tea\">", Rendered.text("<a href=\"{{a}}{{b}}\">", Map.of("a",
        "https://shop.example", "b", "/tea")));
    assertEquals("<a href=\"/tea\">", Rendered.text("<a href=\"{{a}}{{b}}\">", Map.of("a", "", "b", "/tea")));
  }

  @Test
  void candidatesOfPictures() {
    assertEquals("<img srcset=\"/a.png 1x, about:invalid#blocked 2x\">", page("<img srcset=\"{{x}}\">",
        "/a.png 1x,javascript:a 2x"));
    assertEquals("<img srcset=\"/i/a%2C%20b 480w\">", Rendered.text("<img srcset=\"/i/{{n}} {{w}}w\">", Map.of("n",
        "a, b", "w", 480)));
    assertEquals("<img srcset=\"/a w\">", Rendered.text("<img srcset=\"/a {{w}}w\">", Map.of("w", "1, javascript:a ")));
  }

  @Test
  void valuesInScriptsAreJson() {
    assertEquals(
        "<script type=\"application/json\">{\"x\":3,\"name\":\"\\u003c/script\\u003e\\u0026\\u2028\"}</script>",
        page("<script type=\"application/json\">{{x}}</script>", new Point(3, "</script>&\u2028")));
    assertEquals("<script>const a = [1,\"b\"];</script>", page("<script>const a = {{x}};</script>", List.of(1, "b")));
    assertEquals("<script>f(\"\\u0027;alert(1)//\", 2)</script>", page("<script>f({{x}}, 2)</script>", "';alert(1)//"));
    assertEquals("<script type='application/ld+json'>{\"a\": \"say \\\"\\u003c\\\"\"}</script>",
        page("<script type='application/ld+json'>{\"a\": \"say {{x}}\"}</script>", "\"<\""));
    assertEquals("<script>x = null</script>", page("<script>x = {{x}}</script>", java.util.Optional.empty()));
  }

  @Test
  void commentsStringsAndExpressionsOfStaticScriptsDoNotConfuseIt() {
    String code = "/* ' */ const r = /[\"/]/g, t = `a ${`b`} '`; // it's\nconst v = ";
    assertEquals("<script>" + code + "7;</script>", page("<script>" + code + "{{x}};</script>", 7));
  }

  @Test
  void valuesInStyleSheetsAreTokens() {
    String sheet = "<style>a::before { color: {{x}}; }</style>";
    assertEquals("<style>a::before { color: #fa0; }</style>", page(sheet, "#fa0"));
    assertEquals("<style>a::before { color: oklch(60% 0.1 30); }</style>", page(sheet, "oklch(60% 0.1 30)"));
    for (String evil : List.of("red; } body { display: none", "url(//evil.example)", "expression(1)", "</style>",
        "\\75rl(x)", "/*", "'")) {
      assertEquals("<style>a::before { color: edge-blocked; }</style>", page(sheet, evil));
    }
    assertEquals("<style>a{content:\"a\\22 \\3c b\\a \";}</style>", page("<style>a{content:\"{{x}}\";}</style>",
        "a\"<b\n"));
  }

  @Test
  void styleAttributesWhereTheyAreAllowed() {
    Views views = Views.of(Map.of("page", "<p style=\"width: {{x}}%\" onclick=\"go()\">"), ViewOptions.strict()
        .withInlineAttributes());
    assertEquals("<p style=\"width: 40%\" onclick=\"go()\">", new String(views.render("page", Map.of("x", 40)),
        java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void theContextFlowsThroughPartialsLayoutsAndBlocks() {
    Map<String, String> others = Map.of("layout", "<a href=\"{{$url}}/{{/url}}\" title=\"{{$title}}{{/title}}\">",
        "address", "{{x}}");
    assertEquals("<a href=\"about:invalid#blocked\" title=\"javascript:a&lt;\">", Rendered.text(
        "{{<layout}}{{$url}}{{>address}}{{/url}}{{$title}}{{>address}}{{/title}}{{/layout}}", Map.of("x",
            "javascript:a<"), others));
  }

  @Test
  void tagsAndAttributesThatComeAndGo() {
    String template = "<a href=\"/a\"{{#x}} aria-current=\"page\"{{/x}}><input {{#x}}checked{{/x}} disabled>{{#x}}<b>{{.}}</b>{{/x}}</a>";
    assertEquals("<a href=\"/a\" aria-current=\"page\"><input checked disabled><b>true</b></a>", page(template, true));
    assertEquals("<a href=\"/a\"><input  disabled></a>", page(template, false));
  }
}
