package dev.edge4j.cache.http;

import dev.edge4j.http.Headers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The directives of the {@code Cache-Control} fields (RFC 9111 section 5.2). Names are in lower case. A directive that stands
 * twice with two values has no value that can be read; neither has one that is malformed.
 */
final class CacheControl {
  /** The largest age that has to be told apart, in seconds (RFC 9111 section 1.2.2). */
  private static final long MAX_SECONDS = 1L << 31;
  private static final String UNREADABLE = "?";

  private final Map<String, String> directives = new HashMap<>();

  private CacheControl() {}

  static CacheControl of(Headers headers) {
    var control = new CacheControl();
    for (String line : headers.all("Cache-Control")) {
      control.addLine(line);
    }
    return control;
  }

  boolean has(String directive) {
    return directives.containsKey(directive);
  }

  /** The delta-seconds of a directive; zero if they cannot be read, so that doubt means stale (RFC 9111 section 4.2.1). */
  Optional<Duration> seconds(String directive) {
    String value = directives.get(directive);
    return value == null ? Optional.empty() : Optional.of(deltaSeconds(value).orElse(Duration.ZERO));
  }

  /** Digits as seconds, capped; empty for anything else. */
  static Optional<Duration> deltaSeconds(String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofSeconds(text.length() > 10 ? MAX_SECONDS
        : Math.min(MAX_SECONDS, Long.parseLong(
            text))));
  }

  private void addLine(String line) {
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        add(line.substring(start, i));
        start = i + 1;
      }
    }
    if (quoted) { // the quote never ends: what it hides could be a prohibition
      for (String part : line.substring(start).split(",", -1)) {
        add(part);
      }
    } else {
      add(line.substring(start));
    }
  }

  private void add(String directive) {
    int equals = directive.indexOf('=');
    String name = (equals < 0 ? directive : directive.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
    String value = equals < 0 ? "" : unquote(directive.substring(equals + 1).strip());
    if (!name.isEmpty()) {
      directives.merge(name, value, (old, next) -> old.equals(next) ? old : UNREADABLE);
    }
  }

  private static String unquote(String value) {
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"") ? value.substring(1,
        value.length() - 1) : value;
  }
}
