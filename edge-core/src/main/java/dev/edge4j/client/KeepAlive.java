package dev.edge4j.client;

import dev.edge4j.http.Headers;
import java.util.concurrent.TimeUnit;

/** For how long an origin says that it keeps a connection ({@code Keep-Alive: timeout=5}; RFC 2068 section 19.7.1.1, which servers still follow). */
final class KeepAlive {
  private static final String TIMEOUT = "timeout=";
  private static final int MAX_DIGITS = 6;

  private KeepAlive() {}

  /** Nanoseconds, a second less than it says, so that both ends do not decide at once; {@link Long#MAX_VALUE} if it says nothing. */
  static long nanos(Headers headers) {
    for (String member : headers.list("Keep-Alive")) {
      if (member.startsWith(TIMEOUT)) {
        String digits = member.substring(TIMEOUT.length());
        if (digits.length() <= MAX_DIGITS && !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
          return TimeUnit.SECONDS.toNanos(Math.max(0, Integer.parseInt(digits) - 1));
        }
      }
    }
    return Long.MAX_VALUE;
  }
}
