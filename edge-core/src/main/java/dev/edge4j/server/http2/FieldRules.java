package dev.edge4j.server.http2;

import dev.edge4j.wire.Blanks;
import dev.edge4j.wire.Http2Names;

/** What holds for each field of a request, in its head or behind its body (RFC 9113 section 8.2). */
final class FieldRules {
  private FieldRules() {}

  static void check(String name, String value) throws MalformedFieldsException {
    if (!Http2Names.isLower(name)) {
      throw new MalformedFieldsException("field " + name + " (expected: a name in lower case)");
    }
    if (Http2Names.isOfConnection(name)) {
      throw new MalformedFieldsException("field " + name + " (expected: none that is about the connection)");
    }
    if (name.equals("te") && !value.equals("trailers")) {
      throw new MalformedFieldsException("te: " + value + " (expected: trailers)");
    }
    if (Blanks.stand(value)) {
      throw new MalformedFieldsException("field " + name + " (expected: no space around its value)");
    }
  }
}
