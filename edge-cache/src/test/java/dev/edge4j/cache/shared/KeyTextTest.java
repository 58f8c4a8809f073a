package dev.edge4j.cache.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Keys have the same text only if they are equal. */
class KeyTextTest {
  record Pair(String left, String right) {}

  record Nested(Pair pair, long number) {}

  @Test
  void simpleKeysAreReadable() {
    assertEquals("=42", KeyText.of(42L));
    assertEquals("=tea", KeyText.of("tea"));
    assertEquals("=SECONDS", KeyText.of(TimeUnit.SECONDS));
    assertEquals("=00000000-0000-0001-0000-000000000002", KeyText.of(new UUID(1, 2)));
    assertEquals("=Nested|13:Pair|1:a|2:bc|1:7", KeyText.of(new Nested(new Pair("a", "bc"), 7)));
  }

  @Test
  void whatHasNoTextIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> KeyText.of(List.of(1)));
    assertThrows(IllegalArgumentException.class, () -> KeyText.of(new Object()));
  }

  @Property
  void componentsCannotImitateEachOther(@ForAll @CharRange(from = '0', to = ':') @StringLength(max = 4) String a,
      @ForAll @CharRange(from = '0', to = ':') @StringLength(max = 4) String b,
      @ForAll @CharRange(from = '|', to = '|') @CharRange(from = '0', to = ':') @StringLength(max = 4) String c,
      @ForAll @CharRange(from = '|', to = '|') @CharRange(from = '0', to = ':') @StringLength(max = 4) String d) {
    var one = new Pair(a + c, b);
    var two = new Pair(a, d + b);
    assertEquals(one.equals(two), KeyText.of(one).equals(KeyText.of(two)));
  }

  @Property
  void everyTextFitsAStore(@ForAll String key) {
    assertTrue(KeyText.of(key.repeat(50)).getBytes(StandardCharsets.UTF_8).length <= KeyText.MAX_BYTES + 1);
  }
}
