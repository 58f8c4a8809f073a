package dev.edge4j.examples.shop.text;

import java.util.Set;
import java.util.regex.Pattern;

/** What may stand in text that others are shown. */
public final class Typed {
  /** Some languages write words with these, and emoji are joined by them: joiner and non-joiner of no width. */
  private static final Set<Integer> JOINERS = Set.of(0x200C, 0x200D);

  /** Letters and a symbol by their category, and yet nothing: the fillers of Hangul, Braille without a dot. */
  private static final Set<Integer> BLANK = Set.of(0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800);

  /** Marks, embeddings, overrides and isolates of the bidirectional algorithm (UAX 9 section 2): they turn what stands behind them too. */
  private static final Pattern TURNING = Pattern.compile("[\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

  /** Controls of ASCII and of Latin-1, and the two separators that Unicode has added to them. */
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

  private Typed() {}

  /** True if there is something to see in it, on one line, and nothing hidden beside it. */
  public static boolean isLine(String text) {
    return isVisible(text) && text.codePoints().noneMatch(Typed::isHidden);
  }

  /** True if there is something to see in it. */
  public static boolean isVisible(String text) {
    return text.codePoints().anyMatch(Typed::isSeen);
  }

  /** True if it can turn the direction of what stands around it. */
  public static boolean turns(String text) {
    return TURNING.matcher(text).find();
  }

  /** The same with a space for each line break, tab or other control in a row, and none around it. */
  public static String withoutControls(String text) {
    return CONTROLS.matcher(text).replaceAll(" ").strip();
  }

  /** What turns directions is of {@link Character#FORMAT} as well. */
  private static boolean isHidden(int ch) {
    return switch (Character.getType(ch)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
      case Character.FORMAT -> !JOINERS.contains(ch);
      default -> false;
    };
  }

  /** A mark alone, an accent say, is nothing that anybody could read. */
  private static boolean isSeen(int ch) {
    return switch (Character.getType(ch)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK -> false;
      default -> !BLANK.contains(ch);
    };
  }
}
