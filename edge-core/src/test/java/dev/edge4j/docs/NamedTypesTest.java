package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/edge-first.md promises classes and methods; they exist, and so the page says "not yet" where there is none. */
class NamedTypesTest {
  /** {@code `Type`}, {@code `Type.member`}, {@code `Type.member(...)`}, with a package or without. */
  private static final Pattern NAME = Pattern
      .compile("`(?:[a-z0-9]+\\.)*([A-Z]\\w*[a-z]\\w*)(?:\\.(\\w+))?(?:\\([^`]*)?`");

  @Test
  void everyTypeAndMemberThatThePageNamesExists() throws IOException {
    Map<String, String> sources = sources();
    var missing = new ArrayList<String>();
    var named = new ArrayList<String>();
    for (String line : Files.readAllLines(Document.house().resolve("docs/edge-first.md"))) {
      NAME.matcher(line).results().forEach(name -> {
        String source = sources.getOrDefault(name.group(1), "");
        named.add(name.group());
        if (source.isEmpty() || (name.group(2) != null && !hasWord(source, name.group(2)))) {
          missing.add(name.group());
        }
      });
    }
    assertEquals(List.of(), missing);
    assertFalse(named.isEmpty());
  }

  private static boolean hasWord(String source, String word) {
    return Pattern.compile("\\b" + Pattern.quote(word) + "\\b").matcher(source).find();
  }

  /** The text of every Java source, by the name of its type. Types of one name count together. */
  private static Map<String, String> sources() throws IOException {
    var sources = new HashMap<String, String>();
    try (Stream<Path> files = Files.walk(Document.house())) {
      for (Path file : (Iterable<Path>) files.filter(NamedTypesTest::isSource)::iterator) {
        sources.merge(file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
      }
    }
    return sources;
  }

  private static boolean isSource(Path file) {
    return file.toString().endsWith(".java") && file.toString().matches(".*/src/(main|test)/java/.*");
  }
}
