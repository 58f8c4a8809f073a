package dev.edge4j.client;

import dev.edge4j.http.Headers;
import dev.edge4j.wire.Blanks;
import dev.edge4j.wire.Http2Names;
import dev.edge4j.wire.TrailerNames;
import java.util.List;

/** Reads field blocks as heads and trailers of responses (RFC 9113 sections 8.1 to 8.3). Pure. */
final class Http2Fields {
  private static final int MAX_FIELDS = 512;

  private Http2Fields() {}

  static ResponseHead head(List<String> fields) throws OriginException {
    int status = -1;
    Headers.Builder headers = Headers.builder();
    boolean regular = false;
    int count = 0;
    for (int i = 0; i < fields.size(); i += 2) {
      String name = fields.get(i);
      String value = fields.get(i + 1);
      if (name.startsWith(":")) {
        if (!name.equals(":status") || status >= 0 || regular) {
          throw OriginException.protocol(name + " (expected: one :status before all else, RFC 9113 section 8.3.2)");
        }
        status = status(value);
      } else {
        regular = true;
        count++;
        add(headers, name, value);
      }
    }
    if (status < 0 || status == 101 || count > MAX_FIELDS) {
      throw OriginException.protocol(
          "a head of the origin has no status, or one that HTTP/2 has not, or too many fields");
    }
    return new ResponseHead(0, status, headers.build());
  }

  static Headers trailers(List<String> fields) throws OriginException {
    Headers.Builder kept = Headers.builder();
    for (int i = 0; i < fields.size(); i += 2) {
      String name = fields.get(i);
      if (name.startsWith(":")) {
        throw OriginException.protocol(name + " behind a body (RFC 9113 section 8.1)");
      }
      if (!TrailerNames.isForbidden(name)) {
        add(kept, name, fields.get(i + 1));
      }
    }
    return kept.build();
  }

  private static void add(Headers.Builder headers, String name, String value) throws OriginException {
    if (!Http2Names.isLower(name) || Http2Names.isOfConnection(name) || Blanks.stand(value)) {
      throw OriginException.protocol("field " + name
          + " of the origin (expected: lower case, no space around the value,"
          + " and nothing about the connection, RFC 9113 section 8.2)");
    }
    try {
      headers.add(name, value);
    } catch (IllegalArgumentException e) {
      throw OriginException.protocol("a field of the origin is malformed: " + e.getMessage(), e);
    }
  }

  private static int status(String text) throws OriginException {
    if (text.length() != 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw OriginException.protocol(":status: " + text + " (expected: three digits)");
    }
    int status = Integer.parseInt(text);
    if (status < 100 || status > 599) {
      throw OriginException.protocol(":status: " + text + " (expected: 100 to 599)");
    }
    return status;
  }
}
