package dev.edge4j.middleware.waf;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What one rule looks for: one of some literals, and right behind it, perhaps, an RE2 expression. All literals of a rule set are looked for in one pass,
 * and an expression is only tried where one of its literals stands, on the {@value #TAIL} characters behind it: that is what keeps the work
 * linear, and an ordinary request free of expressions. Literals and expressions are in lower case and see the {@link View} of a value.
 *
 * <p>Several rules may have the same number: they are variants of one, that are excepted and counted together.
 *
 * <p>A value, safe for use by many threads.
 */
public final class Rule {
  /** How many characters behind its literal an expression sees. */
  public static final int TAIL = 128;

  /** With it RE2/J stops at the first character that cannot match; told to look at the beginning alone, it would go on to the end. */
  private static final String ANCHOR = "^(?:";

  private static final String SQL_QUOTES = "'\"";

  private record Spec(int id, Severity severity, String what, List<String> literals, View view, Set<Place.Kind> places,
      Optional<Pattern> tail, String near, boolean first, boolean open) {}

  private final Spec spec;

  private Rule(Spec spec) {
    this.spec = spec;
  }

  /**
   * A rule that is satisfied by one of these literals anywhere in a value; one that begins with a letter, a digit or an underscore must stand at
   * the beginning of a word. {@link IllegalArgumentException} for a literal that is empty or not printable ASCII in lower case.
   *
   * @param id its number: the rules of {@link RuleSet#standard} have those of the Core Rule Set's families, 9xxxxx
   * @param what what it looks for, for the log
   */
  public static Rule of(int id, Severity severity, String what, String... literals) {
    if (literals.length == 0) {
      throw new IllegalArgumentException("rule " + id + ": no literal (expected: at least one)");
    }
    for (String literal : literals) {
      check(id, literal);
    }
    return new Rule(new Spec(id, severity, what, List.of(literals), View.PLAIN, EnumSet.allOf(Place.Kind.class),
        Optional.empty(), "", false, false));
  }

  private static void check(int id, String literal) {
    boolean lower = literal.chars().allMatch(c -> c >= ' ' && c < 127 && !(c >= 'A' && c <= 'Z'));
    if (literal.isEmpty() || !lower) {
      throw new IllegalArgumentException("rule " + id + ": literal \"" + literal
          + "\" (expected: printable ASCII in lower case)");
    }
  }

  /** With an RE2 expression that must match right behind the literal; {@link IllegalArgumentException} for what is none. */
  public Rule then(String expression) {
    try {
      return with(spec.view, spec.places, Optional.of(Pattern.compile(ANCHOR + expression + ")", Pattern.DOTALL)),
          spec.near,
          spec.first, spec.open);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("rule " + spec.id + ": " + expression + " (expected: an expression of RE2)",
          e);
    }
  }

  /** Sees that view of values in place of the plain one. */
  public Rule in(View view) {
    return with(view, spec.places, spec.tail, spec.near, spec.first, spec.open);
  }

  /** Looks at these parts of a request alone. */
  public Rule at(Place.Kind first, Place.Kind... more) {
    return with(spec.view, Set.copyOf(EnumSet.of(first, more)), spec.tail, spec.near, spec.first, spec.open);
  }

  /** Only where one of these characters stands within the 256 before the literal. */
  public Rule near(String characters) {
    return with(spec.view, spec.places, spec.tail, characters, spec.first, spec.open);
  }

  /** Only at the very beginning of a value. */
  public Rule first() {
    return with(spec.view, spec.places, spec.tail, spec.near, true, spec.open);
  }

  /**
   * Only where the quote that each literal begins with has no partner before it: {@code x' or 1=1}, but not {@code 'x' or y=1}.
   * {@link IllegalArgumentException} if a literal begins otherwise or holds that quote twice.
   */
  public Rule open() {
    for (String literal : spec.literals) {
      if (SQL_QUOTES.indexOf(literal.charAt(0)) < 0 || literal.indexOf(literal.charAt(0), 1) >= 0) {
        throw new IllegalArgumentException("rule " + spec.id + ": literal " + literal
            + " (expected: a quote at its beginning and no other)");
      }
    }
    return with(spec.view, spec.places, spec.tail, spec.near, spec.first, true);
  }

  private Rule with(View view, Set<Place.Kind> places, Optional<Pattern> tail, String near, boolean first,
      boolean open) {
    return new Rule(new Spec(spec.id, spec.severity, spec.what, spec.literals, view, places, tail, near, first, open));
  }

  public int id() {
    return spec.id;
  }

  public Severity severity() {
    return spec.severity;
  }

  /** What it looks for, for the log. */
  public String what() {
    return spec.what;
  }

  List<String> literals() {
    return spec.literals;
  }

  View view() {
    return spec.view;
  }

  boolean looksAt(Place.Kind kind) {
    return spec.places.contains(kind);
  }

  Optional<Pattern> tail() {
    return spec.tail;
  }

  String near() {
    return spec.near;
  }

  boolean isFirst() {
    return spec.first;
  }

  boolean isOpen() {
    return spec.open;
  }

  /** Two rules are equal if they look for the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Rule rule && rule.spec.equals(spec);
  }

  @Override
  public int hashCode() {
    return Objects.hash(spec.id, spec.literals);
  }

  @Override
  public String toString() {
    return spec.id + " " + spec.what;
  }
}
