package dev.edge4j.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one node, and by recursion all below it, of the routes that are alike down to its depth. Names play no part in that:
 * {@code /:a/x} and {@code /:b/y} share their node.
 */
final class NodeCompiler<T> {
  private final Map<String, List<Route<T>>> literals = new LinkedHashMap<>();
  private final Map<String, List<Route<T>>> regexes = new LinkedHashMap<>();
  private final Map<String, List<Route<T>>> prefixes = new LinkedHashMap<>();
  private final List<Route<T>> singles = new ArrayList<>();
  private final List<Route<T>> rest = new ArrayList<>();
  private final List<Route<T>> ends = new ArrayList<>();
  private final int depth;
  private final boolean isBelowRegex;

  private NodeCompiler(int depth, boolean isBelowRegex) {
    this.depth = depth;
    this.isBelowRegex = isBelowRegex;
  }

  static <T> Node<T> root(List<Route<T>> routes) {
    return new NodeCompiler<T>(0, false).node(routes);
  }

  private Node<T> node(List<Route<T>> routes) {
    routes.forEach(route -> group(route).add(route));
    Map<String, Node<T>> texts = new LinkedHashMap<>();
    literals.forEach((text, group) -> texts.put(text, below(group)));
    return new Node<>(Map.copyOf(texts), singles.isEmpty() ? null : below(singles),
        regexes.values().stream().map(this::branch).toList(),
        prefixes.entrySet().stream().map(e -> new Node.PrefixBranch<>(e.getKey(), List.copyOf(e.getValue()))).toList(),
        List.copyOf(rest), List.copyOf(ends));
  }

  private List<Route<T>> group(Route<T> route) {
    List<Segment> segments = route.variant().segments();
    if (depth == segments.size()) {
      return ends;
    }
    return switch (segments.get(depth)) {
      case Segment.Literal literal -> literals.computeIfAbsent(literal.text(), _ -> new ArrayList<>());
      case Segment.Regex regex -> regexes.computeIfAbsent(regex.pattern().pattern(), _ -> new ArrayList<>());
      case Segment.Prefix prefix -> prefixes.computeIfAbsent(prefix.text(), _ -> new ArrayList<>());
      case Segment.Single _ -> singles;
      case Segment.Rest _ -> rest;
    };
  }

  private Node<T> below(List<Route<T>> group) {
    return new NodeCompiler<T>(depth + 1, isBelowRegex).node(group);
  }

  private Node.RegexBranch<T> branch(List<Route<T>> group) {
    var regex = (Segment.Regex) group.getFirst().variant().segments().get(depth);
    Node<T> next = new NodeCompiler<T>(depth + 1, true).node(group);
    return new Node.RegexBranch<>(regex.pattern(), next, isBelowRegex);
  }
}
