package dev.edge4j.render.html;

import dev.edge4j.render.template.Place;
import org.jspecify.annotations.Nullable;

/**
 * Where in an HTML document a place stands.
 *
 * @param element the tag being read, or whose content is
 * @param attribute the attribute being read, in lower case
 * @param quote what ends its value
 * @param lexer reads inside of a value, a script or a style sheet
 * @param tail the last characters, where they may be the beginning of what ends this phase
 * @param cut whether a name was ended by a tag of the template: a browser must see its end too
 * @param wide whether an element of any name may stand here
 * @param foreign in how many elements of SVG and MathML
 * @param inline the content of a script or style sheet so far, {@code null} if a value stands in it
 */
public record HtmlState(Rules rules, Phase phase, Element element, String attribute, char quote, Lexer lexer,
    String tail, boolean cut,
    boolean wide, int foreign, @Nullable String inline) implements State {
  /** The states of the tokenizer, those that are alike for us taken together. */
  public enum Phase {
    TEXT, LESS_THAN, END_TAG_OPEN, MARKUP, DECLARATION, COMMENT, TAG_NAME, IN_TAG, ATTRIBUTE_NAME, AFTER_NAME,
    BEFORE_VALUE, VALUE,
    UNQUOTED, TITLE, RAW_TEXT, SCRIPT, STYLE
  }

  static final Lexer NO_LEXER = new Lexer.Text();

  /** The beginning of a document, or of a piece that is to stand between elements. */
  public static HtmlState start(Rules rules) {
    return new HtmlState(rules, Phase.TEXT, Element.NONE, "", ' ', NO_LEXER, "", false, true, 0, null);
  }

  @Override
  public State text(Place place, String text) {
    return text.isEmpty() ? this : new HtmlReader(this, place).read(text);
  }

  @Override
  public Slot value(Place place) {
    return switch (phase) {
      case TEXT, TITLE -> new Slot(Escapers.TEXT, this);
      case VALUE -> inAttribute(place);
      case SCRIPT, STYLE -> new Slot(lexer.escaper(place), with(lexer.afterValue(), null));
      case LESS_THAN, END_TAG_OPEN, TAG_NAME -> throw place.error(
          "a value in the name of a tag (expected: the name itself; a \"<\" that "
              + "begins none is written &lt;)");
      case IN_TAG, ATTRIBUTE_NAME, AFTER_NAME -> throw place.error(
          "a value where an attribute's name stands (expected: name=\"{{value}}\")");
      case BEFORE_VALUE, UNQUOTED -> throw place.error("a value in the attribute " + attribute
          + " without quotes (expected: " + attribute + "=\"{{value}}\")");
      case COMMENT, MARKUP, DECLARATION -> throw place.error(
          "a value in a comment or a declaration of HTML (expected: none there; {{! }} is a comment that is not sent)");
      case RAW_TEXT -> throw place.error("a value in <" + element.name()
          + ">, whose content is not escaped (expected: none there)");
    };
  }

  private Slot inAttribute(Place place) {
    Element seen = element;
    if ((element.isScript() && attribute.equals("type")) || attribute.equals("http-equiv")) {
      throw place.error("a value in " + attribute + "=, which decides what the element is (expected: " + attribute
          + " without tags)");
    }
    if (element.name().equals("meta") && attribute.equals("content")) {
      if (element.refresh().equals("http-equiv")) {
        throw place.error("a value in content= of a <meta http-equiv> (expected: the header itself)");
      }
      seen = element.withRefresh("content");
    }
    return new Slot(lexer.escaper(place), new HtmlState(rules, phase, seen, attribute, quote, lexer.afterValue(), tail,
        cut, wide, foreign, inline));
  }

  private HtmlState with(Lexer next, @Nullable String content) {
    return new HtmlState(rules, phase, element, attribute, quote, next, tail, cut, wide, foreign, content);
  }

  @Override
  public boolean takesHtml() {
    return phase == Phase.TEXT;
  }

  @Override
  public boolean takesElements() {
    return phase == Phase.TEXT && wide;
  }

  @Override
  public @Nullable State join(State other) {
    if (equals(other)) {
      return this;
    }
    Lexer both = other instanceof HtmlState that ? lexer.join(that.lexer) : null;
    if (both == null || !(other instanceof HtmlState that)) {
      return null;
    }
    int most = Math.max(foreign, that.foreign);
    return joined(both, most).equals(that.joined(both, most)) ? joined(both, most) : null;
  }

  private HtmlState joined(Lexer both, int depth) {
    return new HtmlState(rules, phase, element, attribute, quote, both, tail, phase == Phase.IN_TAG, false, depth,
        null);
  }

  @Override
  public String where() {
    return switch (phase) {
      case TEXT, LESS_THAN, END_TAG_OPEN -> "text";
      case MARKUP, DECLARATION, COMMENT -> "a comment or a declaration";
      case TAG_NAME, IN_TAG, ATTRIBUTE_NAME, AFTER_NAME -> "the tag <" + element.name() + ">";
      case BEFORE_VALUE, VALUE, UNQUOTED -> "the attribute " + attribute;
      case TITLE, RAW_TEXT, SCRIPT, STYLE -> "<" + element.name() + ">";
    };
  }

  @Override
  public boolean mayEnd() {
    return phase == Phase.TEXT;
  }
}
