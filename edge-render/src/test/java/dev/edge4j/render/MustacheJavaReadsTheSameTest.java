package dev.edge4j.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.mustachejava.DefaultMustacheFactory;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Mustache.java, which pages were parsed by before, prints the same for templates that stay on one line: it differs from the
 * specification in the white space of lines that hold a tag alone, and reads no three braces behind a change of delimiters.
 */
class MustacheJavaReadsTheSameTest {
  private static final Map<String, Object> MODEL = Map.of("a", "x & <y>", "b", List.of(Map.of("c", 1), Map.of("c", 2)),
      "f", false,
      "d", Map.of("e", "deep"), "n", 7);
  private static final Map<String, String> PARTIALS = Map.of("p", "({{a}})", "l", "[{{$t}}default{{/t}}{{a}}]");

  /** Pieces of templates, each whole in itself, with sections around others. */
  @Provide
  Arbitrary<String> templates() {
    Arbitrary<String> leaf = Arbitraries.of("text ", "<b>", "{{a}}", "{{{a}}}", "{{& a }}", "{{n}}", "{{d.e}}",
        "{{! comment }}", "{{>p}}", "}}", "{ { ", "é€",
        "{{#f}}no{{/f}}", "{{^f}}yes{{/f}}", "{{<l}}{{/l}}", "{{<l}}{{$t}}mine{{/t}}{{/l}}", "{{$s}}block{{/s}}",
        "{{#b}}{{c}}{{/b}}");
    Arbitrary<String> line = leaf.list().ofMinSize(1).ofMaxSize(6).map(parts -> "." + String.join("", parts));
    return Arbitraries.oneOf(line, line.map(inside -> ".{{#b}}" + inside + "{{/b}}"), line.map(inside -> ".{{#d}}{{e}}"
        + inside + "{{/d}}"),
        line.map(inside -> inside + "{{=<% %>=}}<%a%>{{a}}"));
  }

  @Property(tries = 400)
  void printsTheSame(@ForAll("templates") String template) {
    Map<String, String> sources = new HashMap<>(PARTIALS);
    sources.put("page", template);
    var factory = new DefaultMustacheFactory(name -> new StringReader(PARTIALS.getOrDefault(name, PARTIALS.getOrDefault(
        name.replace(
            ".mustache", ""), ""))));
    var theirs = new StringWriter();
    factory.compile(new StringReader(template), "page").execute(theirs, MODEL);
    assertEquals(theirs.toString(), new String(Views.of(sources, ViewOptions.mustache()).render("page", MODEL), UTF_8),
        template);
  }
}
