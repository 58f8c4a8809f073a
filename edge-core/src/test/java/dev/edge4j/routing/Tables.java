package dev.edge4j.routing;

import dev.edge4j.routing.ReferenceMatcher.Answer;
import dev.edge4j.routing.ReferenceMatcher.Rule;
import java.util.List;

/** Compiled tables, spoken to in the reference matcher's words. */
final class Tables {
  private Tables() {}

  static RouteTable<String> of(List<Rule> rules) {
    RouteTable.Builder<String> builder = RouteTable.builder();
    rules.forEach(rule -> builder.add(rule.method(), PathPattern.parse(rule.pattern()), rule.value()));
    return builder.build();
  }

  static List<Answer> match(List<Rule> rules, String method, String path) {
    return of(rules).all(method, path)
        .stream()
        .map(entry -> new Answer(entry.value(), entry.pattern().params(path).toMap()))
        .toList();
  }
}
