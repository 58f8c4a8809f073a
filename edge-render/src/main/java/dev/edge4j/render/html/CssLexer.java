package dev.edge4j.render.html;

import dev.edge4j.render.output.Output;
import dev.edge4j.render.template.Place;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CSS, as far as its tokens decide about values (CSS Syntax 3): a value may be that of a property or a part of a string in one.
 *
 * @param depth of braces; a {@code style} attribute begins at one
 * @param value whether a colon stands in front, with no semicolon or brace since
 * @param word the letters right in front
 * @param url of how many parentheses the one of {@code url(} is, 0 if none is open
 */
record CssLexer(Mode mode, int depth, boolean value, String word, int parentheses, int url) implements Lexer {
  enum Mode {
    CODE, SINGLE, DOUBLE, ESCAPE_SINGLE, ESCAPE_DOUBLE, SLASH, COMMENT, STAR
  }

  static final CssLexer SHEET = new CssLexer(Mode.CODE, 0, false, "", 0, 0);
  static final CssLexer ATTRIBUTE = new CssLexer(Mode.CODE, 1, false, "", 0, 0);

  /** Words, numbers, colors, lists: neither quotes nor braces nor a backslash. Parentheses of functions that load nothing, and no comment. */
  private static final Pattern SAFE = Pattern.compile("[\\w#.,%+\\s-]*");
  private static final Pattern FUNCTION = Pattern.compile(
      "(?!.*(?:/\\*|\\*/))(?:rgb|rgba|hsl|hsla|hwb|lab|lch|oklab|oklch|color|calc|min|max|clamp|var)\\([\\w#.,%+\\s/*-]*\\)",
      Pattern.DOTALL);
  private static final Set<String> LOADING = Set.of("url", "src", "image", "image-set", "-webkit-image-set");
  /** No property knows it, so the declaration is ignored. */
  private static final String BLOCKED = "edge-blocked";

  @Override
  public Lexer next(char c, Place place) {
    return switch (mode) {
      case CODE -> code(c);
      case SLASH -> c == '*' ? in(Mode.COMMENT) : in(Mode.CODE).next(c, place);
      case COMMENT -> c == '*' ? in(Mode.STAR) : this;
      case STAR -> c == '/' ? in(Mode.CODE) : c == '*' ? this : in(Mode.COMMENT);
      case SINGLE -> c == '\'' ? in(Mode.CODE) : c == '\\' ? in(Mode.ESCAPE_SINGLE) : this;
      case DOUBLE -> c == '"' ? in(Mode.CODE) : c == '\\' ? in(Mode.ESCAPE_DOUBLE) : this;
      case ESCAPE_SINGLE -> in(Mode.SINGLE);
      case ESCAPE_DOUBLE -> in(Mode.DOUBLE);
    };
  }

  private CssLexer in(Mode other) {
    return new CssLexer(other, depth, value, "", parentheses, url);
  }

  private CssLexer code(char c) {
    return switch (c) {
      case '/' -> in(Mode.SLASH);
      case '\'' -> in(Mode.SINGLE);
      case '"' -> in(Mode.DOUBLE);
      case '{' -> new CssLexer(mode, depth + 1, false, "", parentheses, url);
      case '}' -> new CssLexer(mode, Math.max(0, depth - 1), false, "", 0, 0);
      case ';' -> new CssLexer(mode, depth, false, "", parentheses, url);
      case ':' -> new CssLexer(mode, depth, depth > 0, "", parentheses, url);
      case '(' -> new CssLexer(mode, depth, value, "", parentheses + 1,
          url == 0 && LOADING.contains(word.toLowerCase(Locale.ROOT)) ? parentheses + 1 : url);
      case ')' -> new CssLexer(mode, depth, value, "", Math.max(0, parentheses - 1), url == parentheses ? 0 : url);
      default -> new CssLexer(mode, depth, value, Character.isLetter(c) || c == '-' ? word + c : "", parentheses, url);
    };
  }

  @Override
  public Escaper escaper(Place place) {
    if (url > 0) {
      throw place.error(
          "a value in a url() of CSS (expected: an attribute of an element, or a class that names the picture)");
    }
    Escaper escaper = switch (mode) {
      case CODE -> CssLexer::value;
      case SINGLE, DOUBLE -> CssLexer::string;
      default -> throw place.error("a value in a comment or behind a backslash of CSS (expected: none there)");
    };
    if (!value) {
      throw place.error("a value in CSS that is not the value of a property (expected: property: {{value}})");
    }
    return escaper;
  }

  private static void value(String text, Output out) {
    if (text.startsWith("-") && out.endsWith('-')) {
      out.write(' '); // two of them begin a name
    }
    out.text(SAFE.matcher(text).matches() || FUNCTION.matcher(text).matches() ? text : BLOCKED);
  }

  /** Everything but letters and digits by its code point (CSS Syntax 3, section 4.3.7). */
  private static void string(String text, Output out) {
    text.codePoints().forEach(c -> {
      if (Character.isLetterOrDigit(c)) {
        out.codePoint(c);
      } else {
        out.text("\\" + Integer.toHexString(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
            + " ");
      }
    });
  }

  @Override
  public Lexer afterValue() {
    return new CssLexer(mode, depth, value, "", parentheses, url);
  }

  /** The letters in front may differ, if no parenthesis follows them: that is taken for one of a function that loads. */
  @Override
  public @Nullable Lexer join(Lexer other) {
    if (equals(other)) {
      return this;
    }
    return other instanceof CssLexer that && mode == that.mode && depth == that.depth && value == that.value
        && parentheses == that.parentheses && url == that.url
            ? new CssLexer(mode, depth, value, "url", parentheses, url)
            : null;
  }
}
