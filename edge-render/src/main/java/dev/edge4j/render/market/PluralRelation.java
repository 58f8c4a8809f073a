package dev.edge4j.render.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;

/**
 * One relation of a plural rule (UTS 35 part 3 section 5.1.1): {@code i % 10 = 2..4}, {@code v != 0}.
 *
 * @param operand n (the number), i (its whole digits), v (how many digits behind the point), w (v without trailing zeros), f (those digits), t (f without trailing
 *        zeros), e (a compact exponent, always 0 here)
 * @param modulus what is taken of it; 0 for itself
 * @param equal whether it must be within the ranges, or must not
 * @param ranges what it is compared with
 */
record PluralRelation(char operand, int modulus, boolean equal, List<Range> ranges) {
  /** Whole numbers from one to another. */
  private record Range(int from, int to) {
    boolean holds(BigDecimal value) {
      return value.compareTo(BigDecimal.valueOf(from)) >= 0 && value.compareTo(BigDecimal.valueOf(to)) <= 0;
    }

    static Range parse(String text) {
      String[] ends = text.split("\\.\\.", -1);
      return new Range(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
    }
  }

  static PluralRelation parse(String text) {
    boolean equal = !text.contains("!=");
    String[] sides = text.split(" !?= ", -1);
    String[] left = sides[0].strip().split(" % ", -1);
    List<Range> ranges = Stream.of(sides[1].strip().split(",", -1)).map(Range::parse).toList();
    return new PluralRelation(left[0].charAt(0), left.length > 1 ? Integer.parseInt(left[1]) : 0, equal, ranges);
  }

  /** Whether it holds for a number that is not negative, as it is written. */
  boolean holds(BigDecimal written) {
    BigDecimal value = value(written);
    BigDecimal taken = modulus == 0 ? value : value.remainder(BigDecimal.valueOf(modulus));
    boolean whole = taken.stripTrailingZeros().scale() <= 0; // 1.5 is in no range, 1..2 is 1 and 2
    return equal == (whole && ranges.stream().anyMatch(range -> range.holds(taken)));
  }

  private BigDecimal value(BigDecimal written) {
    BigDecimal plain = written.scale() < 0 ? written.setScale(0) : written;
    return switch (operand) {
      case 'n' -> plain;
      case 'i' -> plain.setScale(0, RoundingMode.DOWN);
      case 'v' -> BigDecimal.valueOf(plain.scale());
      case 'w' -> BigDecimal.valueOf(Math.max(0, plain.stripTrailingZeros().scale()));
      case 'f' -> fraction(plain);
      case 't' -> fraction(plain.signum() == 0 ? BigDecimal.ZERO : stripped(plain));
      case 'e', 'c' -> BigDecimal.ZERO;
      default -> throw new IllegalStateException("operand of a plural rule: " + operand);
    };
  }

  private static BigDecimal stripped(BigDecimal plain) {
    BigDecimal stripped = plain.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static BigDecimal fraction(BigDecimal plain) {
    return plain.remainder(BigDecimal.ONE).movePointRight(plain.scale());
  }
}
