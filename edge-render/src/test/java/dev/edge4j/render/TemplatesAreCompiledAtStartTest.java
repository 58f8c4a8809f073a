package dev.edge4j.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a template is said at start, with its name and line. */
class TemplatesAreCompiledAtStartTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
      "{{#a}}x                                    |  1 | {{#a}} is not closed (expected: {{/a}})",
      "{{<page}}x                                 |  1 | {{<page}} is not closed (expected: {{/page}})",
      "{{<page}}{{$b}}                            | 10 | {{$b}} is not closed (expected: {{/b}})",
      "{{#a}}x{{/b}}                              |  8 | {{/b}} stands where {{#a}} of line 2 is still open",
      "x{{/b}}                                    |  2 | {{/b}} closes nothing",
      "x {{}}                                     |  3 | an empty tag",
      "{{a                                        |  1 | a tag is not closed (expected: }})",
      "{{{a}}                                     |  1 | a tag is not closed (expected: }}})",
      "{{a {{b}}                                  |  1 | a tag is not closed (expected: }} before the next {{)",
      "{{>a                                       |  1 | a tag is not closed",
      "{{! a                                      |  1 | a tag is not closed",
      "{{=a=}}                                    |  1 | \"a\" are not delimiters",
      "{{=a =b=}}                                 |  1 | are not delimiters",
      "{{ #a }}                                   |  1 | \"#a\" is not a name",
      "{{a b}}                                    |  1 | \"a b\" is not a name",
      "{{a..b}}                                   |  1 | \"a..b\" is not a name",
      "{{.a}}                                     |  1 | \".a\" is not a name",
      "{{#}}{{/}}                                 |  1 | an empty tag",
      "{{>*a}}                                    |  1 | cannot come from data",
      "{{> * a }}                                 |  1 | cannot come from data",
      "{{<*a}}{{/*a}}                             |  1 | cannot come from data",
      "{{>missing}}                               |  1 | no template \"missing\"",
      "{{<missing}}{{/missing}}                   |  1 | no template \"missing\"",
      "{{#a}}{{>missing}}{{/a}}                   |  7 | no template \"missing\"",
      "{{$a}}{{>missing}}{{/a}}                   |  7 | no template \"missing\"",
      "{{>pagf}}                                  |  1 | did you mean \"page\"?",
      "{{<page}}{{a}}{{/page}}                    | 10 | a tag outside its blocks",
      "{{<page}}{{$b}}{{>missing}}{{/b}}{{/page}} | 16 | no template \"missing\"",
      "{{>../page}}                               |  1 | leaves the folder",
      "{{>shop//cart}}                            |  1 | not a name of a template",
      "{{>file:///etc/host.conf}}                 |  1 | not a name of a template",
      "{{%pragma}}                                |  1 | \"%pragma\" is not a name",
      "{{?a}}{{/a}}                               |  1 | \"?a\" is not a name",
      "{{edge.nonse}}                             |  1 | names that begin with edge. are reserved",
      "{{#edge.asset}}{{x}}{{/edge.asset}}        | 16 | a tag in {{#edge.asset}}",
      "{{#edge.asset}}a.css{{/edge.asset}}        |  1 | no asset \"a.css\": nothing knows assets"})
  void namesTemplateLineAndColumn(String tags, int column, String problem) {
    TemplateException e = Rendered.startError(Map.of("page", "first\n" + tags));
    assertTrue(e.getMessage().startsWith("template page:2:" + column + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(problem), e.getMessage());
    assertEquals("page", e.template());
    assertEquals(OptionalInt.of(2), e.line());
    assertEquals(OptionalInt.of(column), e.column());
  }

  @Test
  void threeBracesWithOtherDelimitersAreReadToo() {
    assertEquals("<b>", Rendered.text("{{=| |=}}|{a}|", Map.of("a", new SafeHtml("<b>"))).strip().replace("|", ""));
  }

  @Test
  void aNameThatIsNotThereFailsBeforeAnythingIsRead() {
    Views views = Views.of(Map.of("page", "x"), ViewOptions.strict());
    for (String name : new String[]{"pag", "page.mustache", "../page", "file:///etc/host.conf", ""}) {
      TemplateException e = assertThrows(TemplateException.class, () -> views.render(name, Map.of()));
      assertTrue(e.getMessage().startsWith("template " + name + ": no such template"), e.getMessage());
    }
  }
}
