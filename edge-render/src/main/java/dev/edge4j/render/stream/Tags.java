package dev.edge4j.render.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Locale;
import java.util.Set;

/**
 * The tags of a page that a browser sees as such, one after the other: none in a comment, an attribute, a script or another element
 * that holds text alone. Confined to one thread.
 */
final class Tags {
  private static final byte[] COMMENT = "<!--".getBytes(US_ASCII);
  private static final byte[] COMMENT_END = "-->".getBytes(US_ASCII);
  private static final byte[] COMMENT_END_BANG = "--!>".getBytes(US_ASCII);
  private static final Set<String> TEXTS = Set.of("script", "style", "title", "textarea", "noscript", "iframe",
      "noembed", "noframes", "xmp");

  private final byte[] page;
  private final int to;
  private int begin;
  private int at;
  private boolean ends;
  private boolean followsText;
  private String name = "";

  /** Those in a part of a page, which begins between two tags. */
  Tags(byte[] page, int from, int to) {
    this.page = page;
    this.at = from;
    this.to = to;
  }

  /** Goes to the next; false if there is none. */
  boolean next() {
    int from = at;
    at = !ends && TEXTS.contains(name) ? content(from) : from;
    followsText = at > from;
    while (at < to) {
      if (page[at] != '<') {
        followsText |= !isSpace(at++);
      } else if (isAt(COMMENT, at)) {
        at = comment(at + 2); // "<!-->" and "<!--->" end at once: the dashes count
      } else if (isTag(at)) {
        read();
        return true;
      } else if (isDeclaration(at)) {
        at = behind(at);
      } else {
        followsText = true;
        at++;
      }
    }
    return false;
  }

  /** Where it begins. */
  int begin() {
    return begin;
  }

  /** Its name in lower case. */
  String name() {
    return name;
  }

  boolean isEnd() {
    return ends;
  }

  boolean isEndOf(String element) {
    return ends && name.equals(element);
  }

  /** True for a slash before its closing bracket, which closes elements of SVG and MathML. */
  boolean closesItself() {
    return page[at - 1] == '>' && page[at - 2] == '/';
  }

  /** Whether anything but white space and comments stands between the tag before and this one, or the end. */
  boolean followsText() {
    return followsText;
  }

  private void read() {
    begin = at;
    ends = page[at + 1] == '/';
    int from = at + (ends ? 2 : 1);
    int end = from;
    while (end < to && !isSpace(end) && page[end] != '/' && page[end] != '>') {
      end++;
    }
    name = new String(page, from, end - from, ISO_8859_1).toLowerCase(Locale.ROOT);
    at = endOfTag(end);
  }

  /** Behind the bracket that closes a tag, which may stand in a value too. */
  private int endOfTag(int from) {
    boolean value = false;
    for (int i = from; i < to; i++) {
      if (page[i] == '>') {
        return i + 1;
      }
      if (value && !isSpace(i)) {
        i = endOfValue(i);
        value = false;
      } else {
        value |= page[i] == '=';
      }
    }
    return to;
  }

  /** The last byte of a value, with its quotation marks. */
  private int endOfValue(int from) {
    byte quote = page[from];
    int i = from + 1;
    if (quote == '"' || quote == '\'') {
      while (i < to && page[i] != quote) {
        i++;
      }
      return i;
    }
    while (i < to && !isSpace(i) && page[i] != '>') {
      i++;
    }
    return i - 1;
  }

  /** Up to the end tag of the element, the only one that counts in it. */
  private int content(int from) {
    byte[] end = ("</" + name).getBytes(ISO_8859_1);
    int i = from;
    while (i < to && !(isAt(end, i) && isEndOfName(i + end.length))) {
      i++;
    }
    return i;
  }

  private int comment(int from) {
    for (int i = from; i < to; i++) {
      if (isAt(COMMENT_END, i)) {
        return i + COMMENT_END.length;
      }
      if (i > from + 1 && isAt(COMMENT_END_BANG, i)) {
        return i + COMMENT_END_BANG.length;
      }
    }
    return to;
  }

  private int behind(int from) {
    int i = from;
    while (i < to && page[i] != '>') {
      i++;
    }
    return Math.min(to, i + 1);
  }

  private boolean isTag(int i) {
    int letter = i + 1 < to && page[i + 1] == '/' ? i + 2 : i + 1;
    return letter < to && (page[letter] | 0x20) >= 'a' && (page[letter] | 0x20) <= 'z';
  }

  /** What a browser takes for a comment as well. */
  private boolean isDeclaration(int i) {
    return i + 1 < to && (page[i + 1] == '!' || page[i + 1] == '?' || page[i + 1] == '/');
  }

  private boolean isEndOfName(int i) {
    return i < to && (isSpace(i) || page[i] == '/' || page[i] == '>');
  }

  private boolean isSpace(int i) {
    return page[i] == ' ' || page[i] == '\n' || page[i] == '\t' || page[i] == '\r' || page[i] == '\f';
  }

  /** A mark in small letters, in any case of ASCII. */
  private boolean isAt(byte[] mark, int i) {
    if (i + mark.length > to) {
      return false;
    }
    for (int k = 0; k < mark.length; k++) {
      boolean letter = mark[k] >= 'a' && mark[k] <= 'z';
      if ((letter ? page[i + k] | 0x20 : page[i + k]) != mark[k]) {
        return false;
      }
    }
    return true;
  }
}
