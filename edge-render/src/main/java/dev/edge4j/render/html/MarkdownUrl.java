package dev.edge4j.render.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.render.output.Output;
import dev.edge4j.render.output.Replacements;
import java.util.Map;

/**
 * A value in the destination of a link: what it may be is as in an attribute of HTML, whose references CommonMark reads too (section 2.5), and
 * what would end the destination is percent-encoded.
 */
record MarkdownUrl(Escaper url) implements Escaper {
  private static final Replacements DESTINATION = Replacements.of(Map.of('(', "%28", ')', "%29", '*', "%2A", '[', "%5B",
      ']', "%5D"));

  @Override
  public void text(String value, Output out) {
    Output part = behind(out);
    int from = part.length();
    url.text(value, part);
    out.escaped(new String(part.toBytes(from), UTF_8), DESTINATION);
  }

  @Override
  public void absent(Output out) {
    url.absent(out);
  }

  /** What stands in front decides whether a slash would make a host; the beginning of a destination is that of an attribute. */
  private static Output behind(Output out) {
    var part = new Output(64);
    byte last = out.length() == 0 ? (byte) '"' : out.array()[out.length() - 1];
    part.write("(<".indexOf(last) >= 0 || Character.isWhitespace(last) ? '"' : last);
    return part;
  }
}
