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
      "{{#a}}x                    | Failed to close 'a' tag",
      "{{#a}}x{{/b}}              | Mismatched start/end tags",
      "x{{/b}}                    | Mismatched start/end tags",
      "{{}}                       | Empty mustache",
      "{{a                        | not closed",
      "{{{a}}                     | Improperly closed variable",
      "{{>a                       | not closed",
      "{{! a                      | not closed",
      "{{ #a }}                   | \"#a\" is not a name",
      "{{a b}}                    | \"a b\" is not a name",
      "{{a..b}}                   | \"a..b\" is not a name",
      "{{.a}}                     | \".a\" is not a name",
      "{{#}}{{/}}                 | \"\" is not a name",
      "{{>*a}}                    | cannot come from data",
      "{{> * a }}                 | cannot come from data",
      "{{<*a}}{{/*a}}             | no template \"*a\"",
      "{{>missing}}               | no template \"missing\"",
      "{{<missing}}{{/missing}}   | no template \"missing\"",
      "{{#a}}{{>missing}}{{/a}}   | no template \"missing\"",
      "{{$a}}{{>missing}}{{/a}}   | no template \"missing\"",
      "{{>pagf}}                  | did you mean \"page\"?",
      "{{<page}}{{a}}{{/page}}    | a tag outside its blocks",
      "{{<page}}{{$b}}{{>missing}}{{/b}}{{/page}} | no template \"missing\"",
      "{{>../page}}               | leaves the folder",
      "{{>shop//cart}}            | not a name of a template",
      "{{>file:///etc/host.conf}} | not a name of a template",
      "{{%pragma}}                | no pragmas",
      "{{?a}}{{/a}}               | not part of Mustache"})
  void namesTemplateAndLine(String tags, String problem) {
    TemplateException e = Rendered.startError(Map.of("page", "first\n" + tags));
    assertTrue(e.getMessage().startsWith("template page:2: "), e.getMessage());
    assertTrue(e.getMessage().contains(problem), e.getMessage());
    assertEquals("page", e.template());
    assertEquals(OptionalInt.of(2), e.line());
  }

  @Test
  void delimitersTheParserCannotReadFailAsATemplateToo() {
    TemplateException e = Rendered.startError(Map.of("page", "{{=| |=}}|{a}|"));
    assertEquals("template page: cannot be parsed", e.getMessage());
    assertEquals(OptionalInt.empty(), e.line());
  }

  @Test
  void aNameThatIsNotThereFailsBeforeAnythingIsRead() {
    Views views = Views.of(Map.of("page", "x"));
    for (String name : new String[]{"pag", "page.mustache", "../page", "file:///etc/host.conf", ""}) {
      TemplateException e = assertThrows(TemplateException.class, () -> views.render(name, Map.of()));
      assertTrue(e.getMessage().startsWith("template " + name + ": no such template"), e.getMessage());
    }
  }
}
