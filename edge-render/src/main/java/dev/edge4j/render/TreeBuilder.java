package dev.edge4j.render;

import com.github.mustachejava.Code;
import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import com.github.mustachejava.MustacheVisitor;
import com.github.mustachejava.TemplateContext;
import com.github.mustachejava.codes.DefaultMustache;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the nodes of one template or of one section's inside, as the parser meets them. */
final class TreeBuilder implements MustacheVisitor {
  private static final Code[] NO_CODES = {};

  private final DefaultMustacheFactory factory;
  private final List<Node> nodes = new ArrayList<>();

  TreeBuilder(DefaultMustacheFactory factory) {
    this.factory = factory;
  }

  /** Carries our nodes through the parser, which knows only its own type. It is never executed. */
  private static final class Tree extends DefaultMustache {
    private final List<Node> nodes;

    Tree(TemplateContext context, DefaultMustacheFactory factory, List<Node> nodes) {
      super(context, factory, NO_CODES, context.file());
      this.nodes = nodes;
    }
  }

  static List<Node> nodes(Mustache parsed) {
    return ((Tree) parsed).nodes;
  }

  @Override
  public Mustache mustache(TemplateContext at) {
    return new Tree(at, factory, List.copyOf(nodes));
  }

  @Override
  public void iterable(TemplateContext at, String name, Mustache body) {
    nodes.add(new Node.Section(place(at), Name.parse(place(at), name), false, nodes(body)));
  }

  @Override
  public void notIterable(TemplateContext at, String name, Mustache body) {
    nodes.add(new Node.Section(place(at), Name.parse(place(at), name), true, nodes(body)));
  }

  @Override
  public void value(TemplateContext at, String name, boolean escaped) {
    nodes.add(new Node.Value(place(at), Name.parse(place(at), name.trim()), escaped));
  }

  @Override
  public void write(TemplateContext at, String text) {
    if (!text.isEmpty()) {
      nodes.add(new Node.Text(text));
    }
  }

  @Override
  public void partial(TemplateContext at, String name, String indent) {
    nodes.add(new Node.Partial(place(at), TemplateName.resolve(place(at), name), indent));
  }

  @Override
  public void dynamicPartial(TemplateContext at, String name, String indent) {
    throw new TemplateException(place(at),
        "{{>" + name + "}}: the name of a partial cannot come from data (expected: {{>name}})");
  }

  @Override
  public void extend(TemplateContext at, String name, Mustache body) {
    Map<String, Node.Block> blocks = new LinkedHashMap<>();
    for (Node node : nodes(body)) {
      switch (node) {
        case Node.Block block -> blocks.put(block.name(), block);
        case Node.Text _ -> {
        } // ignored, as the specification has it
        default -> throw new TemplateException(place(at),
            "{{<" + name + "}} holds a tag outside its blocks (expected: {{$block}}...{{/block}})");
      }
    }
    nodes.add(new Node.Layout(place(at), TemplateName.resolve(place(at), name), Map.copyOf(blocks)));
  }

  @Override
  public void name(TemplateContext at, String name, Mustache body) {
    Name.parse(place(at), name);
    nodes.add(new Node.Block(place(at), name, nodes(body)));
  }

  @Override
  public void checkName(TemplateContext at, String name, Mustache body) {
    throw new TemplateException(place(at), "{{?" + name + "}} is not part of Mustache (expected: {{#" + name + "}})");
  }

  @Override
  public void pragma(TemplateContext at, String pragma, String arguments) {
    throw new TemplateException(place(at), "{{%" + pragma + "}}: there are no pragmas here");
  }

  @Override
  public void comment(TemplateContext at, String comment) {
    // Prints nothing.
  }

  @Override
  public void eof(TemplateContext at) {
    // Nothing is pending.
  }

  private static Place place(TemplateContext at) {
    return new Place(at.file(), at.line());
  }
}
