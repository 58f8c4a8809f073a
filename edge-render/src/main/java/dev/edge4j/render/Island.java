package dev.edge4j.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.render.script.Script;

/**
 * The state of an island: a part of a page that comes to life with a script of its own, when it is time. The template says which and when, and
 * holds what is there before that and without scripts:
 *
 * <pre>
 * {{{edgeIslands}}}
 * &lt;edge-island src="/assets/gallery.js" on="visible"&gt;{{{state}}}&lt;img src="..." alt="..."&gt;&lt;/edge-island&gt;
 * </pre>
 *
 * <p>{@code on} is {@code load}, {@code idle}, {@code visible} or {@code media}, the last with {@code media="(min-width: 60em)"}. The module's
 * default export is called with the element and the state. {@link #script} belongs into each page that has islands; it is some 800 bytes, kept
 * by browsers for ever, and needs nothing but {@code script-src 'self'}.
 *
 * <p>Nothing of the state can end its element or begin another, whatever it holds.
 */
public final class Island {
  private static final String BEGIN = "<script type=\"application/json\">";

  private Island() {}

  /** The element that holds the state, as JSON. */
  public static SafeHtml state(JsonCodec codec, Object state) {
    return new SafeHtml(BEGIN + safe(new String(codec.write(state), UTF_8)) + "</script>");
  }

  /** The element that loads what makes islands work. */
  public static SafeHtml script() {
    return new SafeHtml(Script.ISLAND.element());
  }

  /**
   * JSON that no HTML parser takes for anything else: outside of its strings none of these characters stands, and within them they may be
   * escaped (RFC 8259 section 7). The last two end a line in scripts older than 2019.
   */
  private static String safe(String json) {
    var safe = new StringBuilder(json.length() + 16);
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      switch (c) {
        case '<' -> safe.append("\\u003c");
        case '>' -> safe.append("\\u003e");
        case '&' -> safe.append("\\u0026");
        case '\u2028' -> safe.append("\\u2028");
        case '\u2029' -> safe.append("\\u2029");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }
}
