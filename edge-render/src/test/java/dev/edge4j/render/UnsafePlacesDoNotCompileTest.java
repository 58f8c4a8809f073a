package dev.edge4j.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where no escaping is safe, or it cannot be known which, the template does not compile: it says where and what to do. */
class UnsafePlacesDoNotCompileTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
      "<p title={{x}}>                               | 10 | a value in the attribute title without quotes (expected: title=\"{{value}}\")",
      "<p title=a{{x}}>                              | 11 | without quotes",
      "<p title = {{x}}>                             | 12 | without quotes",
      "<{{x}}>                                       |  2 | a value in the name of a tag",
      "</{{x}}>                                      |  3 | a value in the name of a tag",
      "<p{{x}}>                                      |  3 | a value where an attribute's name stands",
      "<p {{x}}>                                     |  4 | a value where an attribute's name stands",
      "<p {{x}}=\"a\">                               |  4 | a value where an attribute's name stands",
      "<p data-{{x}}=\"a\">                          |  9 | a value where an attribute's name stands",
      "<!-- {{x}} -->                                |  6 | a value in a comment",
      "<!-- a -- > {{x}} -->                         | 13 | a value in a comment",
      "<!DOCTYPE {{x}}>                              | 11 | a value in a comment or a declaration",
      "<script>var a = '{{x}}'</script>              | 18 | not a whole expression",
      "<script>var a = \"{{x}}\"</script>            | 18 | not a whole expression",
      "<script>var a = `{{x}}`</script>              | 18 | not a whole expression",
      "<script>var a = `${ {{x}} }`</script>         | 21 | not a whole expression",
      "<script>// {{x}}</script>                     | 12 | not a whole expression",
      "<script>/* {{x}} */</script>                  | 12 | not a whole expression",
      "<script>{{x}}</script>                        |  9 | not a whole expression",
      "<script>var {{x}} = 1</script>                | 13 | not a whole expression",
      "<script>a = /{{x}}/</script>                  | 14 | not a whole expression",
      "<script>if (a) /'/ .test(b); c = {{x}}</script> | 34 | may divide or begin a regular expression",
      "<script>a = '<!--'; b = {{x}}</script>        | 17 | behind which </script> may not end it",
      "<script type=\"text/template\">{{x}}</script> | 30 | a value in a script of type text/template",
      "<script type=\"{{x}}\">a</script>             | 15 | which decides what the element is",
      "<style>a { {{x}}: b }</style>                 | 12 | not the value of a property",
      "<style>{{x}} { a: b }</style>                 |  8 | not the value of a property",
      "<style>a { b: url({{x}}) }</style>            | 19 | a value in a url() of CSS",
      "<style>a { b: url(\"{{x}}\") }</style>        | 20 | a value in a url() of CSS",
      "<style>/* {{x}} */</style>                    | 11 | of CSS",
      "<p style=\"color: red\">                      |  9 | the attribute style, which a Content-Security-Policy",
      "<p onclick=\"go()\">                          | 11 | the attribute onclick, which a Content-Security-Policy",
      "<p hx-on:click=\"{{x}}\">                     | 17 | the attribute hx-on:click, which holds code",
      "<p hx-vals=\"{{x}}\">                         | 13 | the attribute hx-vals, which holds code",
      "<p data-show=\"{{x}}\">                       | 15 | the attribute data-show, which holds code",
      "<p data-class-hidden=\"{{x}}\">               | 23 | the attribute data-class-hidden, which holds code",
      "<p data-text__case=\"{{x}}\">                 | 21 | the attribute data-text__case, which holds code",
      "<p x-data=\"{{x}}\">                          | 12 | which holds code",
      "<iframe srcdoc=\"{{x}}\"></iframe>            | 17 | a value in srcdoc",
      "<iframe>{{x}}</iframe>                        |  9 | whose content is not escaped",
      "<a href=\"javascript:f({{x}})\">              | 23 | a value in a URL of that scheme",
      "<a href=\"&#106;avascript:{{x}}\">            | 26 | a value in a URL of that scheme",
      "<a href=\"{{#x}}/a/{{/x}}{{y}}\">             | 25 | it depends on the model whether this begins the URL",
      "<a href=\"{{#x}}{{.}}{{/x}}\">                | 16 | it depends on the model whether this begins the URL",
      "<meta http-equiv=\"refresh\" content=\"{{x}}\"> | 37 | a value in content= of a <meta http-equiv>",
      "<meta content=\"{{x}}\" http-equiv=\"refresh\"> | 33 | a <meta http-equiv>",
      "<meta http-equiv=\"{{x}}\">                   | 19 | which decides what the element is",
      "<p>{{#x}}<b title=\"{{/x}}\">                 |  4 | {{#x}} begins in text and ends in the attribute title",
      "<p {{#x}}title=\"{{/x}}\">                    |  4 | begins in the tag <p> and ends in the attribute title",
      "{{^x}}<!--{{/x}}                              |  1 | {{^x}} begins in text and ends in a comment",
      "{{#x}}a{{/x}}{{^x}}<script>{{/x}}             | 14 | begins in text and ends in <script>",
      "<scr{{#x}}ipt{{/x}}>                          | 11 | text goes on with a name",
      "<p {{#x}}a{{/x}}b=\"c\">                      | 17 | text goes on with a name",
      "<p =\"a\">                                    |  4 | without the name of an attribute",
      "<p title=\"{{{x}}}\">                         | 11 | in the attribute title, where HTML is not safe",
      "<title>{{{x}}}</title>                        |  8 | in <title>, where HTML is not safe",
      "<script>a = {{{x}}}</script>                  | 13 | in <script>, where HTML is not safe",
      "<script src=\"/a.js\"/>                       | 21 | does not close itself"})
  void saysWhereAndWhatToDo(String template, int column, String problem) {
    TemplateException e = Rendered.startError(Map.of("page", template));
    assertEquals(column, e.column().orElseThrow(), e.getMessage());
    assertEquals(1, e.line().orElseThrow());
    assertTrue(e.getMessage().contains(problem == null ? "" : problem), e.getMessage());
  }

  @Test
  void aPageThatEndsInsideOfSomethingIsAnErrorAndAPartThatDoesIsNot() {
    assertEquals("template page: ends inside the attribute title (expected: it closed)",
        Rendered.startError(Map.of("page", "<p title=\"a>")).getMessage());
    assertEquals("<p title=\"a\">", Rendered.text("{{>open}}a\">", Map.of(), Map.of("open", "<p title=\"")));
  }

  @Test
  void aTemplateInItselfEndsAsItBegins() {
    TemplateException e = Rendered.startError(Map.of("page", "{{#x}}{{>node}}{{/x}}", "node",
        "{{#x}}{{>node}}{{/x}}<p title=\""));
    assertTrue(e.getMessage().contains("expected: the same"), e.getMessage());
  }
}
