package dev.edge4j.middleware.waf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Values of requests, one a line, from the resources of the tests. */
final class Corpus {
  private Corpus() {}

  static List<String> of(String name) {
    try (InputStream file = Corpus.class.getResourceAsStream("/waf/" + name + ".txt")) {
      if (file == null) {
        throw new IllegalArgumentException("corpus: " + name + " (expected: a file of that name in resources/waf)");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.isEmpty()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
