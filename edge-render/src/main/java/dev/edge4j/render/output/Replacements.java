package dev.edge4j.render.output;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What ASCII characters are replaced by. Immutable; made once, and kept in a {@code static final} field: the arrays are constants to the
 * compiler then, as it trusts the components of a record, and no index into them is checked.
 *
 * @param special 1 for each character that is replaced
 * @param table what by
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and not public
public record Replacements(byte[] special, byte[] @Nullable [] table) {
  /** Replaces nothing. */
  public static final Replacements NONE = of(Map.of());

  private static final int SIZE = 128;
  private static final int MASK = SIZE - 1;

  /** A table of ASCII characters and what stands for them, in ASCII as well. */
  public static Replacements of(Map<Character, String> replaced) {
    var special = new byte[SIZE];
    byte[] @Nullable [] table = new byte[SIZE] @Nullable [];
    replaced.forEach((c, replacement) -> {
      special[c] = 1;
      table[c] = replacement.getBytes(US_ASCII);
    });
    return new Replacements(special, table);
  }

  /** The index of the first character from an index on that is replaced or not ASCII, or the length. */
  int plainRun(String text, int from) {
    byte[] flags = special;
    int end = text.length();
    int i = from;
    while (i < end) {
      char c = text.charAt(i);
      if (c >= SIZE || flags[c & MASK] != 0) {
        break;
      }
      i++;
    }
    return i;
  }

  byte @Nullable [] of(char c) {
    return c < SIZE ? table[c] : null;
  }
}
