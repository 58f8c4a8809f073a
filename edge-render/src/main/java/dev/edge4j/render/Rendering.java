package dev.edge4j.render;

import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One page being rendered: what each tag does. Confined to one thread. */
final class Rendering {
  /** Of partials, layouts and blocks in each other: deep enough for a tree of comments, well short of the stack's end. */
  private static final int MAX_DEPTH = 100;

  private final Map<String, List<Node>> templates;
  private final Output out = new Output();
  private int depth;

  Rendering(Map<String, List<Node>> templates) {
    this.templates = templates;
  }

  String render(String template, Object model) {
    List<Node> nodes = templates.get(template);
    if (nodes == null) {
      throw new TemplateException(new Place(template, Place.NO_LINE),
          "no such template" + Closest.hint(template, templates.keySet()));
    }
    run(nodes, new Frame(Frame.unwrap(model), null), Map.of());
    return out.toString();
  }

  /** @param given the blocks that layout tags on the way here have given; the outermost wins */
  private void run(List<Node> nodes, Frame frame, Map<String, Node.Block> given) {
    for (Node node : nodes) {
      switch (node) {
        case Node.Text(String text) -> out.text(text);
        case Node.Value value -> print(value, frame);
        case Node.Section section -> section(section, frame, given);
        case Node.Partial(Place place, String template, String indent) -> {
          String before = out.indent(indent);
          enter(place, template(template), frame, given);
          out.dedent(before);
        }
        case Node.Layout(Place place, String template, var blocks) -> {
          Map<String, Node.Block> merged = new HashMap<>(blocks);
          merged.putAll(given);
          enter(place, template(template), frame, merged);
        }
        case Node.Block block -> enter(block.place(), given.getOrDefault(block.name(), block).body(), frame, given);
      }
    }
  }

  private List<Node> template(String name) {
    List<Node> nodes = templates.get(name);
    if (nodes == null) {
      throw new IllegalStateException("template " + name + " was not linked");
    }
    return nodes;
  }

  private void enter(Place place, List<Node> nodes, Frame frame, Map<String, Node.Block> given) {
    if (depth == MAX_DEPTH) {
      throw new TemplateException(place, "more than " + MAX_DEPTH + " templates and blocks in each other");
    }
    depth++;
    run(nodes, frame, given);
    depth--;
  }

  private void section(Node.Section section, Frame frame, Map<String, Node.Block> given) {
    Iterable<?> elements = Values.elements(value(section.place(), section.name(), frame));
    if (section.inverted()) {
      if (!elements.iterator().hasNext()) {
        run(section.body(), frame, given);
      }
      return;
    }
    for (Object element : elements) {
      Object value = checked(section.place(), section.name(), Frame.unwrap(element));
      run(section.body(), new Frame(value, frame), given);
    }
  }

  private void print(Node.Value tag, Frame frame) {
    Object value = value(tag.place(), tag.name(), frame);
    if (value == null) {
      return;
    }
    if (tag.escaped()) {
      out.escaped(value.toString());
    } else if (value instanceof SafeHtml safe) {
      out.raw(safe.html());
    } else {
      throw new TemplateException(tag.place(),
          "\"%s\" is a %s, which {{{ }}} does not print (expected: SafeHtml, or {{%s}})"
              .formatted(tag.name().text(), value.getClass().getTypeName(), tag.name().text()));
    }
  }

  private @Nullable Object value(Place place, Name name, Frame frame) {
    try {
      Object value = frame.find(name);
      if (value == Members.MISSING) {
        throw new TemplateException(place, frame.missing(name));
      }
      return checked(place, name, value);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new TemplateException(place, "reading \"" + name.text() + "\" failed: " + e.getCause(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new TemplateException(place, "cannot read \"" + name.text() + "\": " + e.getMessage(), e);
    }
  }

  private static @Nullable Object checked(Place place, Name name, @Nullable Object value) {
    if (Values.isRefused(value)) {
      throw new TemplateException(place,
          "\"%s\" is a %s (expected: a value; templates do not call functions or drain streams)"
              .formatted(name.text(), value == null ? "null" : value.getClass().getTypeName()));
    }
    return value;
  }
}
