package dev.edge4j.examples.benchmarks.servers;

import io.netty.util.AsciiString;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The value of {@code Date}, made once a second: the field that every server must send (RFC 9110 section 6.6.1). */
final class RawDate {
  private record Second(long number, AsciiString text) {}

  private static volatile Second last = new Second(-1, AsciiString.EMPTY_STRING);

  private RawDate() {}

  static AsciiString now() {
    long number = System.currentTimeMillis() / 1_000;
    Second known = last;
    if (known.number() != number) {
      String text = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
      known = new Second(number, new AsciiString(text));
      last = known;
    }
    return known.text();
  }
}
