package dev.edge4j.examples.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 section 14.1.2, on ten bytes. */
class ByteRangesAreReadAsTheirFieldSaysTest {
  @ParameterizedTest
  @CsvSource({"bytes=0-0, 0, 0", "bytes=2-5, 2, 5", "bytes=2-, 2, 9", "bytes=-3, 7, 9", "bytes=-99, 0, 9",
      "bytes=5-99, 5, 9"})
  void oneRange(String field, long first, long last) {
    assertEquals(Optional.of(new ByteRange(first, last)), ByteRange.of(field, 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-12", "bytes=-0"})
  void nothingOfTheFile(String field) {
    assertTrue(ByteRange.of(field, 10).orElseThrow().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=-", "bytes=5-2", "bytes=0-1,3-4", "lines=0-1", "bytes=a-b", "bytes 0-1", "bytes=+1-2",
      "bytes=0-1000000000000000000000"})
  void whatIsNoneOrSeveralIsTheWhole(String field) {
    assertEquals(Optional.empty(), ByteRange.of(field, 10));
  }

  @Test
  void anEmptyFileHasNoRange() {
    assertTrue(ByteRange.of("bytes=0-", 0).orElseThrow().isEmpty());
    assertTrue(ByteRange.of("bytes=-5", 0).orElseThrow().isEmpty());
  }
}
