package dev.edge4j.server.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The value of {@code Date} (RFC 9110 section 6.6.1), made once a second for all connections: a race makes it twice, which is harmless. */
public final class DateField {
  private static final DateTimeFormatter FORMAT = DateTimeFormatter
      .ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
      .withZone(ZoneOffset.UTC);

  /** Both made once, the line for HTTP/1.1 with its end. */
  private record Second(long epochSecond, String text, byte[] line) {
    static Second of(long epochSecond) {
      String text = FORMAT.format(Instant.ofEpochSecond(epochSecond));
      return new Second(epochSecond, text, ("Date: " + text + "\r\n").getBytes(US_ASCII));
    }
  }

  private static volatile Second last = Second.of(0);

  private DateField() {}

  /** The value for now. */
  public static String now() {
    return second(System.currentTimeMillis()).text();
  }

  /** The whole line for now, which nobody may change. */
  public static byte[] line() {
    return second(System.currentTimeMillis()).line();
  }

  /** The value for a time in milliseconds since 1970. */
  public static String at(long epochMilli) {
    return second(epochMilli).text();
  }

  private static Second second(long epochMilli) {
    long second = Math.floorDiv(epochMilli, 1_000L);
    Second known = last;
    if (known.epochSecond() != second) {
      known = Second.of(second);
      last = known;
    }
    return known;
  }
}
