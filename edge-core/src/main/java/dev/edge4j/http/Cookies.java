package dev.edge4j.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the {@code Cookie} field (RFC 6265bis section 4.2). */
public final class Cookies {
  /** A cookie as the client sent it, its value without the quotes around it. */
  public record Sent(String name, String value) {}

  private Cookies() {}

  /** The value of the first cookie of that name. */
  public static Optional<String> read(Headers headers, String name) {
    for (String line : headers.all("Cookie")) {
      for (String pair : line.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
          return Optional.of(unquote(pair.substring(equals + 1).strip()));
        }
      }
    }
    return Optional.empty();
  }

  /** As {@link #read}, with the percent escapes of {@link SetCookie#ofText} decoded as UTF-8; a broken escape stays as it stood. */
  public static Optional<String> readText(Headers headers, String name) {
    return read(headers, name).map(Cookies::decode);
  }

  private static String decode(String value) {
    try {
      return value.indexOf('%') < 0 ? value : URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return value;
    }
  }

  /** All cookies, in the order they came in; what has no name or no equals sign is none. */
  public static List<Sent> all(Headers headers) {
    var all = new ArrayList<Sent>();
    for (String line : headers.all("Cookie")) {
      for (String pair : line.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0 && !pair.substring(0, equals).isBlank()) {
          all.add(new Sent(pair.substring(0, equals).strip(), unquote(pair.substring(equals + 1).strip())));
        }
      }
    }
    return all;
  }

  private static String unquote(String value) {
    return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"") ? value.substring(1, value.length() - 1)
        : value;
  }
}
