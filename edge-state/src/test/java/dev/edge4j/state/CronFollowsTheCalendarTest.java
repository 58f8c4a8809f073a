package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cron alarm comes when the wall calendar of its place says so: where the clock is put forward and back, in leap years, or never. */
class CronFollowsTheCalendarTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId UTC = ZoneId.of("UTC");

  @Test
  void whatTheClockSkipsComesRightAfter() {
    assertEquals(List.of("2026-03-28T02:30+01:00", "2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00"),
        times("30 2 * * *", BERLIN, "2026-03-28T00:00:00Z", 3));
    assertEquals(List.of("2026-03-29T03:00+02:00", "2026-03-30T02:00+02:00"),
        times("*/20 2 * * *", BERLIN, "2026-03-28T12:00:00Z", 2));
    assertEquals(List.of("2017-10-15T01:00-02:00"), // at midnight, where the day begins at one
        times("30 0 * * *", ZoneId.of("America/Sao_Paulo"), "2017-10-14T12:00:00Z", 1));
    assertEquals(List.of("2011-12-31T00:00+14:00"), // a day that never was
        times("0 12 30 12 *", ZoneId.of("Pacific/Apia"), "2011-12-01T12:00:00Z", 1));
  }

  @Test
  void whatTheClockRepeatsComesOnce() {
    assertEquals(List.of("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00"),
        times("30 2 * * *", BERLIN, "2026-10-24T12:00:00Z", 2));
    assertEquals(List.of("2026-10-26T02:30+01:00"), times("30 2 * * *", BERLIN, "2026-10-25T01:10:00Z", 1));
    assertEquals(List.of("2026-04-05T01:45+11:00", "2026-04-06T01:45+10:30"), // half an hour
        times("45 1 * * *", ZoneId.of("Australia/Lord_Howe"), "2026-04-04T12:00:00Z", 2));
  }

  @Test
  void whatIsForEveryHourKeepsItsPace() {
    assertEquals(List.of("2026-03-29T01:30+01:00", "2026-03-29T03:30+02:00"),
        times("30 * * * *", BERLIN, "2026-03-29T00:00:00Z", 2));
    assertEquals(List.of("2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00", "2026-10-25T03:30+01:00"),
        times("30 * * * *", BERLIN, "2026-10-25T00:00:00Z", 3));
  }

  @Test
  void leapDaysComeInLeapYears() {
    assertEquals(List.of("2028-02-29T00:00Z", "2032-02-29T00:00Z"), times("0 0 29 2 *", UTC, "2026-01-01T00:00:00Z",
        2));
    assertEquals(List.of("2104-02-29T00:00Z"), times("0 0 29 2 *", UTC, "2097-01-01T00:00:00Z", 1));
    assertEquals(List.of("2026-01-31T00:00Z", "2026-03-31T00:00Z"), times("0 0 31 * *", UTC, "2026-01-01T00:00:00Z",
        2));
  }

  @Test
  void aDateThatIsInNoYearNeverComes() {
    assertEquals(Optional.empty(), Schedule.cron("0 0 31 2 *", UTC).first(Instant.parse("2026-01-01T00:00:00Z")));
    assertEquals(Optional.empty(), Schedule.cron("0 0 31 4,6 *", UTC).first(Instant.parse("2026-01-01T00:00:00Z")));
  }

  @Test
  void dayOfMonthAndDayOfWeekMeanEither() {
    assertEquals(List.of("2026-01-09T00:00Z", "2026-01-13T00:00Z", "2026-01-16T00:00Z"),
        times("0 0 13 * 5", UTC, "2026-01-02T00:00:00Z", 3));
    assertEquals(times("0 0 * * 0", UTC, "2026-01-02T00:00:00Z", 3), times("0 0 * * SUN", UTC, "2026-01-02T00:00:00Z",
        3));
    assertEquals(times("0 0 * * 0", UTC, "2026-01-02T00:00:00Z", 3), times("0 0 * * 7", UTC, "2026-01-02T00:00:00Z",
        3));
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', quoteCharacter = '\0', value = {"60 * * * *;minute \"60\" (expected: 0 to 59;",
      "*/0 * * * *;minute \"*/0\"", "1,,2 * * * *;minute \"1,,2\"", "* 24 * * *;hour \"24\" (expected: 0 to 23;",
      "* 5-1 * * *;hour \"5-1\"", "0 0 0 * *;day of month \"0\" (expected: 1 to 31;", "0 0 L * *;day of month \"L\"",
      "0 0 1 13 *;month \"13\" (expected: 1 to 12 or JAN to DEC;", "0 0 * * 8;day of week \"8\" (expected: 0 to 7 or",
      "0 0 * * 5#2;day of week \"5#2\"", "* * * *;4 fields (expected: five, which are minute, hour, day of month,",
      "* * * * * *;6 fields", "@daily;1 field (expected: five", "0 0 * * * || 1 1 * * *;11 fields",
      "99999999999 * * * *;minute \"99999999999\""})
  void aMistakeIsNamed(String expression, String mistake) {
    String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> Schedule.cron(expression, UTC))
        .getMessage());
    assertEquals("cron: \"" + expression + "\": " + mistake, message.substring(0, Math.min(message.length(), 10
        + expression.length() + mistake.length())));
  }

  private static List<String> times(String expression, ZoneId zone, String from, int count) {
    var times = new ArrayList<String>();
    Schedule cron = Schedule.cron(expression, zone);
    Instant at = cron.first(Instant.parse(from)).orElseThrow();
    for (int i = 0; i < count; i++) {
      times.add(at.atZone(zone).toOffsetDateTime().toString());
      at = cron.next(at, at).orElseThrow();
    }
    return times;
  }
}
