package dev.edge4j.routing;

import dev.edge4j.http.BadRequestException;
import java.util.regex.Pattern;

/**
 * An expression that RE2 cannot state, with look-around say. {@code java.util.regex} matches it, which may go back and forth over a
 * value without end, so the characters it reads are counted, and what is too much is refused.
 */
record Backtracking(String text, Pattern pattern, boolean mayHoldSlash) implements Expression {
  /** The engine goes down a level for each character of some expressions, and a stack has an end. */
  private static final int MAX_LENGTH = 1_000;
  private static final int MAX_READS = 50_000;

  @Override
  public boolean matches(String path, int from, int to) {
    if (to - from > MAX_LENGTH) {
      throw tooMuch();
    }
    try {
      return pattern.matcher(new Counted(path.substring(from, to))).matches();
    } catch (StackOverflowError e) { // groups in groups take several levels for each character; nothing is left half done
      throw tooMuch();
    }
  }

  @Override
  public int weight() {
    return MAX_READS / MAX_LENGTH;
  }

  private static BadRequestException tooMuch() {
    return new BadRequestException("path: too long to be matched with the expression of a route");
  }

  /** A text that lets itself be read so often and no more. */
  private static final class Counted implements CharSequence {
    private final String text;
    private int reads;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      reads++;
      if (reads > MAX_READS) {
        throw tooMuch();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
