package dev.edge4j.render.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.render.SafeHtml;
import dev.edge4j.render.output.Output;
import dev.edge4j.render.output.Replacements;
import java.util.Map;

/**
 * A value as JSON that may stand in a script: no character of it ends the element, begins a comment or a character reference, or
 * ends a line of JavaScript (U+2028 and U+2029). Outside of strings JSON has none of the characters replaced.
 */
record JsonEscaper(JsonCodec codec, boolean inString) implements Escaper {
  private static final Replacements TABLE = Replacements.of(Map.of('<', "\\u003c", '>', "\\u003e", '&', "\\u0026",
      '\'', "\\u0027", '`', "\\u0060"));

  @Override
  public void text(String value, Output out) {
    value(value, out);
  }

  @Override
  public void value(Object value, Output out) {
    Object plain = value instanceof SafeHtml safe ? safe.html() : value;
    String json = new String(codec.write(inString ? plain.toString() : plain), UTF_8);
    String inside = inString ? json.substring(1, json.length() - 1) : json;
    if (!inString && inside.startsWith("-") && out.endsWith('-')) {
      out.write(' '); // two of them would count down
    }
    out.escaped(inside.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"), TABLE);
  }

  @Override
  public void absent(Output out) {
    if (!inString) {
      out.text("null");
    }
  }
}
