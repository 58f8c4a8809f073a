package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A link from one of our pages to a file of ours arrives. */
class LinksTest {
  @Test
  void everyRelativeLinkArrives() throws IOException {
    var dead = new ArrayList<String>();
    for (Document document : Document.all()) {
      Path folder = Optional.ofNullable(Path.of(document.name()).getParent()).orElse(Path.of(""));
      for (String link : document.links()) {
        String file = link.replaceFirst("#.*", "");
        if (!link.contains("://") && !file.isEmpty() && !Files.exists(Document.house().resolve(folder).resolve(file))) {
          dead.add(document.name() + " -> " + link);
        }
      }
    }
    assertEquals(List.of(), dead);
  }

  @Test
  void linksAreFoundOutsideOfBlocksAndPicturesAreNone() {
    var document = new Document("x.md",
        List.of("[a](b.md) and [c](d.md#e)", "```", "[f](g.md)", "```", "![h](i.png)"));
    assertEquals(List.of("b.md", "d.md#e"), document.links());
  }
}
