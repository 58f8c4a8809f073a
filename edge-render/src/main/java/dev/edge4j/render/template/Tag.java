package dev.edge4j.render.template;

/** A tag as the scanner cut it out: source offsets from the opening delimiter to behind the closing one. */
record Tag(Kind kind, String name, Place place, int start, int end, Delimiters delimiters) {
  enum Kind {
    VARIABLE, UNESCAPED, SECTION, INVERTED, CLOSE, PARTIAL, LAYOUT, BLOCK, COMMENT, DELIMITERS;

    static Kind of(char sigil) {
      return switch (sigil) {
        case '{', '&' -> UNESCAPED;
        case '#' -> SECTION;
        case '^' -> INVERTED;
        case '/' -> CLOSE;
        case '>' -> PARTIAL;
        case '<' -> LAYOUT;
        case '$' -> BLOCK;
        case '!' -> COMMENT;
        case '=' -> DELIMITERS;
        default -> VARIABLE;
      };
    }
  }

  /** For messages. */
  @Override
  public String toString() {
    String sigil = switch (kind) {
      case SECTION -> "#";
      case INVERTED -> "^";
      case CLOSE -> "/";
      case PARTIAL -> ">";
      case LAYOUT -> "<";
      case BLOCK -> "$";
      default -> "";
    };
    return "{{" + sigil + name + "}}";
  }
}
