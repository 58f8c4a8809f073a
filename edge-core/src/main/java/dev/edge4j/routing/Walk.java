package dev.edge4j.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One lookup: a depth-first walk over every branch that fits the path, since every matching registration counts and not only the
 * first. Values are remembered as index pairs into the path.
 *
 * <p>A value that may hold slashes is tried longest first, and the first way found to a route is kept: the earlier a parameter
 * stands, the longer it is. What lies below a node depends only on where in the path it was reached, so a regex branch below
 * another enters each position once: the walk stays within nodes times positions, however many expressions a pattern holds.
 */
final class Walk<T> {
  private static final int[] NO_BOUNDS = {};

  private final String path;
  private final Predicate<Route<T>> wanted;
  private final List<RouteMatch<T>> found = new ArrayList<>();
  private int[] bounds = NO_BOUNDS;
  private @Nullable IdentityHashMap<Node.RegexBranch<T>, BitSet> entered;

  Walk(String path, Predicate<Route<T>> wanted) {
    this.path = path;
    this.wanted = wanted;
  }

  /** Every wanted route that matches, one per registration, in registration order. */
  List<RouteMatch<T>> from(Node<T> root) {
    visit(root, -1, 0);
    return found;
  }

  /**
   * Looks on from a node.
   *
   * @param end where the last segment ended: at a slash or at the end of the path; -1 before the first segment
   * @param depth how many of {@link #bounds} are set
   */
  private void visit(Node<T> node, int end, int depth) {
    take(node.rest(), depth);
    if (end == path.length()) {
      take(node.ends(), depth);
      return;
    }
    int start = end + 1;
    int slash = path.indexOf('/', start);
    int next = slash < 0 ? path.length() : slash;
    if (!node.literals().isEmpty()) {
      Node<T> literal = node.literals().get(path.substring(start, next));
      if (literal != null) {
        visit(literal, next, depth);
      }
    }
    if (node.single() != null && next > start) {
      visit(node.single(), next, capture(depth, start, next));
    }
    for (Node.RegexBranch<T> branch : node.regexes()) {
      tryValues(branch, start, depth);
    }
    for (Node.PrefixBranch<T> branch : node.prefixes()) {
      if (path.startsWith(branch.text(), start)) {
        take(branch.routes(), depth);
      }
    }
  }

  private void tryValues(Node.RegexBranch<T> branch, int start, int depth) {
    var matcher = branch.pattern().matcher(path);
    int shortest = branch.next().isLeaf() ? path.length() : start;
    for (int end = path.length(); end >= shortest; end = path.lastIndexOf('/', end - 1)) {
      if (!hasEntered(branch, end) && matcher.region(start, end).matches()) {
        enter(branch, end, capture(depth, start, end));
      }
    }
  }

  private void enter(Node.RegexBranch<T> branch, int end, int depth) {
    if (branch.isNested()) {
      positions(branch).set(end);
    }
    visit(branch.next(), end, depth);
  }

  private boolean hasEntered(Node.RegexBranch<T> branch, int end) {
    return branch.isNested() && positions(branch).get(end);
  }

  private BitSet positions(Node.RegexBranch<T> branch) {
    if (entered == null) {
      entered = new IdentityHashMap<>();
    }
    return entered.computeIfAbsent(branch, _ -> new BitSet());
  }

  private int capture(int depth, int start, int end) {
    if (bounds.length < depth + 2) {
      bounds = Arrays.copyOf(bounds, Math.max(8, 2 * bounds.length));
    }
    bounds[depth] = start;
    bounds[depth + 1] = end;
    return depth + 2;
  }

  private void take(List<Route<T>> routes, int depth) {
    int[] kept = NO_BOUNDS;
    for (Route<T> route : routes) {
      if (wanted.test(route)) {
        kept = kept.length == depth ? kept : Arrays.copyOf(bounds, depth);
        keep(new RouteMatch<>(route, path, kept));
      }
    }
  }

  /** Puts a match in its place; of two by the same registration the variant of lower rank stays, or the one found first. */
  private void keep(RouteMatch<T> match) {
    Route<T> route = match.route();
    int place = found.size();
    while (place > 0 && found.get(place - 1).route().order() > route.order()) {
      place--;
    }
    if (place == 0 || found.get(place - 1).route().order() < route.order()) {
      found.add(place, match);
    } else if (route.rank() < found.get(place - 1).route().rank()) {
      found.set(place - 1, match);
    }
  }
}
