package dev.edge4j.server.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.edge4j.http.Headers;

/** Header or trailer fields as they stand on the wire (RFC 9112 section 5). Which characters may stand where, {@link Headers} says. */
final class FieldSection {
  private FieldSection() {}

  /**
   * Reads lines that each end in CR LF, up to the empty one.
   *
   * @param maxFields past it the request is refused with 431
   */
  static Headers parse(byte[] section, int maxFields, FieldCheck check) throws MalformedException {
    Headers.Builder headers = Headers.builder();
    int fields = 0;
    for (int start = 0; start < section.length - 2;) {
      if (++fields > maxFields) {
        throw new MalformedException(431, "there are more than " + maxFields + " header fields");
      }
      int colon = colon(section, start);
      int end = lineEnd(section, colon + 1);
      String name = FieldNames.of(section, start, colon);
      String value = value(section, colon + 1, end);
      try {
        headers.add(name, value);
      } catch (IllegalArgumentException e) {
        throw new MalformedException(String.valueOf(e.getMessage()));
      }
      check.field(name, value);
      start = end + 2;
    }
    return headers.build();
  }

  private static int colon(byte[] section, int start) throws MalformedException {
    if (section[start] == ' ' || section[start] == '\t') {
      throw new MalformedException("a field line begins with whitespace, as of a folded one (RFC 9112 section 5.2)");
    }
    for (int i = start; section[i] != '\n'; i++) {
      if (section[i] == ':') {
        return i;
      }
    }
    throw new MalformedException("a field line has no colon (RFC 9112 section 5)");
  }

  /** Where the line ends whose LF comes next: there is a CR before each. */
  private static int lineEnd(byte[] section, int from) {
    int i = from;
    while (section[i] != '\n') {
      i++;
    }
    return i - 1;
  }

  /** The value without spaces and tabs around it (RFC 9112 section 5.1). */
  private static String value(byte[] section, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && isBlank(section[start])) {
      start++;
    }
    while (end > start && isBlank(section[end - 1])) {
      end--;
    }
    return new String(section, start, end - start, ISO_8859_1);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
