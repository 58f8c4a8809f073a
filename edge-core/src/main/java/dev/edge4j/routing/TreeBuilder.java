package dev.edge4j.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Node} while registrations are put in, in their order. Literal text is shared character by character (a radix tree: Morrison,
 * PATRICIA, 1968); names play no part: {@code /:a/x} and {@code /:b/y} share their nodes.
 */
final class TreeBuilder<T> {
  private String text;
  /** By the character that each begins with. */
  private final Map<Character, TreeBuilder<T>> children = new LinkedHashMap<>();
  private final Map<Step, TreeBuilder<T>> edges = new LinkedHashMap<>();
  private final List<RouteTable.Entry<T>> ends = new ArrayList<>();
  private final List<RouteTable.Entry<T>> below = new ArrayList<>();
  private final List<RouteTable.Entry<T>> anything = new ArrayList<>();

  private TreeBuilder(String text) {
    this.text = text;
  }

  static <T> Node<T> root(List<RouteTable.Entry<T>> entries) {
    var root = new TreeBuilder<T>("");
    for (RouteTable.Entry<T> entry : entries) {
      entry.pattern().variants().forEach(variant -> root.insert(entry, variant.steps()));
    }
    return root.build();
  }

  private void insert(RouteTable.Entry<T> entry, List<Step> steps) {
    TreeBuilder<T> at = this;
    for (Step step : steps) {
      switch (step) {
        case Step.Text literal -> at = at.descend(literal.text());
        case Step.Holes _,Step.Spanning _ -> at = at.edges.computeIfAbsent(key(step), _ -> new TreeBuilder<>(""));
        case Step.End _ -> at.ends.add(entry);
        case Step.Below _ -> at.below.add(entry);
        case Step.Anything _ -> at.anything.add(entry);
      }
    }
  }

  /** Expressions of the same text are one; a compiled expression is equal to none but itself. */
  private Step key(Step step) {
    if (step instanceof Step.Spanning(Expression expression, String after)) {
      for (Step known : edges.keySet()) {
        if (known instanceof Step.Spanning other && other.after().equals(after)
            && other.expression().text().equals(expression.text())) {
          return known;
        }
      }
    }
    return step;
  }

  /** The node below this one that the text leads to; a node whose text only begins alike is cut in two. */
  private TreeBuilder<T> descend(String rest) {
    TreeBuilder<T> child = children.computeIfAbsent(rest.charAt(0), _ -> new TreeBuilder<>(rest));
    int common = 1;
    while (common < Math.min(rest.length(), child.text.length()) && rest.charAt(common) == child.text.charAt(common)) {
      common++;
    }
    TreeBuilder<T> shared = common < child.text.length() ? cut(child, common) : child;
    return common < rest.length() ? shared.descend(rest.substring(common)) : shared;
  }

  private TreeBuilder<T> cut(TreeBuilder<T> child, int at) {
    var upper = new TreeBuilder<T>(child.text.substring(0, at));
    child.text = child.text.substring(at);
    upper.children.put(child.text.charAt(0), child);
    children.put(upper.text.charAt(0), upper);
    return upper;
  }

  private Node<T> build() {
    Node<T> plain = null;
    List<Node.Edge<T>> others = new ArrayList<>();
    int first = Math.min(firstOf(ends), Math.min(firstOf(below), firstOf(anything)));
    for (Map.Entry<Step, TreeBuilder<T>> edge : edges.entrySet()) {
      Node<T> next = edge.getValue().build();
      first = Math.min(first, next.first);
      if (edge.getKey().equals(Step.Holes.PLAIN)) {
        plain = next;
      } else {
        others.add(new Node.Edge<>(edge.getKey(), next));
      }
    }
    List<Node<T>> built = children.values().stream().map(TreeBuilder::build).toList();
    for (Node<T> child : built) {
      first = Math.min(first, child.first);
    }
    return node(built, plain, others, first);
  }

  private Node<T> node(List<Node<T>> built, @Nullable Node<T> plain, List<Node.Edge<T>> others, int first) {
    return new Node<>(text, built, plain, others, new Node.Entries<>(array(ends), array(below), array(anything)),
        first);
  }

  private static <T> int firstOf(List<RouteTable.Entry<T>> entries) {
    return entries.isEmpty() ? Integer.MAX_VALUE : entries.getFirst().order();
  }

  @SuppressWarnings("unchecked") // an array of a generic type
  private static <T> RouteTable.Entry<T>[] array(List<RouteTable.Entry<T>> entries) {
    return (RouteTable.Entry<T>[]) entries.toArray(new RouteTable.Entry<?>[0]);
  }
}
