package dev.edge4j.wire;

import java.util.Set;

/** Which names a field of HTTP/2 may have, in either direction (RFC 9113 section 8.2). Which characters are legal at all, {@link dev.edge4j.http.Headers} says. Pure. */
public final class Http2Names {
  private static final Set<String> CONNECTION = Set.of("connection", "keep-alive", "proxy-connection",
      "transfer-encoding", "upgrade");

  private Http2Names() {}

  /** True for a name in lower case alone. */
  public static boolean isLower(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 'A' && name.charAt(i) <= 'Z') {
        return false;
      }
    }
    return true;
  }

  /** True for a field that speaks about a connection of HTTP/1.1 (section 8.2.2). */
  public static boolean isOfConnection(String name) {
    return CONNECTION.contains(name);
  }
}
