package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the documentation prints as Java is, letter by letter, a region of a test. */
class ListingsTest {
  @Test
  void everyListingIsARegionOfATest() throws IOException {
    var problems = new ArrayList<String>();
    int listings = 0;
    for (Document document : Document.all()) {
      for (Document.Block block : document.blocks()) {
        problem(document, block).ifPresent(problems::add);
        listings += block.language().equals("java") ? 1 : 0;
      }
    }
    assertEquals("", String.join("\n\n", problems));
    assertFalse(listings == 0, "no listing at all was found below " + Document.house().toAbsolutePath());
  }

  private static Optional<String> problem(Document document, Document.Block block) throws IOException {
    String where = document.name() + ":" + block.line() + ": ";
    Optional<Document.Source> source = block.source();
    if (!block.language().equals("java")) {
      return source.map(named -> where + named + " (expected: a ```java block right after it)");
    }
    if (source.isEmpty()) {
      return Optional.of(where + "a java block without a listing comment before it");
    }
    Path file = Document.house().resolve(source.get().file());
    if (!source.get().file().contains("/src/test/java/") || !Files.exists(file)) {
      return Optional.of(where + source.get().file() + " (expected: a test source that exists)");
    }
    Optional<List<String>> region = Region.of(Files.readAllLines(file), source.get().region());
    if (region.isEmpty()) {
      return Optional.of(where + source.get() + " has no region of that name that is opened and closed");
    }
    return region.get().equals(block.lines()) ? Optional.empty()
        : Optional.of(where + "differs from " + source.get() + " (expected:)\n" + String.join("\n", region.get()));
  }

  @Test
  void aRegionLosesItsIndentationAndTheTagsOfOthers() {
    List<String> source = List.of("  // tag::a[]", "  one {", "    // tag::b[]", "    two", "    // end::b[]", "  }",
        "  // end::a[]");
    assertEquals(Optional.of(List.of("one {", "  two", "}")), Region.of(source, "a"));
    assertEquals(Optional.of(List.of("two")), Region.of(source, "b"));
  }

  @Test
  void aRegionThatIsNotClosedIsNone() {
    assertEquals(Optional.empty(), Region.of(List.of("// tag::a[]", "one"), "a"));
    assertEquals(Optional.empty(), Region.of(List.of("one"), "a"));
  }

  @Test
  void aBlockKnowsTheCommentRightBeforeIt() {
    var document = new Document("x.md", List.of("<!-- listing: A.java#a -->", "", "```java", "one", "```", "```java",
        "```",
        "<!-- listing: B.java#b -->", "text"));
    assertEquals(List.of(
        new Document.Block(3, "java", Optional.of(new Document.Source("A.java", "a")), List.of("one")),
        new Document.Block(6, "java", Optional.empty(), List.of()),
        new Document.Block(9, "", Optional.of(new Document.Source("B.java", "b")), List.of())), document.blocks());
  }
}
