package dev.edge4j.wire;

import java.util.Locale;
import java.util.Set;

/** What may not stand behind a body: it would change how the request before it was understood (RFC 9110 section 6.5.1). */
public final class TrailerNames {
  private static final Set<String> FORBIDDEN = Set.of("transfer-encoding", "content-length", "host", "connection",
      "keep-alive", "te", "trailer", "upgrade", "expect", "range", "max-forwards", "cache-control", "authorization",
      "proxy-authorization", "cookie", "content-encoding", "content-type", "content-range", "if-match", "if-none-match",
      "if-modified-since", "if-unmodified-since", "if-range");

  private TrailerNames() {}

  /** True for such a field, however it is spelled. */
  public static boolean isForbidden(String name) {
    return FORBIDDEN.contains(name.toLowerCase(Locale.ROOT));
  }
}
