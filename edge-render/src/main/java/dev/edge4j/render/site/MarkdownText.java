package dev.edge4j.render.site;

import dev.edge4j.render.head.Site;
import java.util.regex.Pattern;

/**
 * Text as it may stand in Markdown (CommonMark 0.31, tables and autolinks of GFM): it is read as these words and nothing else, neither as emphasis, link, image,
 * code, HTML or character reference, nor, at the beginning of a line, as heading, quote, list, rule or table. White space, line ends among it, becomes one
 * space, and control characters are dropped, since a line end would begin a new block.
 *
 * <p>For running text. Within backticks nothing can be escaped; the destination of a link wants {@link #destination}.
 */
public final class MarkdownText {
  /** What means something wherever it stands. */
  private static final String ALWAYS = "\\`*_[]<>&|~";
  /** What means something where a line, or a word, begins. */
  private static final String LEADING = "#+-=:.)!";

  /** What would be read as a character reference. */
  private static final Pattern REFERENCE = Pattern.compile("&(?=#?[A-Za-z0-9]+;)");

  private MarkdownText() {}

  /** The text, escaped with backslashes where it has to be. */
  public static String escape(String text) {
    String words = words(text);
    var escaped = new StringBuilder(words.length() + 16);
    boolean leading = true; // nothing but digits and what could open a block has been seen
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (ALWAYS.indexOf(c) >= 0 || (LEADING.indexOf(c) >= 0 && (leading || isMark(words, i)))) {
        escaped.append('\\');
      }
      escaped.append(c);
      leading &= c == ' ' || Character.isDigit(c) || LEADING.indexOf(c) >= 0;
    }
    return escaped.toString();
  }

  /** One space for white space, none at the beginning; without control characters. */
  private static String words(String text) {
    var words = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || c == '\u0085' || (c == '\u00A0' && words.isEmpty())) {
        if (!words.isEmpty() && words.charAt(words.length() - 1) != ' ') {
          words.append(' ');
        }
      } else if (!Character.isISOControl(c)) {
        words.append(c);
      }
    }
    return words.toString();
  }

  /** A {@code #} behind a space ends a heading; {@code ://} and {@code www.} make a link in GFM. */
  private static boolean isMark(String words, int at) {
    return switch (words.charAt(at)) {
      case '#' -> at > 0 && words.charAt(at - 1) == ' ';
      case ':' -> words.startsWith("//", at + 1);
      case '.' -> at >= 3 && words.regionMatches(true, at - 3, "www", 0, 3);
      default -> false;
    };
  }

  /** A link: the words, escaped, and where they lead, an address that {@link Site#absolute} takes. */
  public static String link(Site site, String words, String address) {
    return "[" + escape(words) + "](" + destination(site, address) + ")";
  }

  /** Where a link leads, absolute, since whoever reads Markdown has no page that it is relative to. */
  public static String destination(Site site, String address) {
    return REFERENCE.matcher(site.absolute(address).replace("(", "%28").replace(")", "%29")).replaceAll("\\\\&");
  }
}
