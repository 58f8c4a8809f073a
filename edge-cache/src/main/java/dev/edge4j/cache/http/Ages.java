package dev.edge4j.cache.http;

import dev.edge4j.http.Headers;
import dev.edge4j.http.HttpDate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How old a response is when it comes (RFC 9111 section 4.2.3). */
final class Ages {
  private Ages() {}

  /**
   * The age a response tells. Of a list the first member counts (section 5.1). What cannot be read, and an {@code Age} that stands on
   * several lines, which two caches that do not know of each other have written, is empty: its age is unknown, so that it counts as
   * stale. The RFC would have an unreadable one passed over, as if the response were new; doubt means stale here, as with freshness.
   */
  static OptionalLong told(Headers headers) {
    List<String> lines = headers.all("Age");
    if (lines.isEmpty()) {
      return OptionalLong.of(0);
    }
    String line = lines.getFirst();
    int comma = line.indexOf(',');
    return lines.size() > 1 ? OptionalLong.empty()
        : CacheControl.deltaSeconds((comma < 0 ? line : line.substring(0, comma)).strip());
  }

  /** The corrected initial age: the larger of what the date and what the response itself says, the time on the way included. */
  static Duration initial(Instant requestTime, Instant responseTime, Headers headers) {
    long delay = Math.max(0, Duration.between(requestTime, responseTime).toMillis());
    long corrected = told(headers).orElse(0) * 1000 + delay;
    long apparent = date(headers, responseTime)
        .map(date -> Duration.between(date, HttpDate.toSeconds(responseTime)).toMillis())
        .orElse(0L);
    return Duration.ofMillis(Math.max(apparent, corrected));
  }

  /** When the response was made, as it says; empty if it does not, or cannot be read. */
  static Optional<Instant> date(Headers headers, Instant now) {
    return headers.first("Date").flatMap(text -> HttpDate.parse(text, now));
  }
}
