package dev.edge4j.routing;

import dev.edge4j.routing.ReferencePattern.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a list of registrations means: each one is tried on its own, in the order of registration. */
final class ReferenceMatcher {
  /** A registration; method {@code *} stands for every method. */
  record Rule(String method, String pattern, String value) {
    boolean answers(String asked) {
      return method.equals("*") || method.equals(asked);
    }
  }

  record Answer(String value, Map<String, String> params) {}

  private ReferenceMatcher() {}

  /** Every rule that answers, in the order of the rules. Throws {@link Refused} if the pattern of one is malformed. */
  static List<Answer> match(List<Rule> rules, String method, String path) {
    List<Answer> answers = new ArrayList<>();
    for (Rule rule : rules) {
      var params = ReferencePattern.of(rule.pattern()).params(path);
      if (rule.answers(method) && params.isPresent()) {
        answers.add(new Answer(rule.value(), params.get()));
      }
    }
    return answers;
  }

  /** Why a pattern is refused; empty if it is not. */
  static Optional<String> refusal(String pattern) {
    try {
      ReferencePattern.of(pattern);
      return Optional.empty();
    } catch (Refused e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
