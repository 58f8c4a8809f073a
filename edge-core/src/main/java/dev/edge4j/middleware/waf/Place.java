package dev.edge4j.middleware.waf;

import java.util.Locale;

/**
 * Where in a request something was found.
 *
 * @param kind the part of the request
 * @param name the name of the argument, the header field, the cookie or the field of the body, at most 64 characters of it and without control
 *        characters, so that it may stand in a log; empty where the part has no names
 */
public record Place(Kind kind, String name) {
  private static final int MAX_NAME = 64;

  /** The parts of a request that rules look at. */
  public enum Kind {
    /** The path as the client spelled it. */
    PATH,
    /** Names and values of the query. */
    QUERY,
    /** Header fields but for {@code Cookie} and {@code Authorization}. */
    HEADER,
    /** Cookies, each by itself. */
    COOKIE,
    /** The beginning of the body. */
    BODY
  }

  /** Cuts the name and takes control characters out of it. */
  public Place {
    name = printable(name);
  }

  private static String printable(String name) {
    String cut = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
    return isClean(cut) ? cut
        : cut.codePoints()
            .map(c -> Character.isISOControl(c) ? '?' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  private static boolean isClean(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isISOControl(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** As in a log: {@code query "id"}. */
  @Override
  public String toString() {
    String part = kind.name().toLowerCase(Locale.ROOT);
    return name.isEmpty() ? part : part + " \"" + name.replace('"', '\'') + "\"";
  }
}
