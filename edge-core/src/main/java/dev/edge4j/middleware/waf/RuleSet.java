package dev.edge4j.middleware.waf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rules as they are looked for together: data, made once, at the start. Immutable, safe for use by many threads.
 *
 * <p>{@link #standard} is a first set, written for few false alarms. Another one is a list of {@link Rule}, from wherever it comes.
 */
public final class RuleSet {
  private final List<Rule> rules;
  private final Rule[] byLiteral;
  private final int[] lengths;
  private final Automaton automaton;
  private final Set<Seen> seen = new HashSet<>();

  private record Seen(View view, Place.Kind kind) {}

  private RuleSet(List<Rule> rules) {
    this.rules = rules;
    List<String> literals = new ArrayList<>();
    List<Rule> owners = new ArrayList<>();
    for (Rule rule : rules) {
      for (Place.Kind kind : Place.Kind.values()) {
        if (rule.looksAt(kind)) {
          seen.add(new Seen(rule.view(), kind));
        }
      }
      for (String literal : rule.literals()) {
        literals.add(literal);
        owners.add(rule);
      }
    }
    this.byLiteral = owners.toArray(Rule[]::new);
    this.lengths = literals.stream().mapToInt(String::length).toArray();
    this.automaton = Automaton.of(literals);
  }

  /**
   * The rules of the house: path traversal and files that are nobody's (930), shells (932), PHP, Java and templates (933, 934, 944), cross-site
   * scripting (941), SQL (942), addresses inside (931), scanners (913). The first three digits are the family's in the Core Rule Set, the others are our own.
   */
  public static RuleSet standard() {
    return Standard.SET;
  }

  /** These rules and no others. */
  public static RuleSet of(Collection<Rule> rules) {
    return new RuleSet(List.copyOf(rules));
  }

  /** With these rules besides. */
  public RuleSet plus(Rule... more) {
    return new RuleSet(Stream.concat(rules.stream(), Arrays.stream(more)).toList());
  }

  /** In the order they were given. */
  public List<Rule> rules() {
    return rules;
  }

  /** Whether any rule sees that view of values of that kind. */
  boolean has(View view, Place.Kind kind) {
    return seen.contains(new Seen(view, kind));
  }

  Automaton automaton() {
    return automaton;
  }

  /** Whose literal that is. */
  Rule owner(int literal) {
    return byLiteral[literal];
  }

  int length(int literal) {
    return lengths[literal];
  }

  /** Made when it is first asked for. */
  private static final class Standard {
    private static final RuleSet SET = of(Stream.of(FileRules.ALL, ShellRules.ALL, CodeRules.ALL, ScriptRules.ALL,
        SqlRules.ALL, NetworkRules.ALL).flatMap(List::stream).toList());
  }
}
