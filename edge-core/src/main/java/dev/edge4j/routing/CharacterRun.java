package dev.edge4j.routing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many characters of one set: {@code [0-9]+}, {@code \d{4}}, {@code .*}.
 *
 * @param least how many there are at the least
 * @param most how many at the most
 */
record CharacterRun(String text, CharacterSet set, int least, int most) implements Expression {
  private static final Pattern SHAPE = Pattern.compile(
      "(?<set>\\.|\\\\[dw]|\\[(?<inside>\\^?(?:[^\\\\\\[\\]]|\\\\.)+)])(?<times>[+*]\\??|\\{(?<least>\\d{1,3})(?<more>,(?<most>\\d{1,3})?)?})?");

  /** Reads an expression of this shape; empty if it is of another. */
  static Optional<CharacterRun> read(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      return Optional.empty();
    }
    String inside = shape.group("inside");
    Optional<CharacterSet> set = inside != null ? CharacterSet.ofBrackets(inside)
        : Optional.of(switch (shape.group(
            "set")) {
          case "." -> CharacterSet.DOT;
          case "\\d" -> CharacterSet.DIGITS;
          default -> CharacterSet.WORD;
        });
    return set.flatMap(s -> times(text, s, shape));
  }

  private static Optional<CharacterRun> times(String text, CharacterSet set, Matcher shape) {
    String times = shape.group("times");
    if (times != null && (times.startsWith("+") || times.startsWith("*"))) {
      return Optional.of(new CharacterRun(text, set, times.startsWith("+") ? 1 : 0, Integer.MAX_VALUE));
    }
    if (set.others()) {
      return Optional.empty(); // A count is of code points, and some of them are two characters.
    }
    if (times == null) {
      return Optional.of(new CharacterRun(text, set, 1, 1));
    }
    int least = Integer.parseInt(shape.group("least"));
    String most = shape.group("most");
    int upper = most != null ? Integer.parseInt(most) : shape.group("more") != null ? Integer.MAX_VALUE : least;
    return Optional.of(new CharacterRun(text, set, least, upper));
  }

  @Override
  public boolean matches(String path, int from, int to) {
    int length = to - from;
    if (length < least || length > most) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (!set.contains(path.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean mayHoldSlash() {
    return set.contains('/');
  }

  @Override
  public int weight() {
    return 1;
  }
}
