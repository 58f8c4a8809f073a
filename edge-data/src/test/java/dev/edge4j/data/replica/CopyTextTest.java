package dev.edge4j.data.replica;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A line of COPY is cut and its escapes are undone. */
class CopyTextTest {
  @Test
  void cutsAtTabsAndTellsNullFromEmpty() {
    assertEquals(Arrays.asList("1", null, "", "ä"), CopyText.values("1\t\\N\t\tä\n".getBytes(UTF_8)));
    assertEquals(List.of(""), CopyText.values("\n".getBytes(UTF_8)));
    assertEquals(List.of("", ""), CopyText.values("\t".getBytes(UTF_8)));
  }

  @Test
  void undoesEscapes() {
    assertEquals(List.of("a\tb\nc\rd\\e", "\b\f\u000b", "\\N"), CopyText.values("a\\tb\\nc\\rd\\\\e\t\\b\\f\\v\t\\\\N\n"
        .getBytes(UTF_8)));
    assertEquals(List.of("\\x00ff", "\\"), CopyText.values("\\\\x00ff\t\\\\\n".getBytes(UTF_8)));
  }
}
