package dev.edge4j.render.html;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.render.template.Place;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JavaScript, as far as its tokens decide about values (ECMAScript, section 12): a value may stand where an expression begins,
 * as a whole JSON value. Whether a slash divides or begins a regular expression follows from the token in front; where it does
 * not, a value further on is an error.
 *
 * @param nesting a backtick for each template literal around, a brace for each open one in its placeholder
 * @param word the identifier right in front, with a dot or a hash if it is a property, or the punctuator
 */
record JsLexer(JsonCodec codec, Mode mode, String nesting, String word, boolean unsure) implements Lexer {
  enum Mode {
    CODE, SINGLE, DOUBLE, TEMPLATE, DOLLAR, SLASH, LINE_COMMENT, COMMENT, STAR, REGEX, CLASS, ESCAPE_SINGLE,
    ESCAPE_DOUBLE,
    ESCAPE_TEMPLATE, ESCAPE_REGEX, ESCAPE_CLASS
  }

  /** Behind them an expression begins; three dots are one word here. */
  private static final Set<String> KEYWORDS = Set.of("return", "typeof", "case", "in", "of", "delete", "void", "throw",
      "new",
      "do", "else", "instanceof", "yield", "await", "default", "...");
  /** An expression may end with them or begin behind them: brackets, what counts up or down, and words that may be names of variables. */
  private static final Set<String> EITHER = Set.of(")", "}", "of", "yield", "await", "++", "--");
  private static final String BEGINNING = "=(,:[?+-*&|!<>%^~";

  static JsLexer start(JsonCodec codec) {
    return new JsLexer(codec, Mode.CODE, "", ";", false);
  }

  @Override
  public Lexer next(char c, Place place) {
    return switch (mode) {
      case CODE -> code(c);
      case SLASH -> slash(c, place);
      case LINE_COMMENT -> c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029' ? in(Mode.CODE) : this;
      case COMMENT -> c == '*' ? in(Mode.STAR) : this;
      case STAR -> c == '/' ? in(Mode.CODE) : c == '*' ? this : in(Mode.COMMENT);
      case SINGLE -> quoted(c, '\'', Mode.ESCAPE_SINGLE);
      case DOUBLE -> quoted(c, '"', Mode.ESCAPE_DOUBLE);
      case TEMPLATE -> template(c);
      case DOLLAR -> c == '{' ? new JsLexer(codec, Mode.CODE, nesting + "{", "(", unsure)
          : in(Mode.TEMPLATE).next(c, place);
      case REGEX -> c == '/' ? literal() : c == '[' ? in(Mode.CLASS) : c == '\\' ? in(Mode.ESCAPE_REGEX) : this;
      case CLASS -> c == ']' ? in(Mode.REGEX) : c == '\\' ? in(Mode.ESCAPE_CLASS) : this;
      case ESCAPE_SINGLE -> in(Mode.SINGLE);
      case ESCAPE_DOUBLE -> in(Mode.DOUBLE);
      case ESCAPE_TEMPLATE -> in(Mode.TEMPLATE);
      case ESCAPE_REGEX -> in(Mode.REGEX);
      case ESCAPE_CLASS -> in(Mode.CLASS);
    };
  }

  private JsLexer in(Mode other) {
    return new JsLexer(codec, other, nesting, word, unsure);
  }

  private JsLexer code(String token) {
    return new JsLexer(codec, Mode.CODE, nesting, token, unsure);
  }

  /** Behind a literal. */
  private JsLexer literal() {
    return code("]");
  }

  private JsLexer quoted(char c, char quote, Mode escape) {
    return c == quote ? literal() : c == '\\' ? in(escape) : this;
  }

  private JsLexer code(char c) {
    if (Character.isJavaIdentifierPart(c)) {
      return code(isWord() || word.equals(".") || word.equals("#") ? word + c : String.valueOf(c));
    }
    return switch (c) {
      case '/' -> in(Mode.SLASH);
      case '\'' -> in(Mode.SINGLE);
      case '"' -> in(Mode.DOUBLE);
      case '`' -> new JsLexer(codec, Mode.TEMPLATE, nesting + "`", word, unsure);
      case '{' -> nesting.isEmpty() ? code("{") : new JsLexer(codec, mode, nesting + "{", "{", unsure);
      case '}' -> closingBrace();
      case ' ', '\t', '\n', '\r' -> isWord() || word.equals("+") || word.equals("-") ? code(word + " ") : this;
      case '+', '-', '.' -> code(isDoubled(c) ? word + c : String.valueOf(c));
      default -> code(String.valueOf(c));
    };
  }

  /** Two of a sign count up or down, and three dots spread, so that no property follows. */
  private boolean isDoubled(char c) {
    return word.equals(String.valueOf(c)) || (c == '.' && word.equals(".."));
  }

  private boolean isWord() {
    return !word.isEmpty() && Character.isJavaIdentifierPart(word.charAt(word.length() - 1));
  }

  /** The brace of a placeholder leads back into its template literal. */
  private JsLexer closingBrace() {
    if (nesting.isEmpty()) {
      return code("}");
    }
    String rest = nesting.substring(0, nesting.length() - 1);
    return new JsLexer(codec, rest.endsWith("`") ? Mode.TEMPLATE : Mode.CODE, rest, "}", unsure);
  }

  private JsLexer template(char c) {
    return switch (c) {
      case '`' -> new JsLexer(codec, Mode.CODE, nesting.substring(0, nesting.length() - 1), "]", unsure);
      case '\\' -> in(Mode.ESCAPE_TEMPLATE);
      case '$' -> in(Mode.DOLLAR);
      default -> this;
    };
  }

  private Lexer slash(char c, Place place) {
    return switch (c) {
      case '/' -> in(Mode.LINE_COMMENT);
      case '*' -> in(Mode.COMMENT);
      default -> {
        String token = word.strip();
        boolean either = EITHER.contains(token);
        if (either || (!beginsExpression(token) && !token.equals(";") && !token.equals("{"))) {
          yield new JsLexer(codec, Mode.CODE, nesting, "/", unsure || either).next(c, place);
        }
        yield in(Mode.REGEX).next(c, place);
      }
    };
  }

  private static boolean beginsExpression(String token) {
    return KEYWORDS.contains(token) || (token.length() == 1 && BEGINNING.contains(token));
  }

  @Override
  public Escaper escaper(Place place) {
    if (unsure) {
      throw place.error(
          "a value in a script behind a slash that may divide or begin a regular expression (expected: the script's "
              + "data in an element of its own, <script type=\"application/json\">)");
    }
    if (mode != Mode.CODE || !nesting.isEmpty() || !beginsExpression(word.strip())) {
      throw place.error(
          "a value in a script that is not a whole expression (expected: name = {{value}}, without quotes, or "
              + "<script type=\"application/json\">)");
    }
    return new JsonEscaper(codec, false);
  }

  @Override
  public Lexer afterValue() {
    return literal();
  }

  /** Which token stands in front may differ: a closing parenthesis is the one that allows least. */
  @Override
  public @Nullable Lexer join(Lexer other) {
    if (equals(other)) {
      return this;
    }
    return other instanceof JsLexer that && mode == that.mode && nesting.equals(that.nesting)
        ? new JsLexer(codec, mode, nesting, ")", unsure || that.unsure)
        : null;
  }
}
