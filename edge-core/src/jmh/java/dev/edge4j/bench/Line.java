package dev.edge4j.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A line of a {@code .routes} file.
 *
 * @param path one that the route answers, if it is asked for at all
 */
record Line(String method, String pattern, Optional<String> path) {

  static List<Line> of(String file) {
    try (InputStream in = Line.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException(file + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
          .filter(line -> !line.startsWith("#"))
          .map(Line::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Line parse(String line) {
    String[] parts = line.split(" ", -1);
    return new Line(parts[0], parts[1], parts.length < 3 ? Optional.empty() : Optional.of(parts[2]));
  }

  /** The name of the first parameter; empty if there is none to read. */
  String firstParameter() {
    int colon = pattern.indexOf(':');
    if (colon < 0) {
      return "";
    }
    int slash = pattern.indexOf('/', colon);
    return pattern.substring(colon + 1, slash < 0 ? pattern.length() : slash);
  }
}
