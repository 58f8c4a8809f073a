package dev.edge4j.http.structured;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is written is read again as it was, and whatever is read is written in a form that means the same. */
class StructuredFieldsComeBackAsTheyWereTest {
  @Provide
  Arbitrary<Member> members() {
    return Arbitraries.oneOf(items(), Combinators.combine(items().list().ofMaxSize(3), parameters())
        .as(InnerList::new));
  }

  @Provide
  Arbitrary<Map<String, Member>> dictionaries() {
    return Arbitraries.maps(keys(), members()).ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> fieldLike() {
    return Arbitraries.strings().withChars("ab1.,;= ()\":?%@-*").ofMaxLength(12);
  }

  private static Arbitrary<Item> items() {
    return Combinators.combine(bare(), parameters()).as(Item::new);
  }

  private static Arbitrary<Map<String, Bare>> parameters() {
    return Arbitraries.maps(keys(), bare()).ofMaxSize(3);
  }

  private static Arbitrary<String> keys() {
    return Arbitraries.strings()
        .withChars("abz*019_-.")
        .ofMinLength(1)
        .ofMaxLength(5)
        .filter(key -> Characters
            .startsKey(key.charAt(0)));
  }

  private static Arbitrary<Bare> bare() {
    return Arbitraries.oneOf(Arbitraries.longs().between(-Bare.Whole.MAX, Bare.Whole.MAX).map(Bare.Whole::new),
        Arbitraries.longs()
            .between(-Bare.Whole.MAX, Bare.Whole.MAX)
            .map(n -> new Bare.Decimal(BigDecimal.valueOf(n, 3))),
        Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(8).map(Bare.Text::new), Arbitraries.strings()
            .withChars("aZ*!:/9.")
            .ofMaxLength(8)
            .filter(Characters::isToken)
            .map(Bare.Token::new), Arbitraries.bytes().array(byte[].class).ofMaxSize(9).map(Bare.Binary::new),
        Arbitraries.of(true, false).map(Bare.Flag::new), Arbitraries.longs()
            .between(-9_999_999_999L, 9_999_999_999L)
            .map(s -> new Bare.Time(Instant.ofEpochSecond(s))), Arbitraries.strings()
                .ofMaxLength(8)
                .filter(
                    text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c)))
                .map(Bare.Display::new));
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void listsComeBack(@ForAll List<@From("members") Member> list) {
    assertEquals(Optional.of(list), StructuredFields.parseList(StructuredFields.write(list)));
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void dictionariesComeBack(@ForAll("dictionaries") Map<String, Member> dictionary) {
    Optional<Map<String, Member>> read = StructuredFields.parseDictionary(StructuredFields.write(dictionary));
    assertEquals(Optional.of(dictionary), read);
    assertEquals(List.copyOf(dictionary.keySet()), List.copyOf(read.orElseThrow().keySet()));
  }

  @Property(tries = 1_000)
  void anyTextIsReadOrNot(@ForAll("fieldLike") String text) {
    StructuredFields.parseDictionary(text)
        .ifPresent(read -> assertEquals(Optional.of(read), StructuredFields.parseDictionary(StructuredFields.write(
            read))));
    StructuredFields.parseList(text)
        .ifPresent(read -> assertEquals(Optional.of(read), StructuredFields.parseList(StructuredFields.write(read))));
  }
}
