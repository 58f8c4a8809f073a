package dev.edge4j.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Dates in fields (RFC 9110 section 5.6.7): written in one form, read in three. */
public final class HttpDate {
  private static final DateTimeFormatter IMF = DateTimeFormatter
      .ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
      .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter ASCTIME_ONE_DIGIT = DateTimeFormatter.ofPattern("EEE MMM  d HH:mm:ss uuuu",
      Locale.US);
  private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss uuuu", Locale.US);
  private static final int CENTURY_AHEAD = 50;

  private HttpDate() {}

  /** In the preferred form, {@code Sun, 06 Nov 1994 08:49:37 GMT}; fractions of a second are cut off. */
  public static String format(Instant time) {
    return IMF.format(time);
  }

  /** Cut to what a date in a field can say. */
  public static Instant toSeconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Reads any of the three forms; a year of two digits is the one of this time that is at most 50 years ahead of {@code now}. */
  public static Optional<Instant> parse(String text, Instant now) {
    return Stream.<Supplier<DateTimeFormatter>>of(() -> IMF, () -> rfc850(now), () -> ASCTIME, () -> ASCTIME_ONE_DIGIT)
        .flatMap(form -> read(text, form.get())) // the second one has to be built, and hardly anybody sends it
        .findFirst();
  }

  private static Stream<Instant> read(String text, DateTimeFormatter form) {
    try {
      return Stream.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return Stream.empty(); // perhaps another form
    }
  }

  private static DateTimeFormatter rfc850(Instant now) {
    int base = now.atOffset(ZoneOffset.UTC).getYear() + CENTURY_AHEAD - 99;
    return new DateTimeFormatterBuilder().appendPattern("EEEE, dd-MMM-")
        .appendValueReduced(ChronoField.YEAR, 2, 2, base)
        .appendPattern(" HH:mm:ss 'GMT'")
        .toFormatter(Locale.US);
  }
}
