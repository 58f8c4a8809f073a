package dev.edge4j.render.esi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a document apart at its ESI tags, in one pass. Tags that do not close within 8 KiB, or are none that we know, stay as they are: a browser
 * skips them. Pure, in a time that grows with the document's length and no faster, whatever stands in it.
 */
final class EsiDocument {
  private static final String COMMENT = "<!--esi";
  private static final String PLAIN_COMMENT = "<!--";
  private static final String COMMENT_END = "-->";
  private static final String REMOVE_END = "</esi:remove>";
  private static final String INCLUDE_END = "</esi:include>";
  private static final List<String> TEXTS = List.of("script", "style", "textarea", "title");
  private static final int MAX_TAG = 8 * 1024;

  private final String html;
  private final List<EsiPiece> pieces = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  /** What has been looked for in vain once is not there further on either. */
  private final Set<String> missing = new HashSet<>();
  /** Where the text of the last element of those ends. */
  private int endOfText;

  private EsiDocument(String html) {
    this.html = html;
  }

  static List<EsiPiece> parse(String html) {
    return new EsiDocument(html).parse();
  }

  private List<EsiPiece> parse() {
    int at = 0;
    int open = html.indexOf('<');
    while (open >= 0) {
      text.append(html, at, open);
      at = tag(open);
      open = html.indexOf('<', at);
    }
    text.append(html, at, html.length());
    flush();
    return pieces;
  }

  /** Takes what begins there, at least the angle bracket; returns where it ends. */
  private int tag(int from) {
    int end = -1;
    if (html.startsWith(COMMENT, from) && from + COMMENT.length() < html.length()
        && Character.isWhitespace(html.charAt(from + COMMENT.length()))) {
      end = comment(from);
    } else if (html.startsWith(PLAIN_COMMENT, from) && from >= endOfText) {
      end = plainComment(from);
    } else if (isTag("<esi:include", from)) {
      end = include(from);
    } else if (html.startsWith("<esi:remove>", from)) {
      int close = find(REMOVE_END, from);
      end = close < 0 ? -1 : close + REMOVE_END.length();
    } else if (isTag("<esi:comment", from)) {
      end = endOfTag(from);
    } else if (from >= endOfText) {
      noteText(from);
    }
    if (end < 0) {
      text.append('<');
      return from + 1;
    }
    return end;
  }

  /** What stands in {@code <!--esi ... -->} is for us, as if the marks were not there. */
  private int comment(int from) {
    int close = find(COMMENT_END, from);
    if (close < 0) {
      return -1;
    }
    for (EsiPiece piece : parse(html.substring(from + COMMENT.length() + 1, close))) {
      if (piece instanceof EsiPiece.Text(String inner)) {
        text.append(inner);
      } else {
        flush();
        pieces.add(piece);
      }
    }
    return close + COMMENT_END.length();
  }

  /** What stands in a comment of HTML is for nobody; it is sent on as it is. */
  private int plainComment(int from) {
    int close = find(COMMENT_END, from + 2); // "<!-->" and "<!--->" end at once: the dashes count
    if (close < 0) {
      return -1;
    }
    int end = close + COMMENT_END.length();
    text.append(html, from, end);
    return end;
  }

  /** Notes how far a script goes: in its text {@code <!--} begins no comment, and an include is one all the same. */
  private void noteText(int from) {
    for (String name : TEXTS) {
      int end = from + 1 + name.length();
      if (html.regionMatches(true, from + 1, name, 0, name.length()) && isEndOfName(end)) {
        int close = find("</" + html.substring(from + 1, end), end);
        endOfText = close < 0 ? html.length() : close;
      }
    }
  }

  private boolean isTag(String begin, int from) {
    return html.startsWith(begin, from) && isEndOfName(from + begin.length());
  }

  private boolean isEndOfName(int at) {
    return at < html.length() && (Character.isWhitespace(html.charAt(at)) || html.charAt(at) == '/' || html.charAt(
        at) == '>');
  }

  private int find(String mark, int from) {
    int at = missing.contains(mark) ? -1 : html.indexOf(mark, from);
    if (at < 0) {
      missing.add(mark);
    }
    return at;
  }

  private int include(int from) {
    int end = endOfTag(from);
    if (end < 0) {
      return -1;
    }
    String tag = html.substring(from, end);
    Optional<String> source = attribute(tag, "src");
    if (source.isEmpty()) {
      return -1;
    }
    flush();
    pieces.add(new EsiPiece.Include(source.get(), attribute(tag, "alt"), attribute(tag, "onerror")
        .filter("continue"::equals)
        .isPresent()));
    return !tag.endsWith("/>") && html.startsWith(INCLUDE_END, end) ? end + INCLUDE_END.length() : end;
  }

  /** Behind the angle bracket that closes the tag, which may stand in a quoted value too; -1 if there is none, or another tag opens before. */
  private int endOfTag(int from) {
    char quote = 0;
    int limit = Math.min(html.length(), from + MAX_TAG);
    for (int i = from + 1; i < limit; i++) {
      char c = html.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return i + 1;
      } else if (c == '<') {
        return -1;
      }
    }
    return -1;
  }

  /** A quoted value of a tag whose quotation marks close. */
  private static Optional<String> attribute(String tag, String name) {
    int at = "<esi:".length();
    while (true) {
      int equals = tag.indexOf('=', at);
      if (equals < 0 || equals + 1 >= tag.length()) {
        return Optional.empty();
      }
      char quote = tag.charAt(equals + 1);
      int end = quote == '"' || quote == '\'' ? tag.indexOf(quote, equals + 2) : -1;
      if (end < 0) {
        return Optional.empty();
      }
      String[] words = tag.substring(at, equals).strip().split("\\s+", -1);
      if (words[words.length - 1].toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(tag.substring(equals + 2, end).replace("&amp;", "&"));
      }
      at = end + 1;
    }
  }

  private void flush() {
    if (!text.isEmpty()) {
      pieces.add(new EsiPiece.Text(text.toString()));
      text.setLength(0);
    }
  }
}
