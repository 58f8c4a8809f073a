package dev.edge4j.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Negotiation of codings, languages and charsets as RFC 9110 sections 12.5.2 to 12.5.4 and RFC 4647 say. */
class PreferencesFollowTheirWeightsTest {
  private static final List<String> OURS = List.of("zstd", "br", "gzip", "identity");

  /** The examples of section 12.5.3, and what they leave open. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"compress, gzip | gzip", "'' | identity", "* | zstd",
      "compress;q=0.5, gzip;q=1.0 | gzip", "gzip;q=1.0, identity; q=0.5, *;q=0 | gzip", "br;q=0.9, gzip;q=0.9 | br",
      "gzip;q=0.8, br;q=0.2 | gzip", "gzip;q=0 | identity", "gzip;q=0, *;q=1 | zstd",
      "identity;q=1, gzip;q=0.5 | identity",
      "identity;q=0.5, gzip;q=0.5 | gzip", "gzip;q=0.001 | gzip", "GZIP | gzip", "x-gzip | gzip", "*;q=0 | none",
      "identity;q=0 | none", "identity;q=0, br | br", "*;q=0, gzip;q=0.1 | gzip", "*;q=0, identity;q=0.1 | identity",
      "gzip;q=2, br | br", "gzip;level=9, br;q=0.1 | br", "gzip;q=, br;q=0.1 | br", "bogus | identity"})
  void aCodingIsChosenByQualityThenByOurOrder(String field, String expected) {
    assertEquals(expected, Preferences.encodings(Headers.of("Accept-Encoding", field)).best(OURS).orElse("none"));
  }

  @Test
  void withoutTheFieldNothingIsCodedAndAllElseIsWelcome() {
    assertEquals(Optional.of("identity"), Preferences.encodings(Headers.empty()).best(OURS));
    assertEquals(Optional.of("de"), Preferences.languages(Headers.empty()).best(List.of("de", "en")));
    assertEquals(1000, Preferences.charsets(Headers.empty()).quality("utf-8"));
  }

  /** The example of section 12.5.4: Danish, but British English and other English too. */
  @ParameterizedTest
  @CsvSource({"da, 1000", "en-GB, 800", "en-gb-oed, 800", "en, 700", "en-US, 700", "de, 0"})
  void aLanguageIsAsWelcomeAsTheLongestRangeThatIncludesIt(String tag, int quality) {
    assertEquals(quality, Preferences.languages(Headers.of("Accept-Language", "da, en-gb;q=0.8, en;q=0.7"))
        .quality(tag));
  }

  /** The example of RFC 4647 section 3.4, cut one subtag at a time. */
  @ParameterizedTest
  @CsvSource({"zh-Hant-CN-x-private1-private2, zh-Hant-CN-x-private1", "zh-Hant-CN-x-private1, zh-Hant-CN",
      "zh-Hant-CN-x-private1, zh-Hant", "zh-Hant-CN, zh", "de-AT, DE"})
  void lookupLosesSubtagsUntilItFinds(String range, String offer) {
    assertEquals(Optional.of(offer), Preferences.lookup(range, List.of("fr", offer)));
  }

  @Test
  void lookupNeverStopsAtASingleLetter() {
    assertEquals(Optional.empty(), Preferences.lookup("zh-x-private", List.of("zh-x")));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"de-AT, en | de", "en;q=0.5, de | de", "en, de | en", "de;q=0, en | en",
      "* | none",
      "fr | none", "de;q=0 | none"})
  void theMostWelcomeRangeIsLookedUpFirst(String field, String expected) {
    assertEquals(expected, Preferences.languages(Headers.of("Accept-Language", field))
        .lookup(List.of("de", "en"))
        .orElse("none"));
  }

  @Test
  void charsetsHaveNoIdentity() {
    Preferences charsets = Preferences.charsets(Headers.of("Accept-Charset", "iso-8859-5, unicode-1-1;q=0.8"));
    assertEquals(List.of(1000, 800, 0), List.of(charsets.quality("ISO-8859-5"), charsets.quality("unicode-1-1"),
        charsets.quality("utf-8")));
  }

  /** Whatever the weights, nothing that is offered is more welcome than what is chosen, and nothing before it as welcome. */
  @Property(tries = 200)
  void theBestIsTheFirstOfTheMostWelcome(@ForAll @IntRange(max = 1000) int zstd, @ForAll @IntRange(max = 1000) int br,
      @ForAll @IntRange(max = 1000) int gzip) {
    Preferences given = Preferences.encodings(Headers.of("Accept-Encoding",
        "gzip;q=" + weight(gzip) + ", identity;q=0, br;q=" + weight(br) + ", zstd;q=" + weight(zstd)));
    String expected = zstd + br + gzip == 0 ? "none" : zstd >= br && zstd >= gzip ? "zstd" : br >= gzip ? "br" : "gzip";
    assertEquals(expected, given.best(OURS).orElse("none"));
  }

  private static String weight(int thousandths) {
    return thousandths == 1000 ? "1" : "0." + String.valueOf(1000 + thousandths).substring(1);
  }

  /** To shorten it subtag by subtag would take the square of its length, on the event loop. */
  @Test
  void aWordThatNobodyUsesIsPassedOver() {
    String longest = "de" + "-a1".repeat(40);
    assertEquals(Optional.of("en"), Preferences.languages(Headers.of("Accept-Language", longest + ", en;q=0.1"))
        .lookup(List.of("de", "en")));
    assertEquals(0, Preferences.languages(Headers.of("Accept-Language", longest + ", en")).quality(longest));
  }
}
