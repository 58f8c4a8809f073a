package dev.edge4j.render.html;

import dev.edge4j.render.output.Output;
import dev.edge4j.render.template.Place;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an animation of SVG makes of an attribute (SVG Animations 2, section 3.5): one value, or several with semicolons between. The attribute may be
 * an address, whatever its name was when the template was compiled, so a value is made of numbers, colors and words.
 *
 * @param address whether what stands in front may be the scheme of an address
 */
record AnimatedLexer(boolean address) implements Lexer {
  private static final Pattern SAFE = Pattern.compile("[\\w#.,%+;()\\s-]*");

  @Override
  public Lexer next(char c, Place place) {
    return c == ':' || c == '&' ? new AnimatedLexer(true) : this;
  }

  @Override
  public Escaper escaper(Place place) {
    if (address) {
      throw place.error("a value in an address of an animation (expected: the address in href=)");
    }
    return AnimatedLexer::value;
  }

  private static void value(String text, Output out) {
    out.text(SAFE.matcher(text).matches() ? text : Urls.BLOCKED);
  }

  @Override
  public Lexer afterValue() {
    return this;
  }

  @Override
  public @Nullable Lexer join(Lexer other) {
    return other instanceof AnimatedLexer that ? new AnimatedLexer(address || that.address) : null;
  }
}
