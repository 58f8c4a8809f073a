package dev.edge4j.render.template;

import java.util.List;
import java.util.Map;

/** A parsed template is a list of these. Names of partials and layouts are as written. */
public sealed interface Node {
  /** Where the tag, or the text, begins. */
  Place place();

  /**
   * Text of one line at most, its end included. The first text of a line says so even where it is empty: there an indent is
   * inserted.
   */
  record Text(Place place, String text, boolean startsLine) implements Node {
    boolean isBlank() {
      return text.isBlank();
    }
  }

  /** {@code {{name}}}, or {@code {{{name}}}} and {@code {{&name}}} if not escaped. */
  record Variable(Place place, Name name, boolean escaped) implements Node {}

  /** {@code {{#name}}...{{/name}}} or {@code {{^name}}...{{/name}}}. */
  record Section(Place place, Name name, boolean inverted, List<Node> body, Inside inside) implements Node {}

  /** What stands between the tags of a section, unread, and the delimiters there: a lambda is given it. */
  record Inside(String source, Delimiters delimiters) {}

  /** {@code {{>name}}}; the indent of a tag alone on its line is given to each line of the partial. */
  record Partial(Place place, TemplateRef target, String indent) implements Node {}

  /** {@code {{<name}}...{{/name}}} with the blocks it gives; indented as a partial is. */
  record Layout(Place place, TemplateRef target, String indent, Map<String, Block> blocks) implements Node {}

  /**
   * {@code {{$name}}...{{/name}}}: the default, where no layout tag gives another. The body is free of the indentation that all
   * of it had in the source; {@code indent} is what each line gets back, that of a block given instead too.
   *
   * @param alone whether the opening tag stood alone on its line: then the first line is indented as well
   */
  record Block(Place place, String name, String indent, boolean alone, List<Node> body) implements Node {}

  /** The name of a template: written, or the value of a name ({@code {{>*name}}}). */
  record TemplateRef(String name, boolean dynamic) {
    @Override
    public String toString() {
      return (dynamic ? "*" : "") + name;
    }
  }
}
