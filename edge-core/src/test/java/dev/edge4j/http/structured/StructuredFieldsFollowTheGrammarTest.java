package dev.edge4j.http.structured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.http.Headers;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values are read by the grammar of RFC 9651 and written in its one form; what does not follow it to its last character is none. */
class StructuredFieldsFollowTheGrammarTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"42|42", "042|42", "-0|0", "-042|-42",
      "999999999999999|999999999999999", "1.50|1.5", "-1.230|-1.23", "123456789012.125|123456789012.125", "1.0|1.0",
      "`  \"a \\\\\\\" b\"  `|\"a \\\\\\\" b\"", "*a/b:c|*a/b:c", ":aGVsbG8=:|:aGVsbG8=:", ":aGVsbG8:|:aGVsbG8=:",
      "::|::",
      "?1|?1", "?0|?0", "@1659578233|@1659578233", "@-1|@-1", "%\"f%c3%bc\"|%\"f%c3%bc\"",
      "%\"100%25 %22\"|%\"100%25 %22\"",
      "a;  q=1;q=2;b=?1|a;q=2;b", "a;b=?0|a;b=?0"})
  void itemsAreReadAndWrittenInTheOneForm(String given, String canonical) {
    assertEquals(Optional.of(canonical), StructuredFields.parseItem(given).map(StructuredFields::write));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "--1", "1.", "1.2345", "1..2", "1234567890123.1", "1000000000000000", "+1", "\"a",
      "\"\\a\"", "\"\t\"", "\"\u00fc\"", "a b", "a;", "a;Q=1", "a;=1", ":a", ":a b:", ":%:", "?2", "?", "?1.0", "@1.5",
      "@",
      "%a", "%\"%C3%BC\"", "%\"%c3%28\"", "%\"%a\"", "%\"\u00fc\"", "1,2", "(1)", "\t1", "-a"})
  void whatIsNoItemIsNothing(String given) {
    assertEquals(Optional.empty(), StructuredFields.parseItem(given));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"``|``", "a,b|a, b", "`a ,\t b;x`|a, b;x", "()|()",
      "(a  b );q=1, (c)|(a b);q=1, (c)", "(1;a \"x\";b=2)|(1;a \"x\";b=2)"})
  void listsAreReadAndWritten(String given, String canonical) {
    assertEquals(Optional.of(canonical), StructuredFields.parseList(given).map(StructuredFields::write));
  }

  @ParameterizedTest
  @ValueSource(strings = {",", "a,", "a,,b", "a b", "(a", "(a,b)", "((a))", "(a\tb)", "a;b c", "(a\"b\")"})
  void whatIsNoListIsNothing(String given) {
    assertEquals(Optional.empty(), StructuredFields.parseList(given));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"``|``", "a=1,b|a=1, b",
      "a=?1;x, b=(1 2);y|a;x, b=(1 2);y",
      "a=1,b=2,a=3|a=3, b=2", "*a_-.*9=0|*a_-.*9=0"})
  void dictionariesAreReadAndWritten(String given, String canonical) {
    assertEquals(Optional.of(canonical), StructuredFields.parseDictionary(given).map(StructuredFields::write));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A=1", "a=", "a=1,", "=1", "1=a", "a =1", "a= 1", "a=1 b=2"})
  void whatIsNoDictionaryIsNothing(String given) {
    assertEquals(Optional.empty(), StructuredFields.parseDictionary(given));
  }

  @Test
  void severalLinesAreOneValue() {
    Headers headers = Headers.of("Priority", "u=1", "priority", "i", "X", "a", "X", "b");
    assertEquals(Optional.of(Map.of("u", Item.of(1), "i", Item.of(new Bare.Flag(true)))), StructuredFields.dictionary(
        headers, "Priority"));
    assertEquals(Optional.of(List.of(Item.token("a"), Item.token("b"))), StructuredFields.list(headers, "x"));
    assertEquals(Optional.empty(), StructuredFields.item(headers, "x"));
    assertEquals(Optional.of(List.of()), StructuredFields.list(headers, "Absent"));
  }

  @Test
  void whatATypeCannotCarryIsRefusedAtOnce() {
    assertThrows(IllegalArgumentException.class, () -> Item.of(1_000_000_000_000_000L));
    assertThrows(IllegalArgumentException.class, () -> Item.of("\u00fc"));
    assertThrows(IllegalArgumentException.class, () -> Item.token("1a"));
    assertThrows(IllegalArgumentException.class, () -> Item.of(1).with("Upper", new Bare.Flag(true)));
    assertThrows(IllegalArgumentException.class, () -> new Bare.Decimal(new BigDecimal("999999999999.9996")));
    assertThrows(IllegalArgumentException.class, () -> new Bare.Display("\ud800"));
    assertThrows(IllegalArgumentException.class, () -> new Bare.Time(Instant.MAX));
    assertEquals("0.002", StructuredFields.write(Item.of(new Bare.Decimal(new BigDecimal("0.0025")))));
  }
}
