package dev.edge4j.state.store;

import dev.edge4j.state.RetryPolicy;
import dev.edge4j.state.Schedule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** How values that are not plain columns are written in one, and read back. What is written here is on disk for ever. */
final class Columns {
  private Columns() {}

  static String text(Schedule schedule) {
    return switch (schedule) {
      case Schedule.At at -> "at " + at.time();
      case Schedule.In in -> "in " + in.delay();
      case Schedule.Every every -> "every " + every.period();
      case Schedule.Cron cron -> "cron " + cron.zone() + " " + cron.expression();
    };
  }

  static Schedule schedule(String text) {
    String[] parts = text.split(" ", 2);
    return switch (parts[0]) {
      case "at" -> Schedule.at(Instant.parse(parts[1]));
      case "in" -> Schedule.in(Duration.parse(parts[1]));
      case "every" -> Schedule.every(Duration.parse(parts[1]));
      case "cron" -> {
        String[] cron = parts[1].split(" ", 2);
        yield Schedule.cron(cron[1], ZoneId.of(cron[0]));
      }
      default -> throw new IllegalStateException("schedule: \"" + text + "\" (expected: at, in, every or cron)");
    };
  }

  static String text(RetryPolicy retry) {
    return retry.first() + " " + retry.factor() + " " + retry.most() + " " + retry.attempts();
  }

  static RetryPolicy retry(String text) {
    String[] parts = text.split(" ", 4);
    return new RetryPolicy(Duration.parse(parts[0]), Double.parseDouble(parts[1]), Duration.parse(parts[2]),
        Integer.parseInt(parts[3]));
  }

  static Instant instant(ResultSet row, int column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  static Optional<byte[]> bytes(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getBytes(column));
  }

  /** The columns {@code name, due, planned, failed, schedule, retry, payload}, from a column on. */
  static AlarmRow alarm(ResultSet row, int at) throws SQLException {
    return new AlarmRow(row.getString(at), instant(row, at + 1), instant(row, at + 2), row.getInt(at + 3),
        schedule(row.getString(at + 4)), retry(row.getString(at + 5)), bytes(row, at + 6));
  }
}
