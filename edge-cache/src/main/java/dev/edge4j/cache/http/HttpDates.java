package dev.edge4j.cache.http;

import dev.edge4j.http.HttpDate;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Dates of responses: as RFC 9110 section 5.6.7 has them, or with letters in another case, which can mean nothing else. */
final class HttpDates {
  private HttpDates() {}

  static Optional<Instant> parse(String text, Instant now) {
    return HttpDate.parse(text, now).or(() -> HttpDate.parse(cased(text), now));
  }

  /** Each word with its first letter alone in upper case, but for the zone's. */
  private static String cased(String text) {
    var cased = new StringBuilder(text.toLowerCase(Locale.ROOT));
    for (int i = 0; i < cased.length(); i++) {
      boolean first = i == 0 || !Character.isLetter(cased.charAt(i - 1));
      if (first) {
        cased.setCharAt(i, Character.toUpperCase(cased.charAt(i)));
      }
    }
    String words = cased.toString();
    return words.endsWith(" Gmt") ? words.substring(0, words.length() - 3) + "GMT" : words;
  }
}
