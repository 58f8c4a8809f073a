package dev.edge4j.cache.http;

import dev.edge4j.http.Headers;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The directives of the {@code Cache-Control} fields (RFC 9111 section 5.2). Names are in lower case. A directive that stands
 * twice with two values has no value that can be read; neither has one that is malformed.
 */
final class CacheControl {
  /** None at all. */
  static final CacheControl NONE = new CacheControl();

  /** The largest age that has to be told apart, in seconds (RFC 9111 section 1.2.2). */
  private static final long MAX_SECONDS = 1L << 31;
  private static final int MAX_DIGITS = 18;
  private static final String UNREADABLE = "?";

  private final Map<String, String> directives = new HashMap<>();

  private CacheControl() {}

  static CacheControl of(Headers headers) {
    return of(headers.all("Cache-Control"));
  }

  static CacheControl of(List<String> lines) {
    if (lines.isEmpty()) {
      return NONE;
    }
    var control = new CacheControl();
    for (String line : lines) {
      control.addLine(line);
    }
    return control;
  }

  boolean isEmpty() {
    return directives.isEmpty();
  }

  boolean has(String directive) {
    return directives.containsKey(directive);
  }

  /** True if the directive stands for the whole response: without the names of fields, or with names that cannot be read. */
  boolean isUnqualified(String directive) {
    String value = directives.get(directive);
    return value != null && names(value).isEmpty();
  }

  /** The names, in lower case, of the fields that the directive is about; none if it stands for the whole response. */
  Set<String> fields(String directive) {
    String value = directives.get(directive);
    return value == null ? Set.of() : names(value);
  }

  /** The delta-seconds of a directive; zero if they cannot be read, so that doubt means stale (RFC 9111 section 4.2.1). */
  OptionalLong seconds(String directive) {
    String value = directives.get(directive);
    return value == null ? OptionalLong.empty() : OptionalLong.of(deltaSeconds(value).orElse(0));
  }

  /** The value of a directive; empty text if it has none. */
  Optional<String> value(String directive) {
    return Optional.ofNullable(directives.get(directive));
  }

  /** Digits as seconds, capped; empty for anything else. */
  static OptionalLong deltaSeconds(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return OptionalLong.empty();
      }
    }
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(text.length() > MAX_DIGITS && !text.startsWith("0") ? MAX_SECONDS
        : Math.min(MAX_SECONDS, parsed(text)));
  }

  private static long parsed(String digits) {
    long value = 0;
    for (int i = 0; i < digits.length() && value <= MAX_SECONDS; i++) {
      value = value * 10 + digits.charAt(i) - '0';
    }
    return value;
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
        add(line, start, i);
        start = i + 1;
      }
    }
    if (quoted) { // the quote never ends: what it hides could be a prohibition
      for (String part : line.substring(start).split(",", -1)) {
        add(part, 0, part.length());
      }
    } else {
      add(line, start, line.length());
    }
  }

  private void add(String line, int start, int end) {
    int equals = line.indexOf('=', start);
    boolean valued = equals >= 0 && equals < end;
    String name = line.substring(start, valued ? equals : end);
    String stripped = name.strip().toLowerCase(Locale.ROOT);
    if (stripped.isEmpty()) {
      return;
    }
    // Space around the equals sign is no part of the grammar: what is said is clear, how much of it is not.
    String value = valued ? name.stripTrailing().length() == name.length() ? unquoted(line.substring(equals + 1, end))
        : UNREADABLE : "";
    String old = directives.putIfAbsent(stripped, value);
    if (old != null && !old.equals(value)) {
      directives.put(stripped, UNREADABLE);
    }
  }

  private static String unquoted(String text) {
    String value = text.stripTrailing();
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"") ? value.substring(1,
        value.length() - 1) : value.isEmpty() ? UNREADABLE : value;
  }

  private static Set<String> names(@Nullable String value) {
    Set<String> names = new TreeSet<>();
    for (String name : (value == null ? "" : value).split(",", -1)) {
      String stripped = name.strip();
      if (!stripped.isEmpty() && !isFieldName(stripped)) {
        return Set.of();
      }
      if (!stripped.isEmpty()) {
        names.add(stripped.toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  private static boolean isFieldName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }
}
