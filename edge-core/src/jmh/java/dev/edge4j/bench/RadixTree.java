package dev.edge4j.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The floor: a naive radix tree over characters, as quick as it can be written down without cunning. Text comes before a
 * parameter and a parameter before a star, so it has neither order of registration nor expressions, optional parameters, prefixes
 * or text around parameters. Parameters are index pairs; a match without any is made once, at registration.
 */
final class RadixTree<T> {
  private final Node<T> root = new Node<>("");

  /** A value and where its parameters stand in the path. */
  record Match<T>(String method, T value, String path, String[] names, int[] bounds) {

    @Nullable
    String param(String name) {
      for (int i = 0; i < names.length; i++) {
        if (names[i].equals(name)) {
          return path.substring(bounds[2 * i], bounds[2 * i + 1]);
        }
      }
      return null;
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of a generic type
  private static final class Node<T> {
    String text;
    char[] firsts = {};
    Node<T>[] children = new Node[0];
    @Nullable Node<T> param;
    Match<T>[] ends = new Match[0];
    Match<T>[] stars = new Match[0];

    Node(String text) {
      this.text = text;
    }

    int child(char first) {
      for (int i = 0; i < firsts.length; i++) {
        if (firsts[i] == first) {
          return i;
        }
      }
      return -1;
    }

    /** The node below for this text; a node that shares only a part of it is split. */
    Node<T> below(String wanted) {
      if (wanted.isEmpty()) {
        return this;
      }
      int at = child(wanted.charAt(0));
      if (at < 0) {
        return hang(new Node<>(wanted));
      }
      Node<T> child = children[at];
      int common = 0;
      while (common < Math.min(wanted.length(), child.text.length())
          && wanted.charAt(common) == child.text.charAt(common)) {
        common++;
      }
      if (common < child.text.length()) {
        children[at] = new Node<>(wanted.substring(0, common));
        child.text = child.text.substring(common);
        children[at].hang(child);
      }
      return children[at].below(wanted.substring(common));
    }

    private Node<T> hang(Node<T> child) {
      firsts = Arrays.copyOf(firsts, firsts.length + 1);
      firsts[firsts.length - 1] = child.text.charAt(0);
      children = with(children, child);
      return child;
    }
  }

  private static <E> E[] with(E[] array, E element) {
    E[] longer = Arrays.copyOf(array, array.length + 1);
    longer[array.length] = element;
    return longer;
  }

  void add(String method, String pattern, T value) {
    Node<T> node = root;
    List<String> names = new ArrayList<>();
    int from = 0;
    for (int colon = pattern.indexOf(':'); colon >= 0; colon = pattern.indexOf(':', from)) {
      node = node.below(pattern.substring(from, colon));
      int slash = pattern.indexOf('/', colon);
      from = slash < 0 ? pattern.length() : slash;
      names.add(pattern.substring(colon + 1, from).intern());
      node.param = node.param == null ? new Node<>("") : node.param;
      node = node.param;
    }
    boolean isStar = pattern.endsWith("*");
    node = node.below(pattern.substring(from, pattern.length() - (isStar ? 1 : 0)));
    String[] named = names.toArray(String[]::new);
    Match<T> match = new Match<>(method, value, "", named, new int[2 * named.length]);
    if (isStar) {
      node.stars = with(node.stars, match);
    } else {
      node.ends = with(node.ends, match);
    }
  }

  @Nullable
  Match<T> find(String method, String path) {
    return find(root, method, path, 0, 0);
  }

  private static <T> @Nullable Match<T> find(Node<T> from, String method, String path, int start, int params) {
    Node<T> node = from;
    int at = start;
    while (at < path.length()) {
      int first = node.child(path.charAt(at));
      Node<T> child = first < 0 ? null : node.children[first];
      if (child == null || !path.startsWith(child.text, at)) {
        return other(node, method, path, at, params);
      }
      if (node.param != null || node.stars.length > 0) {
        Match<T> match = find(child, method, path, at + child.text.length(), params);
        return match == null ? other(node, method, path, at, params) : match;
      }
      at += child.text.length();
      node = child;
    }
    return leaf(node.ends, method, path);
  }

  /** What is left where no text leads on. */
  private static <T> @Nullable Match<T> other(Node<T> node, String method, String path, int at, int params) {
    if (node.param != null) {
      int slash = path.indexOf('/', at);
      int end = slash < 0 ? path.length() : slash;
      Match<T> match = end == at ? null : find(node.param, method, path, end, params + 1);
      if (match != null) {
        match.bounds[2 * params] = at;
        match.bounds[2 * params + 1] = end;
        return match;
      }
    }
    return leaf(node.stars, method, path);
  }

  private static <T> @Nullable Match<T> leaf(Match<T>[] matches, String method, String path) {
    for (Match<T> match : matches) {
      if (match.method.equals(method)) {
        return match.names.length == 0
            ? match
            : new Match<>(match.method, match.value, path, match.names, new int[2 * match.names.length]);
      }
    }
    return null;
  }
}
