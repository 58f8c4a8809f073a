package dev.edge4j.server;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The value of {@code Date} (RFC 9110 section 6.6.1), made once a second for all connections: a race makes it twice, which is harmless. */
final class DateField {
  private static final DateTimeFormatter FORMAT = DateTimeFormatter
      .ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
      .withZone(ZoneOffset.UTC);

  private record Second(long epochSecond, String text) {}

  private static volatile Second last = new Second(-1, "");

  private DateField() {}

  static String now() {
    return at(System.currentTimeMillis());
  }

  static String at(long epochMilli) {
    long second = Math.floorDiv(epochMilli, 1_000L);
    Second known = last;
    if (known.epochSecond() != second) {
      known = new Second(second, FORMAT.format(Instant.ofEpochSecond(second)));
      last = known;
    }
    return known.text();
  }
}
