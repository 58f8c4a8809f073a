package dev.edge4j.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Negotiation of media types as RFC 9110 section 12.5.1 says. */
class AcceptFollowsItsWeightsTest {
  private static Accept accept(String value) {
    return Accept.of(Headers.of("Accept", value));
  }

  /** The table of the section's last example. */
  @ParameterizedTest
  @CsvSource({"text/plain;format=flowed, 1000", "text/plain, 700", "text/html, 300", "image/jpeg, 500",
      "text/plain;format=fixed, 400", "text/html;level=3, 700"})
  void theTableOfTheRfc(String type, int quality) {
    assertEquals(quality, accept(
        "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4,"
            + " */*;q=0.5, text/html;level=3;q=0.7, text/html;q=0.3").quality(type));
  }

  @Test
  void withoutTheFieldAllIsWelcome() {
    Accept all = Accept.of(Headers.empty());
    assertEquals(1000, all.quality("text/html"));
    assertEquals(Optional.of("text/html"), all.best(List.of("text/html", "application/json")));
  }

  @Test
  void zeroExcludesWhatAWiderRangeIncludes() {
    Accept notHtml = accept("text/html;q=0, */*;q=0.1");
    assertEquals(0, notHtml.quality("text/html; charset=utf-8"));
    assertEquals(100, notHtml.quality("text/plain"));
    assertEquals(Optional.empty(), notHtml.best(List.of("text/html")));
  }

  @Test
  void ofEquallyWelcomeOnesTheFirstOfferIsTaken() {
    Accept browser = accept("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8");
    assertEquals(Optional.of("text/html"), browser.best(List.of("application/json", "text/html")));
    assertEquals(Optional.of("application/json"), browser.best(List.of("application/json", "text/plain")));
  }

  @Test
  void namesWeightsAndParametersCompareWithoutCaseOverSeveralLines() {
    Accept two = Accept.of(Headers.of("Accept", "Text/HTML ; Level=\"1\" ; Q=0.25", "accept", "APPLICATION/*;q=0.5"));
    assertEquals(250, two.quality("text/html;LEVEL=1"));
    assertEquals(0, two.quality("text/html"));
    assertEquals(500, two.quality("application/json"));
  }

  @Test
  void separatorsInsideQuotationMarksSeparateNothing() {
    Accept odd = accept("a/b;x=\"p,q;r\\\"=s\";q=0.5, c/d");
    assertEquals(500, odd.quality("a/b;x=\"p,q;r\\\"=s\""));
    assertEquals(0, odd.quality("a/b"));
    assertEquals(1000, odd.quality("c/d"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "text/", "/html", "*/html", "te xt/html", "text/html;q=2", "text/html;q=-1",
      "text/html;q=0.1234", "text/html;q=1.001", "text/html;q=", "text/html;q", "text/html;a=1;a=2", "text/html;a=\"b",
      "text/html;a=b\"", "text/html/x", "text/html;=1", "text/html;q=.5", ""})
  void aMalformedMemberIsPassedOver(String member) {
    assertEquals(Optional.empty(), MediaRange.parse(member));
    assertEquals(new Accept(List.of(new MediaRange("a", "b", Map.of(), 300))), accept("a/b;q=0.3, " + member));
  }

  @Test
  void aTypeIsNamedByItsOwnRangeAlone() {
    Accept field = accept("text/html, text/plain;q=0, image/*, */*");
    assertTrue(field.names("text/html; charset=utf-8"));
    assertFalse(field.names("text/plain"));
    assertFalse(field.names("image/png"));
    assertFalse(field.names("a/b"));
    assertFalse(Accept.of(Headers.empty()).names("text/html"));
  }

  @Test
  void aRangeOfAllTypesHasNoSubtype() {
    assertThrows(IllegalArgumentException.class, () -> new MediaRange("*", "html", Map.of(), 1));
    assertThrows(IllegalArgumentException.class, () -> new MediaRange("a", "b", Map.of(), 1001));
  }

  @Provide
  Arbitrary<MediaRange> ranges() {
    Arbitrary<String> type = Arbitraries.of("*", "text", "application");
    Arbitrary<String> subtype = Arbitraries.of("*", "html", "json");
    Arbitrary<Map<String, String>> parameters = Arbitraries.maps(Arbitraries.of("level", "x"),
        Arbitraries.of("1", "2", "a b", "p\"q\\", "")).ofMaxSize(2);
    return Combinators.combine(type, subtype, parameters, Arbitraries.integers().between(0, 1000))
        .as((t, s, p, q) -> new MediaRange(t, t.equals("*") ? "*" : s, p, q));
  }

  @Provide
  Arbitrary<List<MediaRange>> fields() {
    return ranges().list().ofMaxSize(6);
  }

  @Property
  void aRangeReadsAsItWasWritten(@ForAll("ranges") MediaRange range) {
    assertEquals(Optional.of(range), MediaRange.parse(range.toString()));
  }

  @Property
  void aFieldReadsAsItWasWritten(@ForAll("fields") List<MediaRange> ranges) {
    var field = new Accept(ranges);
    assertEquals(field, accept(field.toString()));
  }

  @Property
  void theOrderOfTheRangesDoesNotMatter(@ForAll("fields") List<MediaRange> ranges, @ForAll("ranges") MediaRange type,
      @ForAll Random random) {
    List<MediaRange> shuffled = new ArrayList<>(ranges);
    Collections.shuffle(shuffled, random);
    String offer = offer(type);
    assertEquals(new Accept(ranges).quality(offer), new Accept(shuffled).quality(offer));
  }

  @Property
  void namingATypeExactlyDecidesAboutIt(@ForAll("fields") List<MediaRange> ranges, @ForAll("ranges") MediaRange type) {
    String offer = offer(type);
    MediaRange exact = MediaRange.parse(offer).orElseThrow();
    List<MediaRange> others = new ArrayList<>(ranges);
    others.removeIf(range -> range.precision() == exact.precision());
    others.add(new MediaRange(exact.type(), exact.subtype(), exact.parameters(), 123));
    assertEquals(123, new Accept(others).quality(offer));
  }

  @Property
  void theBestIsAcceptableAndNoneIsBetter(@ForAll("fields") List<MediaRange> ranges) {
    var field = new Accept(ranges);
    List<String> offers = List.of("text/html; charset=utf-8", "text/json;level=1", "application/json", "image/png");
    int most = offers.stream().mapToInt(field::quality).max().orElseThrow();
    Optional<String> best = field.best(offers);
    assertEquals(most > 0, best.isPresent());
    best.ifPresent(type -> assertEquals(most, field.quality(type)));
    assertTrue(most <= 1000);
  }

  /** A type in the range, with its parameters. */
  private static String offer(MediaRange range) {
    return new MediaRange(range.type().equals("*") ? "text" : range.type(), range.subtype().equals("*") ? "html"
        : range
            .subtype(), range.parameters(), 1000).toString();
  }
}
