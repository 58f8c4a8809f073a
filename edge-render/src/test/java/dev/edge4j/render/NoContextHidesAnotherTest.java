package dev.edge4j.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Link;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Places that look like others to who reads too little of what is around them. */
class NoContextHidesAnotherTest {
  private static final ViewOptions OPTIONS = ViewOptions.strict().withInlineAttributes();

  private static String page(String template, Map<String, ?> model) {
    return page("a", template, model);
  }

  private static String page(String name, String template, Map<String, ?> model) {
    return new String(Views.of(Map.of(name, template), OPTIONS).render(name, model), UTF_8);
  }

  private static void assertRefused(String template) {
    assertThrows(TemplateException.class, () -> Views.of(Map.of("a", template), OPTIONS), template);
  }

  /** A list of addresses has semicolons between them, and which attribute it is for may stand behind it. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"#;javascript:alert(1) | about:invalid#blocked",
      "javascript:a | about:invalid#blocked",
      "//evil.example | about:invalid#blocked", "0;1;0.5 | 0;1;0.5", "rgb(1,2,3) | rgb(1,2,3)",
      "javascript&colon;a | about:invalid#blocked"})
  void anAnimationMakesNoAddress(String value, String printed) {
    for (String attribute : new String[]{"values", "to", "from", "by"}) {
      for (String element : new String[]{"animate", "set", "animateTransform"}) {
        String template = "<svg><a><" + element + " " + attribute + "=\"{{x}}\" attributeName=\"href\"/></a></svg>";
        assertEquals(template.replace("{{x}}", printed), page(template, Map.of("x", value)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<svg><set attributeName=\"{{x}}\" to=\"javascript:a\"/></svg>",
      "<svg><animate attributeName=\"href\" values=\"/a;javascript:{{x}}\"/></svg>",
      "<svg><animate attributeName=\"href\" to=\"javascript&colon;{{x}}\"/></svg>"})
  void anAnimationIsOfWhatItsTemplateSays(String template) {
    assertRefused(template);
  }

  @ParameterizedTest
  @ValueSource(strings = {"i++ / 2; const s = \"/={{x}}\";", "i-- / 2; const s = \"/={{x}}\";",
      "m.default / 2, s = \"/={{x}}\"", "m.of / 2, s = \"/={{x}}\"", "m. return / 2, s = \"/={{x}}\"",
      "this.#of / 2, s = \"/={{x}}\"", "let of = 4; of / 2; s = \"/={{x}}\"", "a?.in / 2, s = \"/={{x}}\""})
  void aDivisionBeginsNoRegularExpression(String code) {
    assertRefused("<script>" + code + "</script>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"f(a + +b, {{x}})", "const a = i++ + {{x}};", "f(...{{x}})", "a = [...of, {{x}}]",
      "a - -b < {{x}}",
      "export default {{x}}", "return {{x}}", "s = /[\"]/.test(a) + {{x}}", "a = .5 / 2 + {{x}}", "a.b = {{x}}"})
  void whatIsAnExpressionStaysOne(String code) {
    assertEquals("<script>" + code.replace("{{x}}", "1") + "</script>", page("<script>" + code + "</script>", Map.of(
        "x",
        1)));
  }

  @Test
  void twoSignsDoNotMeet() {
    assertEquals("<script>a = 10 - -1</script>", page("<script>a = 10 -{{x}}</script>", Map.of("x", -1)));
    assertEquals("<p style=\"width:calc(10px - -1px)\">", page("<p style=\"width:calc(10px -{{x}}px)\">", Map.of("x",
        "-1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"calc(/*)", "calc(1px*/ 2)", "rgb(1 /* 2)", "var(--a/*)", "calc(1px\n/*)"})
  void aValueOfCssBeginsNoComment(String value) {
    assertEquals("<style>.a{width:edge-blocked} .b{color:red}</style>",
        page("<style>.a{width:{{x}}} .b{color:red}</style>", Map.of("x", value)));
  }

  @Test
  void aValueOfCssMayReckon() {
    assertEquals("<style>.a{width:calc(1px / 2 * 3)}</style>", page("<style>.a{width:{{x}}}</style>", Map.of("x",
        "calc(1px / 2 * 3)")));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"<a href=\"{{a}}/{{b}}\"> | / | evil.example | <a href=\"/evil.example\">",
      "<a href=\"{{a}}/{{b}}\"> | / | /evil.example | <a href=\"/%2Fevil.example\">",
      "<a href=\"{{a}}/{{b}}\"> | https://shop.example | tea | <a href=\"https://shop.example/tea\">",
      "<a href=\"{{a}}/{{b}}\"> | https://shop.example/ | tea | <a href=\"https://shop.example//tea\">",
      "<img srcset=\"/{{b}} 2x\"> | | /evil.example/a.png | <img srcset=\"/%2Fevil.example/a.png 2x\">",
      "<img srcset=\"/a 1x, /{{b}} 2x\"> | | /evil.example | <img srcset=\"/a 1x, /%2Fevil.example 2x\">",
      "<img srcset=\"{{a}}/{{b}} 2x\"> | / | evil.example | <img srcset=\"/evil.example 2x\">",
      "<a href=\"\\{{b}}\"> | | /evil.example | <a href=\"\\%2Fevil.example\">"})
  void noTwoValuesMakeAHost(String template, String a, String b, String printed) {
    assertEquals(printed, page(template, Map.of("a", a == null ? "" : a, "b", b)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\t", "\r"})
  void whatBrowsersTakeOutOfAnAddressHidesNoSlash(String blank) {
    assertEquals("<a href=\"/" + blank + "%2Fevil.example\">", page("<a href=\"/" + blank + "{{x}}\">", Map.of("x",
        "/evil.example")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"data-json-signals", "data-custom-validity", "data-replace-url", "data-view-transition",
      "data-persist", "_", "script", "data-script", "data-ng-click"})
  void whatLibrariesEvaluateTakesNoValue(String attribute) {
    assertRefused("<p " + attribute + "=\"{{x}}\">");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data-hx-put", "data-hx-delete", "data-hx-patch", "hx-push-url", "sse-connect"})
  void whatLibrariesFetchIsAnAddress(String attribute) {
    assertEquals("<p " + attribute + "=\"about:invalid#blocked\">", page("<p " + attribute + "=\"{{x}}\">", Map.of("x",
        "javascript:a")));
  }

  @Test
  void aTitleInSvgHoldsElements() {
    assertEquals("<svg><title><a href=\"about:invalid#blocked\">a</a></title></svg><title>&lt;b&gt;</title>",
        page("<svg><title><a href=\"{{x}}\">a</a></title></svg><title>{{y}}</title>", Map.of("x", "javascript:a", "y",
            "<b>")));
    assertEquals("<svg/><title><a href=\"javascript:a\"></title>", page(
        "<svg/><title><a href=\"{{x}}\"></title>", Map.of("x", "javascript:a")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b'c", "\" onclick=", "it's (fine) \"", "`", "](b"})
  void aTitleInMarkdownStaysOne(String value) {
    for (String template : new String[]{"[a](/x \"{{x}}\")", "[a](/x '{{x}}')", "[a](/x ({{x}}))",
        "[a]: /x \"{{x}}\"\n\n[a]"}) {
      var seen = new AbstractVisitor() {
        private String title = "";

        @Override
        public void visit(Link link) {
          title = link.getTitle();
        }
      };
      Parser.builder().build().parse(page("a.md", template, Map.of("x", value))).accept(seen);
      assertEquals(value, seen.title, template);
    }
  }

  @Test
  void aValueEndsNoCodeInMarkdown() {
    assertEquals("`a'b` [c](/d)", page("a.md", "`{{x}}` [c](/d)", Map.of("x", "a`b")));
    assertEquals("`a` \\`b\\`", page("a.md", "`a` {{x}}", Map.of("x", "`b`")));
    assertFalse(page("a.md", "``a ` {{x}}``", Map.of("x", "``")).contains("````"));
  }
}
