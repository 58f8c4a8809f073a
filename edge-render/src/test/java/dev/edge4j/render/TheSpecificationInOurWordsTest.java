package dev.edge4j.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Each section of the Mustache specification in cases of our own, so that a clone without the specification's files proves it too. */
class TheSpecificationInOurWordsTest {
  private static final Map<String, Object> TEA = Map.of("name", "Tea & <co>", "n", 3, "yes", true, "no", false, "list",
      List.of("a", "b"),
      "none", List.of(), "deep", Map.of("er", Map.of("name", "inner")), "which", "part", "html", "<b>");

  private static String page(String template, Map<String, String> others) {
    Map<String, String> sources = new HashMap<>(others);
    sources.put("page", template);
    return new String(Views.of(sources, ViewOptions.mustache()).render("page", TEA), UTF_8);
  }

  private static String page(String template) {
    return page(template, Map.of("part", "[{{name}}]", "lines", "1\n2\n"));
  }

  @Test
  void comments() {
    assertEquals("ab", page("a{{! nothing }}b"));
    assertEquals("a\nb\n", page("a\n  {{! alone\n over lines }}  \nb\n"));
    assertEquals("a\r\nb", page("a\r\n{{!x}}\r\nb"));
    assertEquals("x  y", page("x {{!x}} y"));
  }

  @Test
  void delimiters() {
    assertEquals("3 {{n}} 3", page("{{n}} {{=<% %>=}}{{n}} <%n%>"));
    assertEquals("a\n3\n", page("a\n{{=| |=}}\n|n|\n"));
    assertEquals("3[Tea &amp; &lt;co&gt;]", page("{{=<% %>=}}<%n%><%>part%>"));
    assertEquals("<b>3", page("{{=<% %>=}}<%{html}%><%={{ }}=%>{{n}}"));
  }

  @Test
  void interpolation() {
    assertEquals("Tea &amp; &lt;co&gt; Tea & <co> Tea & <co> 3", page("{{name}} {{{name}}} {{& name }} {{n}}"));
    assertEquals("inner || 3", page("{{deep.er.name}} |{{missing}}{{deep.nothing.at.all}}| {{ n }}"));
    assertEquals("  3\n", page("  {{n}}\n"));
  }

  @Test
  void sectionsAndInvertedSections() {
    assertEquals("ab inner 1", page("{{#list}}{{.}}{{/list}} {{#deep}}{{#er}}{{name}}{{/er}}{{/deep}} {{#n}}1{{/n}}"));
    assertEquals("|1|2|3|", page(
        "|{{#no}}x{{/no}}{{#none}}x{{/none}}{{#missing}}x{{/missing}}{{^no}}1{{/no}}|{{^none}}2{{/none}}|{{^missing}}3{{/missing}}|"));
    assertEquals("x\ny\nz\n", page("x\n  {{#yes}}  \ny\n  {{/yes}}\nz\n"));
    assertEquals(" y \n", page(" {{#yes}}y{{/yes}} \n"));
    assertEquals("aTea &amp; &lt;co&gt;bTea &amp; &lt;co&gt;", page("{{#list}}{{.}}{{name}}{{/list}}"));
  }

  @Test
  void partials() {
    assertEquals("([Tea &amp; &lt;co&gt;])()", page("({{>part}})({{>missing}})"));
    assertEquals("<\n  1\n  2\n>", page("<\n  {{>lines}}\n>"));
    assertEquals("<  1\n2\n>", page("<  {{>lines}}>"));
    assertEquals("(((0)))", new String(Views.of(Map.of("page", "({{#x}}{{>page}}{{/x}}{{^x}}0{{/x}})"), ViewOptions
        .mustache())
        .render("page", Map.of("x", List.of(Map.of("x", List.of(Map.of("x", false)))))), UTF_8));
  }

  @Test
  void inheritance() {
    Map<String, String> layouts = Map.of("layout", "<{{$a}}one{{/a}}|{{$b}}two{{/b}}>", "block",
        "<\n  {{$body}}\n    default\n  {{/body}}\n>\n",
        "inline", "x:\n  {{$body}}{{/body}}\n", "middle", "{{<layout}}{{$a}}middle{{/a}}{{/layout}}");
    assertEquals("<one|two>", page("{{<layout}}{{/layout}}\n", layouts));
    assertEquals("<3|two>", page("{{<layout}} ignored {{$a}}{{n}}{{/a}} too {{/layout}}", layouts));
    assertEquals("<middle|last>", page("{{<middle}}{{$b}}last{{/b}}{{/middle}}", layouts));
    assertEquals("<\n    default\n>\n", page("{{<block}}\n{{/block}}\n", layouts));
    assertEquals("<\n    x\n      y\n>\n", page("{{<block}}\n  {{$body}}\n  x\n    y\n  {{/body}}\n{{/block}}\n",
        layouts));
    assertEquals("x:\n  a\n  b\n", page("{{<inline}}{{$body}}\na\nb{{/body}}{{/inline}}\n", layouts));
    assertEquals("  <\n      default\n  >\n", page("  {{<block}}{{/block}}\n", layouts));
  }

  @Test
  void dynamicNames() {
    assertEquals("[Tea &amp; &lt;co&gt;]", page("{{>*which}}"));
    assertEquals("", page("{{>*missing}}{{>*name}}{{>**which}}"));
    assertEquals("  [Tea &amp; &lt;co&gt;]", page("  {{> * which }}\n"));
  }

  @Test
  void lambdas() {
    Map<String, Object> model = Map.of("n", 3, "text", (Supplier<String>) () -> "<{{n}}>", "twice",
        (Function<String, String>) s -> s + s);
    Views views = Views.of(Map.of("page", "{{text}} {{{text}}} {{#twice}}{{n}},{{/twice}} {{^twice}}x{{/twice}}"),
        ViewOptions.mustache());
    assertEquals("&lt;3&gt; <3> 3,3, ", new String(views.render("page", model), UTF_8));
  }
}
