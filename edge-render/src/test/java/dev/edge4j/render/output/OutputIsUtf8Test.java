package dev.edge4j.render.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is written is what Java's own encoder makes of it, whatever the characters are and however long it gets. */
class OutputIsUtf8Test {
  private static final Replacements ANGLES = Replacements.of(Map.of('<', "&lt;", '>', "&gt;"));

  @Property
  void textIsEncodedAsJavaDoes(@ForAll String text) {
    var out = new Output();
    out.text(text);
    assertArrayEquals(text.getBytes(UTF_8), out.toBytes());
  }

  @Property
  void replacedCharactersAreReplaced(@ForAll String text) {
    var out = new Output();
    out.escaped("<" + text + ">", ANGLES);
    assertArrayEquals(("&lt;" + text.replace("<", "&lt;").replace(">", "&gt;") + "&gt;").getBytes(UTF_8), out
        .toBytes());
  }

  @Property
  void numbersAreDecimal(@ForAll long number) {
    var out = new Output();
    out.number(number);
    out.number(Long.MIN_VALUE);
    out.number(0);
    assertEquals(number + "" + Long.MIN_VALUE + "0", new String(out.toBytes(), UTF_8));
  }

  @Test
  void itGrowsAndIsUsedAgain() {
    var out = new Output();
    String long1 = "0123456789€".repeat(10_000);
    out.text(long1);
    assertEquals(long1, new String(out.toBytes(), UTF_8));
    out.truncate(3);
    assertEquals("012", new String(out.toBytes(), UTF_8));
    out.clear();
    out.write('a');
    out.codePoint(0x1F600);
    assertEquals("a😀", new String(out.toBytes(), UTF_8));
    assertEquals("😀", new String(out.toBytes(1), UTF_8));
  }
}
