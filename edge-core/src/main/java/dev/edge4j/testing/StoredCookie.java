package dev.edge4j.testing;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/**
 * A cookie as a browser keeps it that visits one host (RFC 6265 section 5.3): {@code Domain} says nothing then, and {@code Secure} does
 * not hold it back, for browsers trust localhost.
 *
 * @param path the path below which it is sent
 * @param end from when on it is not sent any more
 */
record StoredCookie(String name, String value, String path, Instant end) {

  /** Reads a {@code Set-Cookie} field; empty if it has no name. */
  static Optional<StoredCookie> parse(String line, String requestPath, Instant now) {
    int semicolon = line.indexOf(';');
    String pair = semicolon < 0 ? line : line.substring(0, semicolon);
    int equals = pair.indexOf('=');
    if (equals <= 0) {
      return Optional.empty();
    }
    String path = attribute(line, "path").filter(given -> given.startsWith("/")).orElse(folder(requestPath));
    Optional<Instant> expires = attribute(line, "expires").flatMap(StoredCookie::date);
    Instant end = attribute(line, "max-age").flatMap(age -> end(age, now)).or(() -> expires).orElse(Instant.MAX);
    return Optional.of(new StoredCookie(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip(), path,
        end));
  }

  /** RFC 6265 section 5.1.4. */
  boolean isFor(String requestPath) {
    return requestPath.equals(path) || requestPath.startsWith(path.endsWith("/") ? path : path + "/");
  }

  /** The last attribute of that name. */
  private static Optional<String> attribute(String line, String name) {
    Optional<String> found = Optional.empty();
    String[] parts = line.split(";", -1);
    for (int i = 1; i < parts.length; i++) {
      String[] attribute = parts[i].split("=", 2);
      if (attribute.length == 2 && attribute[0].strip().toLowerCase(Locale.ROOT).equals(name)) {
        found = Optional.of(attribute[1].strip());
      }
    }
    return found;
  }

  /** The default path: up to the last slash, without it (RFC 6265 section 5.1.4). */
  private static String folder(String requestPath) {
    int slash = requestPath.lastIndexOf('/');
    return slash <= 0 ? "/" : requestPath.substring(0, slash);
  }

  private static Optional<Instant> end(String maxAge, Instant now) {
    if (!maxAge.matches("-?[0-9]{1,18}")) {
      return Optional.empty();
    }
    long seconds = Math.min(Long.parseLong(maxAge), Integer.MAX_VALUE); // 68 years are for ever
    return Optional.of(seconds <= 0 ? Instant.MIN : now.plusSeconds(seconds));
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException unknown) {
      return Optional.empty();
    }
  }
}
