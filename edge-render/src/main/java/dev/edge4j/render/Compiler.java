package dev.edge4j.render;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.MustacheException;
import com.github.mustachejava.MustacheFactory;
import com.github.mustachejava.MustacheParser;
import com.github.mustachejava.MustacheVisitor;
import com.github.mustachejava.TemplateContext;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns sources by name into nodes by name, and checks that every partial and layout is there. */
final class Compiler {
  /** Parses with the white space of the specification, as far as Mustache.java has it. */
  private static final class Parser extends MustacheParser {
    Parser(MustacheFactory factory) {
      super(factory, true);
    }
  }

  /** Hands out tree builders, and resolves nothing: the parser is given its sources. */
  private static final class Factory extends DefaultMustacheFactory {
    Factory() {
      super(_ -> null);
    }

    @Override
    public MustacheVisitor createMustacheVisitor() {
      return new TreeBuilder(this);
    }
  }

  private final Parser parser = new Parser(new Factory());

  private Compiler() {}

  static Map<String, List<Node>> compile(Map<String, String> sources) {
    var compiler = new Compiler();
    Map<String, List<Node>> templates = new TreeMap<>(); // in order of name, so that the first error is always the same
    new TreeMap<>(sources).forEach((name, source) -> templates.put(name, compiler.parse(name, source)));
    templates.values().forEach(nodes -> link(nodes, templates));
    return Map.copyOf(templates);
  }

  private List<Node> parse(String name, String source) {
    requireClosed(name, source);
    try {
      return TreeBuilder.nodes(parser.compile(new StringReader(source), name));
    } catch (MustacheException e) {
      TemplateContext at = e.getContext();
      int line = at == null ? Place.NO_LINE : at.line();
      throw new TemplateException(new Place(name, line), problem(e), e);
    } catch (StringIndexOutOfBoundsException e) { // {{{x}}} after a change to delimiters of one character
      throw new TemplateException(new Place(name, Place.NO_LINE), "cannot be parsed", e);
    }
  }

  /** The parser takes the end of the file for the end of a partial, a comment or an unescaped value. */
  private static void requireClosed(String name, String source) {
    int open = source.lastIndexOf(MustacheParser.DEFAULT_SM);
    if (open > source.lastIndexOf(MustacheParser.DEFAULT_EM) && !source.contains("{{=")) {
      int line = 1 + (int) source.substring(0, open).chars().filter(c -> c == '\n').count();
      throw new TemplateException(new Place(name, line), "a tag is not closed (expected: }})");
    }
  }

  private static String problem(MustacheException e) {
    String message = String.valueOf(e.getMessage());
    int place = message.lastIndexOf(" @[");
    return place < 0 ? message : message.substring(0, place);
  }

  private static void link(List<Node> nodes, Map<String, List<Node>> templates) {
    for (Node node : nodes) {
      switch (node) {
        case Node.Partial(Place place, String template, _) -> require(place, template, templates);
        case Node.Layout(Place place, String template, var blocks) -> {
          require(place, template, templates);
          blocks.values().forEach(block -> link(block.body(), templates));
        }
        case Node.Section section -> link(section.body(), templates);
        case Node.Block block -> link(block.body(), templates);
        case Node.Text _,Node.Value _ -> {
        }
      }
    }
  }

  private static void require(Place place, String template, Map<String, List<Node>> templates) {
    if (!templates.containsKey(template)) {
      throw new TemplateException(place, "no template \"" + template + "\"" + Closest.hint(template, templates
          .keySet()));
    }
  }
}
