package dev.edge4j.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Browsers say when they fetch a page that nobody waits for. */
class ThePurposeOfAFetchIsReadTest {
  @ParameterizedTest
  @CsvSource({"Sec-Purpose,prefetch,PREFETCH", "Sec-Purpose,prefetch;prerender,PRERENDER",
      "Sec-Purpose,prefetch;anonymous-client-ip,PREFETCH", "Sec-Purpose,prefetch; prerender; x=1,PRERENDER",
      "Sec-Purpose,prefetcher,VISIT", "Sec-Purpose,'\"prefetch\"',VISIT", "Sec-Purpose,'prefetch,',VISIT",
      "Purpose,prefetch,PREFETCH",
      "X-Moz,prefetch,PREFETCH", "Purpose,preview,VISIT", "X-Other,prefetch,VISIT"})
  void byItsField(String name, String value, FetchPurpose expected) {
    assertEquals(expected, FetchPurpose.of(Headers.of(name, value)));
    assertEquals(expected != FetchPurpose.VISIT, expected.isSpeculative());
  }
}
