package dev.edge4j.routing;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/**
 * The expression of a parameter. One class of characters with a quantifier, which is what most are, is looked at directly; everything
 * else is left to RE2, whose time is linear in the value, and only what RE2 cannot state to a bounded {@code java.util.regex}.
 */
sealed interface Expression permits CharacterRun, Expression.Linear, Backtracking {
  /** The expression as it was written. Two of the same text mean the same. */
  String text();

  /** Whether it matches the whole of that part of the path. */
  boolean matches(String path, int from, int to);

  /** False if no value that holds a slash can match; true if one can, or if that is not known. */
  boolean mayHoldSlash();

  /** What a character costs it, where one that is looked at directly costs 1; roughly, as {@link Effort} counts. */
  int weight();

  /** Compiles an expression; throws {@link java.util.regex.PatternSyntaxException} if no engine can. */
  static Expression compile(String text) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      return new Backtracking(text, java.util.regex.Pattern.compile(text), true);
    }
    Optional<CharacterRun> run = CharacterRun.read(text);
    return run.isPresent() ? run.get() : new Linear(text, pattern, SlashCheck.mayHoldSlash(text));
  }

  /** What RE2 matches. */
  record Linear(String text, Pattern pattern, boolean mayHoldSlash) implements Expression {
    @Override
    public boolean matches(String path, int from, int to) {
      return pattern.matches(path.substring(from, to));
    }

    @Override
    public int weight() {
      return 8;
    }
  }
}
