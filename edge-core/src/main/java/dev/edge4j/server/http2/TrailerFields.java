package dev.edge4j.server.http2;

import dev.edge4j.http.Headers;
import dev.edge4j.wire.TrailerNames;

/** What may stand behind a body (RFC 9113 section 8.1): the fields of any section, no pseudo-header fields, and none that would change what came before. */
final class TrailerFields {
  private TrailerFields() {}

  static Headers read(FieldList fields) throws MalformedFieldsException {
    Headers.Builder trailers = Headers.builder();
    for (int i = 0; i < fields.size(); i++) {
      String name = fields.name(i);
      FieldRules.check(name, fields.value(i));
      if (TrailerNames.isForbidden(name)) {
        throw new MalformedFieldsException("trailer " + name + " (expected: it among the header fields)");
      }
      try {
        trailers.add(name, fields.value(i));
      } catch (IllegalArgumentException e) { // a pseudo-header field, for one: a colon is in no token
        throw new MalformedFieldsException(String.valueOf(e.getMessage()));
      }
    }
    if (fields.isTooLarge()) {
      throw new MalformedFieldsException("the trailers are too large");
    }
    return trailers.build();
  }
}
