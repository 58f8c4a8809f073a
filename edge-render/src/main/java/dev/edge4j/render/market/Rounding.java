package dev.edge4j.render.market;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How amounts of a currency are rounded.
 *
 * @param step what they are multiples of, in smallest units: 1 for none but these, 5 for Swiss cash, 100 for whole dollars
 * @param mode which way; what is halfway too
 */
public record Rounding(int step, RoundingMode mode) {
  /** To the smallest unit, halves away from zero: what is taught at school, and what the euro's regulation 1103/97 says. */
  public static final Rounding HALF_UP = new Rounding(1, RoundingMode.HALF_UP);

  /** Refuses a step of nothing. */
  public Rounding {
    if (step < 1) {
      throw new IllegalArgumentException("step of rounding: " + step + " (expected: at least 1 smallest unit)");
    }
  }

  /** To a multiple of so many smallest units, halves away from zero. */
  public static Rounding toMultiplesOf(int step) {
    return new Rounding(step, RoundingMode.HALF_UP);
  }

  /** The same, another way. */
  public Rounding withMode(RoundingMode newMode) {
    return new Rounding(step, newMode);
  }

  /** Rounds an amount in smallest units; {@link ArithmeticException} where it is too large. */
  long apply(BigDecimal minor) {
    BigDecimal steps = minor.divide(BigDecimal.valueOf(step), 0, mode);
    return Math.multiplyExact(steps.longValueExact(), (long) step);
  }
}
