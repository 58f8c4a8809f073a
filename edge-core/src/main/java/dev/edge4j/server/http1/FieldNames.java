package dev.edge4j.server.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Locale;

/** Names that most requests have, so that they need no new string. Spelled otherwise than here, a name is simply made. */
final class FieldNames {
  private static final List<String> COMMON = List.of("Host", "User-Agent", "Accept", "Accept-Encoding",
      "Accept-Language", "Authorization", "Cache-Control", "Connection", "Content-Length", "Content-Type", "Cookie",
      "Expect", "If-Modified-Since", "If-None-Match", "Origin", "Pragma", "Priority", "Range", "Referer",
      "Sec-Fetch-Dest", "Sec-Fetch-Mode", "Sec-Fetch-Site", "Sec-Fetch-User", "TE", "Traceparent", "Transfer-Encoding",
      "Upgrade-Insecure-Requests", "Via", "X-Forwarded-For", "X-Forwarded-Proto", "X-Request-Id");
  private static final int SLOTS = 256;

  /** Two names of one slot: the later one stands there. */
  private static final String[] TABLE = new String[SLOTS];

  static {
    for (String name : COMMON) {
      for (String spelling : List.of(name, name.toLowerCase(Locale.ROOT))) {
        byte[] bytes = spelling.getBytes(ISO_8859_1);
        TABLE[slot(bytes, 0, bytes.length)] = spelling;
      }
    }
  }

  private FieldNames() {}

  static String of(byte[] bytes, int from, int to) {
    if (from < to) {
      String known = TABLE[slot(bytes, from, to)];
      if (known != null && matches(known, bytes, from, to)) {
        return known;
      }
    }
    return new String(bytes, from, to - from, ISO_8859_1);
  }

  private static int slot(byte[] bytes, int from, int to) {
    int middle = bytes[(from + to) >>> 1];
    return (((bytes[from] * 31 + bytes[to - 1]) * 31 + middle) * 31 + to - from) & (SLOTS - 1);
  }

  private static boolean matches(String name, byte[] bytes, int from, int to) {
    if (name.length() != to - from) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != (char) (bytes[from + i] & 0xff)) {
        return false;
      }
    }
    return true;
  }
}
