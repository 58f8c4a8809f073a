package dev.edge4j.json;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever sends JSON that cannot be read is told where and what is wrong in words of his, and nothing of what reads it. */
class ErrorsOfJsonSpeakPlainlyTest {
  enum Color {
    RED, GREEN
  }

  record Line(int n, @Nullable Color color) {}

  record All(@Nullable String text, @Nullable Long id, @Nullable Integer small, @Nullable Boolean flag,
      @Nullable Double real, @Nullable BigDecimal exact, @Nullable List<Line> lines, @Nullable Map<Long, Integer> map,
      @Nullable Color color, @Nullable Instant at, @Nullable UUID uuid, Optional<Integer> maybe,
      @Nullable Character letter, @Nullable Duration lasts, @Nullable LocalDate day, @Nullable URI uri,
      byte @Nullable [] bytes, String @Nullable [] names, @Nullable Object any) {}

  /** Of Jackson: constants, packages, features, settings, and what it says of Java. */
  private static final Pattern INNER = Pattern.compile(
      "[A-Z]{2,}_[A-Z]|JsonT|JsonR|jackson|dev\\.edge4j|java\\.|\\$|Exception|REDACTED|Source|[Ff]eature|[Ff]ormat|Constraints|"
          + "deserializ|coerce|instance|token|enable|\\b(?:int|boolean|ArrayList|LinkedHashMap|Integer|String|All)\\b");

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      {                          | line 1, column 2: it ends too early
      {"text":"a                 | line 1, column 11: it ends too early
      {"text":}                  | line 1, column 9: a value is expected
      {"text":nul}               | line 1, column 9: a value is expected
      {"text":'a'}               | line 1, column 9: a value is expected
      <a/>                       | line 1, column 1: a value is expected
      {"text" 1}                 | line 1, column 9: a colon is expected between name and value
      {"text":"a",}              | line 1, column 13: a name in double quotes is expected
      {text:"a"}                 | line 1, column 2: a name in double quotes is expected
      {"id":1 "small":2}         | line 1, column 9: a comma is expected
      {"lines":[{"n":1]}         | line 1, column 17: this bracket does not close what is open
      {"id":01}                  | line 1, column 8: JSON has no such number
      {"id":+1}                  | line 1, column 8: JSON has no such number
      {"id":NaN}                 | line 1, column 10: JSON has no such number
      {"text":"\\x"}             | line 1, column 11: JSON has no such escape
      {"text":"\\u12"}           | line 1, column 14: four hexadecimal digits
      // a comment               | line 1, column 1: JSON has no comments
      {"text":"\u00e4\u00f6",}   | line 1, column 14: a name in double quotes
      {"maybe":1} x              | line 1, column 13: a value is expected
      """)
  void malformedSaysWhere(String json, String start) {
    JsonException e = refused(json.getBytes(UTF_8));
    assertEquals("", e.field());
    assertTrue(message(e).startsWith(start), message(e));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      []                                  |                | a list (expected: an object)
      1                                   |                | a number (expected: an object)
      {"text":{}}                         | text           | must be text, not an object
      {"id":[]}                           | id             | must be a whole number, not a list
      {"id":"1"}                          | id             | must be a whole number, not text
      {"id":1.5}                          | id             | must be a whole number
      {"small":99999999999}               | small          | must be a whole number from -2147483648 to 2147483647
      {"flag":"true"}                     | flag           | must be true or false, not text
      {"lines":{}}                        | lines          | must be a list, not an object
      {"lines":[1]}                       | lines[0]       | must be an object, not a number
      {"lines":[{"n":1,"color":"BLUE"}]}  | lines[0].color | must be one of RED, GREEN
      {"color":true}                      | color          | must be one of RED, GREEN, not true
      {"map":{"x":1}}                     | map            | has a name in it that is not a whole number
      {"at":"yesterday"}                  | at             | must be a time such as 2026-01-31T12:00:00Z
      {"day":"2026-13-01"}                | day            | must be a date such as 2026-01-31
      {"uuid":"x"}                        | uuid           | must be a UUID
      {"bytes":"!"}                       | bytes          | must be text in Base64
      """)
  void whatDoesNotFitSaysWhatWouldAndWhatStandsThere(String json, @Nullable String field, String message) {
    JsonException e = refused(json.getBytes(UTF_8));
    assertEquals(field == null ? "" : field, e.field());
    assertEquals(message, message(e));
  }

  @Test
  void linesAreCounted() {
    assertTrue(message(refused("{\r\n  \"text\": \"a\",\n  \"id\" 4\n}".getBytes(UTF_8))).startsWith(
        "line 3, column 8: a colon"));
  }

  @Test
  void whatIsTooMuchIsSaid() {
    assertTrue(message(refused(("{\"any\":" + "[".repeat(2_000)).getBytes(UTF_8))).endsWith("it is nested too deeply"));
    assertTrue(message(refused(("{\"id\":" + "1".repeat(2_000) + "}").getBytes(UTF_8))).endsWith(
        "the number is too long"));
    assertTrue(message(refused(("{\"" + "n".repeat(60_000) + "\":1}").getBytes(UTF_8))).endsWith(
        "the name is too long"));
  }

  @Test
  void anotherEncodingIsNoTrouble() {
    assertTrue(message(refused("{\"text\":[]}".getBytes(UTF_16))).startsWith("must be text"));
    assertTrue(message(refused("{\"text\":".getBytes(UTF_16))).contains("it ends too early"));
    assertTrue(message(refused(new byte[]{'{', '"', (byte) 0xff, '"'})).endsWith("it is not UTF-8"));
  }

  /** Pieces of JSON in any order are malformed in more ways than anybody lists. */
  @Test
  void nothingOfWhatReadsItIsEverTold() {
    String[] names = {"text", "id", "small", "flag", "real", "exact", "lines", "map", "color", "at", "uuid", "maybe",
        "letter", "lasts", "day", "uri", "bytes", "names", "any"};
    String[] pieces = {"{", "}", "[", "]", ",", ":", "1", "-", "01", "1.", "1.5", "1e5", "+", "NaN", "Infinity", "0x1",
        "true", "tru", "null", "\"", "\"a\"", "'a'", "\\", "\"\\x\"", "\"\\u1\"", "\n", "\u0000", "/*", "//", "#",
        "\ufeff",
        "\ud83d\ude00", "99999999999999999999", "\"\"", "{\"n\":1}", "{\"n\":", "{}", "[]", "<"};
    var random = new Random(7);
    Set<String> told = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      var json = new StringBuilder(random.nextInt(8) == 0 ? "" : "{\"" + names[random.nextInt(names.length)] + "\":");
      for (int n = random.nextInt(4); n >= 0; n--) {
        json.append(pieces[random.nextInt(pieces.length)]);
      }
      String whole = json.append(random.nextBoolean() ? "}" : "").toString();
      try {
        JsonCodec.jackson().read(whole.getBytes(UTF_8), All.class);
      } catch (JsonException e) {
        assertFalse(INNER.matcher(message(e)).find(), () -> whole + ": " + message(e));
        assertFalse(message(e).contains("malformed"), () -> whole + " could be told better: " + e.getCause());
        told.add(message(e).replaceAll("line \\d+, column \\d+: ", ""));
      }
    }
    assertTrue(told.size() > 40, told::toString);
  }

  private static String message(JsonException e) {
    return String.valueOf(e.getMessage());
  }

  private static JsonException refused(byte[] json) {
    JsonException e = assertThrows(JsonException.class, () -> JsonCodec.jackson().read(json, All.class));
    assertFalse(INNER.matcher(message(e)).find(), message(e));
    return e;
  }
}
