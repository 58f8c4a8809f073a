package dev.edge4j.server.http2;

import java.util.Set;

/** What holds for each field of HTTP/2 alike, in a head or behind a body (RFC 9113 section 8.2). Which characters are legal at all, {@link dev.edge4j.http.Headers} says. */
final class FieldRules {
  /** These speak about a connection of HTTP/1.1 (section 8.2.2). */
  private static final Set<String> CONNECTION_FIELDS = Set.of("connection", "keep-alive", "proxy-connection",
      "transfer-encoding", "upgrade");

  private FieldRules() {}

  static void check(String name, String value) throws MalformedFieldsException {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 'A' && name.charAt(i) <= 'Z') {
        throw new MalformedFieldsException("field " + name + " (expected: a name in lower case)");
      }
    }
    if (CONNECTION_FIELDS.contains(name)) {
      throw new MalformedFieldsException("field " + name + " (expected: none that is about the connection)");
    }
    if (name.equals("te") && !value.equals("trailers")) {
      throw new MalformedFieldsException("te: " + value + " (expected: trailers)");
    }
    if (!value.isEmpty() && (isBlank(value.charAt(0)) || isBlank(value.charAt(value.length() - 1)))) {
      throw new MalformedFieldsException("field " + name + " (expected: no space around its value)");
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
