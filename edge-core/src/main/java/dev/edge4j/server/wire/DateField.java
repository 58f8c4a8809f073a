package dev.edge4j.server.wire;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The value of {@code Date} (RFC 9110 section 6.6.1), made once a second for all connections: a race makes it twice, which is harmless. */
public final class DateField {
  private static final DateTimeFormatter FORMAT = DateTimeFormatter
      .ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
      .withZone(ZoneOffset.UTC);

  private record Second(long epochSecond, String text) {}

  private static volatile Second last = new Second(-1, "");

  private DateField() {}

  /** The value for now. */
  public static String now() {
    return at(System.currentTimeMillis());
  }

  /** The value for a time in milliseconds since 1970. */
  public static String at(long epochMilli) {
    long second = Math.floorDiv(epochMilli, 1_000L);
    Second known = last;
    if (known.epochSecond() != second) {
      known = new Second(second, FORMAT.format(Instant.ofEpochSecond(second)));
      last = known;
    }
    return known.text();
  }
}
