package dev.edge4j.routing;

import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The walk of one lookup: depth first over every branch that fits the path, for the first registration that answers. A branch whose
 * first registration comes later than one already found is not entered, so a sibling that comes later costs nothing. Values are not
 * written down: the pattern finds them again if someone asks.
 *
 * <p>Below a parameter without an expression a node is reached from one position alone; so only branches behind expressions that may
 * hold slashes are entered from several, and {@link Spans} remembers from where.
 */
final class Search {
  private Search() {}

  /** The first registration after that order that answers. */
  static <T> RouteTable.@Nullable Entry<T> first(Node<T> root, String path, String method, String host, int after) {
    return visit(root, path, 0, method, host, after, null, null);
  }

  private static <T> RouteTable.@Nullable Entry<T> visit(Node<T> from, String path, int start, String method,
      String host,
      int after, RouteTable.@Nullable Entry<T> found, @Nullable Spans spans) {
    Node<T> node = from;
    int at = start;
    RouteTable.Entry<T> best = found;
    while (true) {
      if (at == path.length()) {
        return atEnd(node, path, method, host, after, best, spans);
      }
      char c = path.charAt(at);
      if (!node.isStraight) {
        best = pick(node.anything, method, host, after, best);
        best = c == '/' ? pick(node.below, method, host, after, best) : best;
      }
      Node<T> child = node.child(c);
      boolean fits = child != null && isBefore(child.first, best) && path.startsWith(child.text, at);
      Node<T> plain = c == '/' ? null : node.plain;
      if (node.isStraight || (plain == null && node.edges.length == 0)) {
        if (!fits || child == null) {
          return best;
        }
        at += child.text.length();
        node = child;
        continue;
      }
      if (fits && child != null) {
        best = visit(child, path, at + child.text.length(), method, host, after, best, spans);
      }
      best = node.edges.length == 0 ? best : edges(node, path, at, method, host, after, best, spans);
      if (plain == null || !isBefore(plain.first, best)) {
        return best;
      }
      at = Step.segmentEnd(path, at);
      node = plain;
    }
  }

  private static <T> RouteTable.@Nullable Entry<T> atEnd(Node<T> node, String path, String method, String host,
      int after, RouteTable.@Nullable Entry<T> found, @Nullable Spans spans) {
    RouteTable.Entry<T> best = pick(node.ends, method, host, after, found);
    if (node.isStraight) {
      return best;
    }
    best = pick(node.anything, method, host, after, best);
    best = pick(node.below, method, host, after, best);
    return node.edges.length == 0 ? best : edges(node, path, path.length(), method, host, after, best, spans);
  }

  private static boolean isBefore(int order, RouteTable.@Nullable Entry<?> best) {
    return best == null || order < best.order();
  }

  private static <T> RouteTable.@Nullable Entry<T> pick(RouteTable.Entry<T>[] entries, String method, String host,
      int after, RouteTable.@Nullable Entry<T> best) {
    for (RouteTable.Entry<T> entry : entries) {
      if (!isBefore(entry.order(), best)) {
        return best;
      }
      if (entry.order() > after && entry.answers(method, host)) {
        return entry;
      }
    }
    return best;
  }

  private static <T> RouteTable.@Nullable Entry<T> edges(Node<T> node, String path, int at, String method, String host,
      int after, RouteTable.@Nullable Entry<T> found, @Nullable Spans spans) {
    RouteTable.Entry<T> best = found;
    for (Node.Edge<T> edge : node.edges) {
      if (!isBefore(edge.next().first, best)) {
        continue;
      }
      switch (edge.step()) {
        case Step.Holes holes -> {
          int end = holes.end(path, at);
          if (end != Step.NONE) {
            best = visit(edge.next(), path, end, method, host, after, best, spans);
          }
        }
        case Step.Spanning value when !value.expression().mayHoldSlash() -> {
          int end = Step.segmentEnd(path, at);
          if (value.fits(path, at, end)) {
            best = visit(edge.next(), path, end, method, host, after, best, spans);
          }
        }
        case Step.Spanning value -> best = new Spans(spans).visit(edge, value, path, at, method, host, after, best);
        default -> throw new AssertionError("no other step is an edge");
      }
    }
    return best;
  }

  /** The values of expressions on the way, and from where what follows them was entered already. */
  private static final class Spans {
    private final Effort effort;
    private final Map<Node.Edge<?>, BitSet> entered;

    Spans(@Nullable Spans above) {
      effort = above == null ? new Effort() : above.effort;
      entered = above == null ? new IdentityHashMap<>() : above.entered;
    }

    /** Tries each end of the value, the longest first. From an end that was tried once there is nothing new to be found. */
    <T> RouteTable.@Nullable Entry<T> visit(Node.Edge<T> edge, Step.Spanning value, String path, int from,
        String method, String host, int after, RouteTable.@Nullable Entry<T> found) {
      RouteTable.Entry<T> best = found;
      BitSet ends = entered.computeIfAbsent(edge, _ -> new BitSet());
      int shortest = edge.next().isLeaf() ? path.length() : from;
      for (int end = path.length(); end >= shortest; end = value.shorter(path, from, end)) {
        if (!isBefore(edge.next().first, best)) {
          break;
        }
        if (!ends.get(end) && effort.allows(value.expression(), end - from) && value.fits(path, from, end)) {
          ends.set(end);
          best = Search.visit(edge.next(), path, end, method, host, after, best, this);
        }
      }
      return best;
    }
  }
}
