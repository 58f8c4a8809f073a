package dev.edge4j.state.sockets;

import java.util.Set;

/**
 * Whom a message is for.
 *
 * @param name the tag or the session; empty for the other kinds
 */
public record Audience(Kind kind, String name) {
  private static final Audience ALL = new Audience(Kind.ALL, "");
  private static final Audience NOBODY = new Audience(Kind.NOBODY, "");

  /** How an audience is chosen. The letters are on disk. */
  enum Kind {
    ALL('a'), TAG('t'), ONE('s'),
    /** Holds the place of the latest number when all that have it are gone. */
    NOBODY('-');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }
  }

  /** All sockets of the object. */
  public static Audience all() {
    return ALL;
  }

  /** Those with a tag. */
  public static Audience tagged(String tag) {
    return new Audience(Kind.TAG, tag);
  }

  /** One session. */
  public static Audience one(String session) {
    return new Audience(Kind.ONE, session);
  }

  static Audience nobody() {
    return NOBODY;
  }

  boolean holds(String session, Set<String> tags) {
    return switch (kind) {
      case ALL -> true;
      case TAG -> tags.contains(name);
      case ONE -> session.equals(name);
      case NOBODY -> false;
    };
  }

  String text() {
    return kind.letter + name;
  }

  static Audience parse(String text) {
    for (Kind kind : Kind.values()) {
      if (text.charAt(0) == kind.letter) {
        return new Audience(kind, text.substring(1));
      }
    }
    throw new IllegalStateException("audience: \"" + text + "\" (expected: a, t, s or -)");
  }
}
