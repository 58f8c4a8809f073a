package dev.edge4j.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entity tags are the same or equivalent, by the table of RFC 9110 section 8.8.3.2. */
class EntityTagsCompareTwoWaysTest {
  @ParameterizedTest
  @CsvSource({"W/\"1\",W/\"1\",false,true", "W/\"1\",W/\"2\",false,false", "W/\"1\",\"1\",false,true",
      "\"1\",\"1\",true,true"})
  void compare(String one, String other, boolean same, boolean equivalent) {
    EntityTag first = EntityTag.parse(one).orElseThrow();
    EntityTag second = EntityTag.parse(other).orElseThrow();
    assertEquals(same, first.isSame(second));
    assertEquals(equivalent, first.isEquivalent(second));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"", "a", "W/", "W/a", "w/\"a\"", "\"a\"b\"", "\"a b\"", "\"a\" ", "\"a\u0001\""})
  void whatIsNoTagIsNothing(String text) {
    assertEquals(Optional.empty(), EntityTag.parse(text));
  }

  @Test
  void aCommaMayStandWithinOne() {
    assertEquals(Optional.of(List.of(EntityTag.strong("a,b"), EntityTag.weak("c"))), EntityTag.parseList(
        "\"a,b\" ,, W/\"c\""));
    assertEquals(Optional.of(EntityTag.strong("")), EntityTag.parse("\"\""));
    assertThrows(IllegalArgumentException.class, () -> EntityTag.strong("a\"b"));
  }

  @Test
  void equalBytesHaveEqualTags() {
    byte[] bytes = "content".getBytes(StandardCharsets.UTF_8);
    assertEquals(EntityTag.of(bytes), EntityTag.of(bytes.clone()));
    assertNotEquals(EntityTag.of(bytes), EntityTag.of(new byte[0]));
  }
}
