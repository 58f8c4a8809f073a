package dev.edge4j.routing;

import dev.edge4j.routing.RandomTables.Made;
import dev.edge4j.routing.ReferenceMatcher.Rule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Asks the compiled table and the reference the same questions on random tables, and throws {@link AssertionError} with the smallest
 * table it finds where the answers differ. Counts what it saw, so that a check that saw nothing can be told from one that passed.
 */
public final class Agreement {
  private static final int REQUESTS = 5;

  private record Request(String method, String path) {}

  private final Map<String, Integer> seen;
  private final List<Rule> rules;
  private final List<ReferencePattern> references;
  private final List<PathPattern> patterns;
  private final RouteTable<String> table;
  private final List<List<Overlap>> overlaps;

  private Agreement(List<Rule> rules, Map<String, Integer> seen) {
    this.seen = seen;
    this.rules = rules;
    this.references = rules.stream().map(rule -> ReferencePattern.of(rule.pattern())).toList();
    this.patterns = rules.stream().map(rule -> PathPattern.parse(rule.pattern())).toList();
    RouteTable.Builder<String> builder = RouteTable.builder();
    for (int i = 0; i < rules.size(); i++) {
      builder.add(rules.get(i).method(), patterns.get(i), rules.get(i).value());
    }
    this.table = builder.build();
    this.overlaps = patterns.stream().map(one -> patterns.stream().map(one::overlap).toList()).toList();
  }

  /** Checks that many random tables; the same seed makes the same tables. */
  public static Map<String, Integer> check(long seed, int tables) {
    Map<String, Integer> seen = new ConcurrentSkipListMap<>();
    Optional<String> difference = LongStream.range(seed, seed + tables)
        .parallel()
        .mapToObj(each -> difference(each, seen))
        .flatMap(Optional::stream)
        .findAny();
    if (difference.isPresent()) {
      throw new AssertionError(difference.get());
    }
    return seen;
  }

  private static Optional<String> difference(long seed, Map<String, Integer> seen) {
    RandomTables random = new RandomTables(new Random(seed));
    List<Made> made = random.patterns(10);
    List<Rule> rules = random.rules(made);
    List<Request> requests = IntStream.range(0, REQUESTS)
        .mapToObj(_ -> new Request(random.any(List.of("GET", "POST", "PUT")), random.path(made)))
        .toList();
    return difference(rules, requests, seen).map(_ -> "seed " + seed + ", " + smallest(rules, requests));
  }

  private static String smallest(List<Rule> rules, List<Request> requests) {
    List<Rule> smaller = rules;
    for (Rule rule : rules) {
      List<Rule> without = smaller.stream().filter(other -> !other.equals(rule)).toList();
      if (!without.isEmpty() && difference(without, requests, new TreeMap<>()).isPresent()) {
        smaller = without;
      }
    }
    return smaller + ": " + difference(smaller, requests, new TreeMap<>()).orElseThrow();
  }

  /** What the table says otherwise than the reference; empty if they agree. */
  private static Optional<String> difference(List<Rule> rules, List<Request> requests, Map<String, Integer> seen) {
    try {
      Agreement agreement = new Agreement(rules, seen);
      return requests.stream().map(agreement::compare).flatMap(Optional::stream).findFirst();
    } catch (RuntimeException e) {
      return Optional.of("throws " + e);
    }
  }

  private Optional<String> compare(Request request) {
    String path = request.path();
    List<Optional<Map<String, String>>> params = references.stream().map(reference -> reference.params(path)).toList();
    Set<String> methods = new LinkedHashSet<>();
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      if (params.get(i).isPresent()) {
        if (!rules.get(i).method().equals("*")) {
          methods.add(rules.get(i).method());
        }
        if (rules.get(i).answers(request.method())) {
          expected.add(i);
        }
      }
    }
    count("answers", Math.min(expected.size(), 3));
    return Stream.of(differs("all", orders(table.all(request.method(), path)), expected),
        differs("find", orders(table.find(request.method(), path).stream().toList()), first(expected)),
        differs("methods", List.copyOf(table.methods(path)), List.copyOf(methods)), patterns(params, path),
        overlaps(params)).flatMap(Optional::stream).findFirst().map(difference -> request + " " + difference);
  }

  /** The places of the rules that answered; -1 where an entry is not the rule that it says it is. */
  private List<Integer> orders(List<RouteTable.Entry<String>> entries) {
    return entries.stream().map(entry -> {
      Rule rule = new Rule(entry.method(), entry.pattern().text(), entry.value());
      return rule.equals(rules.get(entry.order())) ? entry.order() : -1;
    }).toList();
  }

  private Optional<String> patterns(List<Optional<Map<String, String>>> params, String path) {
    for (int i = 0; i < patterns.size(); i++) {
      PathPattern pattern = patterns.get(i);
      boolean expected = params.get(i).isPresent();
      if (pattern.matches(path) != expected) {
        return Optional.of("matches of " + pattern.text() + " (expected: " + expected + ")");
      }
      Optional<Map<String, String>> got = params(pattern, path);
      if (!got.map(Agreement::inOrder).equals(params.get(i).map(Agreement::inOrder))) {
        return Optional.of("params of " + pattern.text() + ": " + got + " (expected: " + params.get(i) + ")");
      }
      count("parameters", Math.min(got.map(Map::size).orElse(0), 3));
    }
    return Optional.empty();
  }

  private static Optional<Map<String, String>> params(PathPattern pattern, String path) {
    PathParams params;
    try {
      params = pattern.params(path);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    Map<String, String> map = params.toMap();
    map.forEach((name, value) -> {
      if (!params.get(name).equals(Optional.of(value))) {
        throw new AssertionError(pattern.text() + " on " + path + ": " + name + " is " + params.get(name));
      }
    });
    return Optional.of(map);
  }

  /** Equality of maps does not see the order of their entries. */
  private static List<Map.Entry<String, String>> inOrder(Map<String, String> params) {
    return List.copyOf(params.entrySet());
  }

  private Optional<String> overlaps(List<Optional<Map<String, String>>> params) {
    for (int i = 0; i < patterns.size(); i++) {
      for (int j = 0; j < patterns.size(); j++) {
        Overlap overlap = overlaps.get(i).get(j);
        boolean first = params.get(i).isPresent();
        boolean second = params.get(j).isPresent();
        boolean wrong = switch (overlap) {
          case ALWAYS -> second && !first;
          case NEVER -> first && second;
          case SOMETIMES -> false;
        };
        if (wrong) {
          return Optional.of(patterns.get(i).text() + " over " + patterns.get(j).text() + " is not " + overlap);
        }
        if (i != j) {
          count("overlap", overlap);
        }
      }
    }
    return Optional.empty();
  }

  private void count(String what, Object value) {
    seen.merge(what + " " + value, 1, Integer::sum);
  }

  private static Optional<String> differs(String what, Object got, Object expected) {
    return got.equals(expected) ? Optional.empty()
        : Optional.of(what + ": " + got + " (expected: " + expected + ")");
  }

  private static List<Integer> first(List<Integer> orders) {
    return orders.stream().limit(1).toList();
  }
}
