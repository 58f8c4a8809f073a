package dev.edge4j.testing;

import dev.edge4j.http.Headers;
import java.util.Locale;
import java.util.Set;

/** Header fields as the other side of a connection sees them. */
final class Fields {
  /** What the server says about a connection, not what an application answers. */
  private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding", "connection", "date");

  private Fields() {}

  /** The fields that an application set. */
  static Headers ofApplication(Headers headers) {
    Headers.Builder fields = Headers.builder();
    headers.forEach((name, value) -> {
      if (!FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
        fields.add(name, trimmed(value));
      }
    });
    return fields.build();
  }

  /** Without the spaces and tabs around it, which are no part of a value (RFC 9110 section 5.5). */
  static String trimmed(String value) {
    int from = 0;
    int to = value.length();
    while (from < to && isBlank(value.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(value.charAt(to - 1))) {
      to--;
    }
    return value.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
