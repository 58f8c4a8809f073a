package dev.edge4j.server.http1;

import java.util.Locale;
import java.util.Set;

/** What may not stand behind a body: it would change how the request before it was understood (RFC 9110 section 6.5.1). */
final class Trailers {
  private static final Set<String> FORBIDDEN = Set.of("transfer-encoding", "content-length", "host", "connection",
      "keep-alive", "te", "trailer", "upgrade", "expect", "range", "max-forwards", "cache-control", "authorization",
      "proxy-authorization", "cookie", "content-encoding", "content-type", "content-range", "if-match", "if-none-match",
      "if-modified-since", "if-unmodified-since", "if-range");

  private Trailers() {}

  static void check(String name, String value) throws MalformedException {
    if (FORBIDDEN.contains(name.toLowerCase(Locale.ROOT))) {
      throw new MalformedException("trailer " + name + ": " + value + " (expected: it among the header fields)");
    }
  }
}
