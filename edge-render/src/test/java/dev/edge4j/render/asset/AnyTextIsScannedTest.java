package dev.edge4j.render.asset;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a file holds, looking for references ends, and those found lie in it, in order and apart. */
class AnyTextIsScannedTest {
  private static final List<String> PIECES = List.of("url(", ")", "(", "\"", "'", "\\", "/*", "*/", "//", "/",
      "@import ", "import ", "from ",
      "export ", "new URL(", ", import.meta.url", "`", "${", "{", "}", "\n", " ", "a.png", "[", "]", "image-set(", ";",
      "# sourceMappingURL=x",
      "return", ".", "=", "\u00e4");

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(PIECES).list().ofMaxSize(40).map(pieces -> String.join("", pieces));
  }

  @Property(tries = 2000)
  void inAnyFile(@ForAll("texts") String text) {
    for (List<Span> spans : List.of(CssReferences.in(text), ScriptReferences.in(text))) {
      int end = 0;
      for (Span span : spans) {
        assertTrue(span.start() >= end && span.end() >= span.start() && span.end() <= text.length(), spans + " in "
            + text);
        end = span.end();
      }
    }
    for (String name : List.of("x.css", "x.js")) {
      Reference.in(name, text, "/assets").forEach(reference -> assertTrue(reference.insertAt() <= text.length()));
    }
  }
}
