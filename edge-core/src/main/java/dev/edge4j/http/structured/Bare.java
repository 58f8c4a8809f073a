package dev.edge4j.http.structured;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Arrays;

/** A value without parameters (RFC 9651 section 3.3). Each refuses what its type cannot carry. */
public sealed interface Bare {
  /** A whole number of at most 15 digits (section 3.3.1). */
  record Whole(long value) implements Bare {
    static final long MAX = 999_999_999_999_999L;

    /** Refuses more digits. */
    public Whole {
      check(value >= -MAX && value <= MAX, "integer", value, "at most 15 digits");
    }
  }

  /** A number with at most 12 digits before the point and 3 behind it, to which it is rounded, half to even (section 3.3.2). */
  record Decimal(BigDecimal value) implements Bare {
    private static final BigDecimal LIMIT = new BigDecimal("1000000000000");

    /** Rounds, and refuses more digits. */
    public Decimal {
      value = value.setScale(3, RoundingMode.HALF_EVEN);
      check(value.abs().compareTo(LIMIT) < 0, "decimal", value, "at most 12 digits before the point");
    }
  }

  /** Printable ASCII in quotation marks (section 3.3.3). */
  record Text(String value) implements Bare {
    /** Refuses other characters: {@link Display} takes them. */
    public Text {
      check(value.chars().allMatch(c -> c >= ' ' && c < 127), "string", value, "printable ASCII");
    }
  }

  /** A short word (section 3.3.4). */
  record Token(String value) implements Bare {
    /** Refuses what is none. */
    public Token {
      check(Characters.isToken(value), "token", value, "a letter or asterisk, then token characters, colons, slashes");
    }
  }

  /**
   * Bytes, as Base64 between colons (section 3.3.5).
   *
   * @param value handed over, not copied: nobody may change them after this
   */
  record Binary(byte[] value) implements Bare {
    @Override
    public boolean equals(Object other) {
      return other instanceof Binary that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return "Binary[" + value.length + " bytes]";
    }
  }

  /** {@code ?1} or {@code ?0} (section 3.3.6). */
  record Flag(boolean value) implements Bare {
    static final Flag TRUE = new Flag(true);
  }

  /** A time in whole seconds (section 3.3.7). */
  record Time(Instant value) implements Bare {
    /** Cuts off what is less than a second. */
    public Time {
      value = Instant.ofEpochSecond(value.getEpochSecond());
      check(Math.abs(value.getEpochSecond()) <= Whole.MAX, "date", value, "at most 15 digits of seconds");
    }
  }

  /** Any text, percent-encoded as UTF-8 (section 3.3.8). */
  record Display(String value) implements Bare {
    /** Refuses a half of a surrogate pair alone, which UTF-8 cannot say. */
    public Display {
      check(value.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF), "display string", "(not shown)",
          "no unpaired surrogates");
    }
  }

  private static void check(boolean sound, String type, Object given, String expected) {
    if (!sound) {
      throw new IllegalArgumentException(type + ": " + given + " (expected: " + expected + ", RFC 9651 section 3.3)");
    }
  }
}
