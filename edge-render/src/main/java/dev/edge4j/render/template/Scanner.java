package dev.edge4j.render.template;

import org.jspecify.annotations.Nullable;

/** Cuts the tags out of a source, one after the other. */
final class Scanner {
  private final Source source;
  private Delimiters delimiters;
  private int position;

  Scanner(Source source, Delimiters delimiters) {
    this.source = source;
    this.delimiters = delimiters;
  }

  /** The next tag, or {@code null} behind the last one. */
  @Nullable
  Tag next() {
    int start = source.text().indexOf(delimiters.open(), position);
    if (start < 0) {
      return null;
    }
    Place place = source.place(start);
    int inside = start + delimiters.open().length();
    char sigil = inside < source.text().length() ? source.text().charAt(inside) : ' ';
    Tag tag = switch (sigil) {
      case '{' -> tag(Tag.Kind.UNESCAPED, place, start, inside + 1, "}" + delimiters.close());
      case '=' -> tag(Tag.Kind.DELIMITERS, place, start, inside + 1, "=" + delimiters.close());
      default -> {
        Tag.Kind kind = Tag.Kind.of(sigil);
        yield tag(kind, place, start, kind == Tag.Kind.VARIABLE ? inside : inside + 1, delimiters.close());
      }
    };
    if (tag.kind() == Tag.Kind.DELIMITERS) {
      delimiters = Delimiters.parse(place, tag.name());
    }
    position = tag.end();
    return tag;
  }

  private Tag tag(Tag.Kind kind, Place place, int start, int inside, String close) {
    int end = source.text().indexOf(close, inside);
    if (end < 0) {
      throw place.error("a tag is not closed (expected: " + close + ")");
    }
    String name = source.text().substring(inside, end).strip();
    if (name.isEmpty() && kind != Tag.Kind.COMMENT) {
      throw place.error("an empty tag (expected: a name in it)");
    }
    if (name.contains(delimiters.open()) && kind != Tag.Kind.COMMENT) {
      throw place.error("a tag is not closed (expected: " + close + " before the next " + delimiters.open() + ")");
    }
    return new Tag(kind, name, place, start, end + close.length(), delimiters);
  }
}
