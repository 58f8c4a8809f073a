package dev.edge4j.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in the tree: where the registrations that begin alike have come to after their common steps. {@link TreeBuilder} makes it;
 * it is never changed.
 *
 * <p>Arrays, because a lookup may not allocate, and going through a list does. {@code text} leads here from the node above, character by character; below a parameter it is empty. Registrations are in order.
 */
final class Node<T> {
  final String text;
  /** The nodes that go on with text, and the character that each begins with. */
  final Node<T>[] children;
  final char[] firsts;
  /** What follows after a parameter that is the rest of its segment; the most usual of the edges. */
  final @Nullable Node<T> plain;
  /** What follows after other parameters. */
  final Edge<T>[] edges;
  /** Those that end here, where the path ends. */
  final RouteTable.Entry<T>[] ends;
  /** Those that end in a star behind a slash here. */
  final RouteTable.Entry<T>[] below;
  /** Those that match whatever follows. */
  final RouteTable.Entry<T>[] anything;
  /** The first registration here or below. */
  final int first;
  /** Whether nothing but text, or the end of the path, leads on: so in most nodes, and {@link Search} has a short way through them. */
  final boolean isStraight;

  /** A parameter, and what follows it. */
  record Edge<T>(Step step, Node<T> next) {}

  Node(String text, List<Node<T>> children, @Nullable Node<T> plain, List<Edge<T>> edges, Entries<T> entries,
      int first) {
    this.text = text;
    this.children = array(children);
    this.firsts = new char[children.size()];
    for (int i = 0; i < firsts.length; i++) {
      firsts[i] = children.get(i).text.charAt(0);
    }
    this.plain = plain;
    this.edges = edgeArray(edges);
    this.ends = entries.ends();
    this.below = entries.below();
    this.anything = entries.anything();
    this.first = first;
    this.isStraight = plain == null && edges.isEmpty() && below.length == 0 && anything.length == 0;
  }

  /** What a node holds itself. */
  record Entries<T>(RouteTable.Entry<T>[] ends, RouteTable.Entry<T>[] below, RouteTable.Entry<T>[] anything) {}

  @SuppressWarnings("unchecked") // an array of a generic type
  private static <T> Node<T>[] array(List<Node<T>> nodes) {
    return (Node<T>[]) nodes.toArray(new Node<?>[0]);
  }

  @SuppressWarnings("unchecked") // an array of a generic type
  private static <T> Edge<T>[] edgeArray(List<Edge<T>> edges) {
    return (Edge<T>[]) edges.toArray(new Edge<?>[0]);
  }

  /** Whether a path can only end here. */
  boolean isLeaf() {
    return isStraight && children.length == 0;
  }

  /** The child that begins with that character. */
  @Nullable
  Node<T> child(char c) {
    char[] all = firsts;
    for (int i = 0; i < all.length; i++) {
      if (all[i] == c) {
        return children[i];
      }
    }
    return null;
  }
}
