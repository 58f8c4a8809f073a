package dev.edge4j.render.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes the indentation that a block's content has in the source out of it, so that it can be given another. */
final class Indents {
  private Indents() {}

  static List<Node> remove(List<Node> nodes, String indent) {
    if (indent.isEmpty()) {
      return nodes;
    }
    List<Node> dedented = new ArrayList<>(nodes.size());
    for (Node node : nodes) {
      dedented.add(remove(node, indent));
    }
    return List.copyOf(dedented);
  }

  private static Node remove(Node node, String indent) {
    return switch (node) {
      case Node.Text text when text.startsLine() -> {
        String rest = without(text.text(), indent);
        yield new Node.Text(text.place().right(text.text().length() - rest.length()), rest, true);
      }
      case Node.Section section -> new Node.Section(section.place(), section.name(), section.inverted(),
          remove(section.body(), indent), section.inside());
      case Node.Partial partial -> new Node.Partial(partial.place(), partial.target(), without(partial.indent(),
          indent));
      case Node.Layout layout -> new Node.Layout(layout.place(), layout.target(), without(layout.indent(), indent),
          layout.blocks());
      case Node.Block block -> new Node.Block(block.place(), block.name(), without(block.indent(), indent), block
          .alone(),
          block.body());
      case Node.Text _,Node.Variable _ -> node;
    };
  }

  /** A line indented less loses what it has of it. */
  private static String without(String line, String indent) {
    int i = 0;
    while (i < indent.length() && i < line.length() && line.charAt(i) == indent.charAt(i)) {
      i++;
    }
    return line.substring(i);
  }

  /** An unmodifiable copy in order of name, so that the first error is always the same. */
  static Map<String, Node.Block> copy(Map<String, Node.Block> blocks) {
    return Collections.unmodifiableMap(new TreeMap<>(blocks));
  }
}
