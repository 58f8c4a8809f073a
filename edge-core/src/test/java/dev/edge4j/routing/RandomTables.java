package dev.edge4j.routing;

import dev.edge4j.routing.ReferenceMatcher.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Makes tables of patterns that are not refused, and paths that hit them more often than chance does. Expressions stay within what
 * {@link ReferenceExpressions} knows.
 */
final class RandomTables {
  /** Something a pattern may be made of, with texts that it may match; {@code @} stands for a name. */
  private record Piece(String pattern, String... values) {}

  /** A pattern and a path that may match it. */
  record Made(String pattern, String path) {}

  private static final List<Piece> INSIDE = List.of(new Piece("a", "a"), new Piece("a", "a"), new Piece("b", "b"),
      new Piece("ab", "ab"), new Piece("a.b", "a.b", "axb"), new Piece("", ""), new Piece("a\\:b", "a:b"),
      new Piece("\\*", "*"), new Piece("at:1", "at:1"), new Piece("a{b}?", "a{b}?"), new Piece("a\\b", "a\\b"),
      new Piece(":@", "a", "1", "b"), new Piece(":@", "a", "ab", ""), new Piece(":@", "1", "a-b-c"),
      new Piece("*", "a", "b", ""), new Piece("*", "b", "1"), new Piece(":@.json", "1.json", "a.json.json", ".json"),
      new Piece("file-:@", "file-1", "file-", "file-a-b"), new Piece(":@-:@", "a-b-c", "--", "---", "a-"),
      new Piece("v:@.:@-x", "v1.2-x", "v...-x", "v1.2-x-x"), new Piece(":@\\-b", "a-b", "b-b-b"),
      new Piece(":@{[0-9]+}", "1", "12"), new Piece(":@{[a-z]+}", "a", "ab"),
      new Piece(":@{[0-9]+}.json", "1.json", ".json"), new Piece("a:@{[a-z]*}", "ab", "a"),
      new Piece(":@{.+}", "a/b", "a", "1//b"), new Piece(":@{.*}", "", "a/b/", "/"), new Piece(":@{.+?}", "a/b", "1"),
      new Piece(":@{.+}.js", "a/b.js", "x.js", ".js"), new Piece("a:@{.*}b", "ab", "a/b", "axb", "aab"),
      new Piece(":@{a|ab|a/b}", "a", "ab", "a/b"), new Piece(":@{[^/]+/[^/]+}", "a/b", "b/1"),
      new Piece(":@{(?:a|b){2}}", "ab", "ba"));

  private static final List<Piece> ENDS = List.of(new Piece("", ""), new Piece("", ""), new Piece("", ""),
      new Piece("", ""), new Piece("/", "/"), new Piece("/*", "", "/", "/a/b"), new Piece("/*", "", "/a", "//b"),
      new Piece("/*@", "", "/", "/a/b"), new Piece("/*@", "/a", "//b/"), new Piece("/a*", "/a", "/ab/b", "/b"),
      new Piece("/file-*", "/file-", "/file-1/b"), new Piece("/\\:*", "/:", "/:/"), new Piece("/:@?", "", "/a", "/"),
      new Piece("/:@?/:@?", "", "/a", "/a/b"), new Piece("/:@{[0-9]+}?", "", "/1", "/a"),
      new Piece("/:@{.*}?", "", "/", "/a/b"), new Piece("/:@{.+}", "/a/b", "/a/"));

  private static final List<Piece> WHOLE = List.of(new Piece("*", "", "/", "/a/b", "a", "*"),
      new Piece("/*", "/", "/a", "a/b"), new Piece("/*@", "/", "/a//b", "a/b"), new Piece("/", "/"),
      new Piece("/:@?", "/", "/a"), new Piece("/a*", "/a/b"), new Piece("/*/:@?", "/a", "/a/b", "/a/b/1"),
      new Piece("a", "a"), new Piece("a/:@", "a/b"));

  private static final List<String> VALUES = List.of("a", "a", "b", "ab", "a.b", "axb", "1", "12", "", "", "1.json",
      "a.json", ".json", "file-1", "file-", "a-b-c", "a-b", "-", "--", "v1.2-x", "x.js", "a:b", ":x", "*", "at:1",
      "a{b}?", "a\\b", "é");

  private static final List<String> NAMES = List.of("x", "y", "z", "post-id", "user_id", "_q", "a-b-c", "X9", "é");
  private static final List<String> METHODS = List.of("GET", "GET", "POST", "*");

  private final Random random;

  RandomTables(Random random) {
    this.random = random;
  }

  Random random() {
    return random;
  }

  /** One to that many rules, each with the value {@code h} and its place. */
  List<Rule> rules(List<Made> made) {
    List<Rule> rules = new ArrayList<>();
    made.forEach(one -> rules.add(new Rule(any(METHODS), one.pattern(), "h" + rules.size())));
    return rules;
  }

  List<Made> patterns(int most) {
    List<Made> made = new ArrayList<>();
    for (int i = random.nextInt(most); i >= 0; i--) {
      made.add(pattern());
    }
    return made;
  }

  Made pattern() {
    StringBuilder pattern = new StringBuilder();
    StringBuilder path = new StringBuilder();
    if (random.nextInt(12) == 0) {
      add(any(WHOLE), pattern, path);
    } else {
      for (int i = random.nextInt(4); i > 0; i--) {
        add(new Piece("/", "/"), pattern, path);
        add(any(INSIDE), pattern, path);
      }
      add(any(ENDS), pattern, path);
    }
    return pattern.isEmpty() ? new Made("/", "/") : new Made(named(pattern.toString()), path.toString());
  }

  private void add(Piece piece, StringBuilder pattern, StringBuilder path) {
    pattern.append(piece.pattern());
    path.append(any(List.of(piece.values())));
  }

  /** Each place of a name gets one of its own, for two parameters of one name are refused. */
  private String named(String template) {
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    String pattern = template;
    while (pattern.contains("@")) {
      pattern = pattern.replaceFirst("@", names.isEmpty() ? "n" + pattern.indexOf('@') : names.removeLast());
    }
    return pattern;
  }

  /** Any path, the one that was made with a pattern, or that one with a small mistake. */
  String path(List<Made> made) {
    String aimed = any(made).path();
    return switch (random.nextInt(6)) {
      case 0, 1 -> aimed;
      case 2 -> aimed + any(List.of("/", "b", "/a", ".json"));
      case 3 -> aimed.isEmpty() ? "" : aimed.substring(0, aimed.length() - 1);
      default -> anyPath();
    };
  }

  private String anyPath() {
    String path = random.ints(1 + random.nextInt(4), 0, VALUES.size())
        .mapToObj(i -> "/" + VALUES.get(i))
        .collect(Collectors.joining());
    return random.nextInt(40) == 0 ? path.substring(1) : path;
  }

  <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
