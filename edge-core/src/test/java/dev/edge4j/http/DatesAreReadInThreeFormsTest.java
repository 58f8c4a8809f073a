package dev.edge4j.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates are written in one form and read in three (RFC 9110 section 5.6.7). */
class DatesAreReadInThreeFormsTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({"'Sun, 06 Nov 1994 08:49:37 GMT',1994-11-06T08:49:37Z",
      "'Sunday, 06-Nov-94 08:49:37 GMT',1994-11-06T08:49:37Z",
      "Sun Nov  6 08:49:37 1994,1994-11-06T08:49:37Z", "Wed Nov 16 08:49:37 1994,1994-11-16T08:49:37Z",
      "'Thursday, 01-Jan-76 00:00:00 GMT',", "'Wednesday, 01-Jan-76 00:00:00 GMT',2076-01-01T00:00:00Z",
      "'Saturday, 01-Jan-77 00:00:00 GMT',1977-01-01T00:00:00Z"})
  void forms(String text, Instant expected) {
    assertEquals(Optional.ofNullable(expected), HttpDate.parse(text, NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "Mon, 06 Nov 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT",
      "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:37 +0000", "Sun, 31 Nov 1994 08:49:37 GMT",
      "Sun, 06 Nov 1994 25:49:37 GMT", "1994-11-06T08:49:37Z"})
  void whatIsNoDateIsNothing(String text) {
    assertEquals(Optional.empty(), HttpDate.parse(text, NOW));
  }

  @Property(tries = 300)
  void whatIsWrittenComesBack(@ForAll @LongRange(min = 0, max = 253_402_300_799L) long second) {
    Instant time = Instant.ofEpochSecond(second, 999);
    assertEquals(Optional.of(Instant.ofEpochSecond(second)), HttpDate.parse(HttpDate.format(time), NOW));
  }
}
