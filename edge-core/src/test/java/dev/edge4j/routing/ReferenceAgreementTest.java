package dev.edge4j.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.routing.ReferenceMatcher.Answer;
import dev.edge4j.routing.ReferenceMatcher.Rule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** On every table and request, the compiled table answers what the reference answers: values, order and parameters. */
class ReferenceAgreementTest {
  private static final List<String> SEGMENTS = List.of("a", "a", "b", "ab", "a.b", ":x", ":x", ":y", ":x{[a-z]+}",
      ":y{[a-z]+}", ":x{[0-9]+}", ":z{.+}", ":z{.*}", ":v{a|ab|a/b}", ":u{[^/]+/[^/]+}", ":l{.+?}", "*", "*", "a*", "");
  private static final List<String> ENDS = List.of("", "", "", "", "/", "/*", "/*", "/a*", "/*a", "/:o?", "/:o?/:x?",
      "/:o{[0-9]+}?", "/:z{.+}");
  private static final List<String> VALUES = List.of("a", "a", "b", "ab", "a.b", "axb", "abc", "1", "12", "");
  private static final List<String> METHODS = List.of("GET", "POST", RouteTable.ANY);

  @Property(tries = 10_000)
  void matchesAsTheReference(@ForAll("tables") List<Rule> rules, @ForAll("paths") String path) {
    List<Answer> expected = ReferenceMatcher.match(rules, "GET", path);
    assertEquals(inOrder(expected), inOrder(Tables.match(rules, "GET", path)));
    Statistics.label("answers").collect(Math.min(expected.size(), 3));
    Statistics.label("answers").coverage(c -> c.check(3).percentage(p -> p > 5));
    Statistics.label("parameters").collect(expected.stream().anyMatch(a -> a.params().size() > 1));
    Statistics.label("parameters").coverage(c -> c.check(true).percentage(p -> p > 5));
  }

  @Property(tries = 2_000)
  void namesTheMethodsThatTheReferenceFinds(@ForAll("tables") List<Rule> rules, @ForAll("paths") String path) {
    Set<String> expected = new LinkedHashSet<>();
    for (Rule rule : rules) {
      if (!rule.method().equals(RouteTable.ANY)
          && !ReferenceMatcher.match(List.of(rule), rule.method(), path).isEmpty()) {
        expected.add(rule.method());
      }
    }
    assertEquals(List.copyOf(expected), List.copyOf(Tables.of(rules).methods(path)));
  }

  @Property(tries = 10_000)
  void readsOddPatternsAsTheReferenceOrRefusesThem(@ForAll("scribbles") String pattern, @ForAll("paths") String path) {
    List<Rule> rules = List.of(new Rule("GET", pattern, "h"));
    List<Answer> answers;
    try {
      answers = Tables.match(rules, "GET", path);
    } catch (PatternException e) {
      Statistics.collect("refused");
      return;
    }
    Statistics.collect("read");
    Statistics.coverage(c -> c.check("read").percentage(p -> p > 20));
    assertEquals(inOrder(ReferenceMatcher.match(rules, "GET", path)), inOrder(answers));
  }

  /** Equality of maps does not see the order of their entries. */
  private static String inOrder(List<Answer> answers) {
    return answers.stream().map(Answer::toString).collect(Collectors.joining("\n"));
  }

  @Provide
  Arbitrary<List<Rule>> tables() {
    Arbitrary<String> methods = Arbitraries.of(METHODS);
    return Combinators.combine(methods, patterns())
        .as((method, pattern) -> new Rule(method, pattern, ""))
        .list()
        .ofMinSize(1)
        .ofMaxSize(10)
        .map(ReferenceAgreementTest::numbered);
  }

  private static List<Rule> numbered(List<Rule> rules) {
    List<Rule> numbered = new ArrayList<>();
    rules.forEach(rule -> numbered.add(new Rule(rule.method(), rule.pattern(), "h" + numbered.size())));
    return numbered;
  }

  private static Arbitrary<String> patterns() {
    Arbitrary<String> begin = joined(SEGMENTS, 0, 3);
    Arbitrary<String> whole = Combinators.combine(begin, Arbitraries.of(ENDS)).as(String::concat);
    return Arbitraries.frequencyOf(Tuple.of(12, whole.filter(p -> !p.isEmpty())),
        Tuple.of(1, Arbitraries.of("*", "/*", "/")));
  }

  @Provide
  Arbitrary<String> paths() {
    return joined(VALUES, 1, 5);
  }

  @Provide
  Arbitrary<String> scribbles() {
    return Arbitraries.of("/", "/", "/", ":", "a", "b", "{", "}", "?", "*", "\\", "[", "]", "/:x", "{.+}", "{a/b}",
        "{[}{]+}", "/:y{").list().ofMinSize(1).ofMaxSize(7).map(parts -> String.join("", parts));
  }

  private static Arbitrary<String> joined(List<String> segments, int least, int most) {
    return Arbitraries.of(segments)
        .list()
        .ofMinSize(least)
        .ofMaxSize(most)
        .map(list -> list.stream().map(segment -> "/" + segment).collect(Collectors.joining()));
  }
}
