package dev.edge4j.state.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An expression of cron, read once. Immutable.
 *
 * <p>What names hours goes by the clock on the wall: times are looked for as if it were never put forward or back, and only then placed in the zone. One
 * in the gap of spring becomes the end of the gap, one that autumn repeats is the first of the two. What is for every hour goes by elapsed time, so
 * that it neither pauses for an hour nor runs twice as often. Cron of Vixie draws the same line (its wildcard jobs).
 */
public final class CronSchedule {
  private record Key(String expression, ZoneId zone) {}

  private record Field(String name, String values) {}

  private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
  private static final List<Field> FIELDS = List.of(new Field("minute", "0 to 59"), new Field("hour", "0 to 23"),
      new Field("day of month", "1 to 31"), new Field("month", "1 to 12 or JAN to DEC"),
      new Field("day of week", "0 to 7 or SUN to SAT"));
  /** Every alarm that is read from disk brings its expression, and few differ. */
  private static final Map<Key, CronSchedule> KNOWN = new ConcurrentHashMap<>();
  private static final int MOST_KNOWN = 1_000;

  private final ExecutionTime times;
  private final ZoneId zone;
  private final boolean everyHour;

  private CronSchedule(Cron cron, ZoneId zone) {
    this.times = ExecutionTime.forCron(cron);
    this.zone = zone;
    this.everyHour = cron.retrieve(CronFieldName.HOUR).getExpression() instanceof Always;
  }

  /** Reads an expression; throws {@link IllegalArgumentException} that says what is wrong. */
  public static CronSchedule of(String expression, ZoneId zone) {
    if (KNOWN.size() >= MOST_KNOWN) {
      KNOWN.clear();
    }
    return KNOWN.computeIfAbsent(new Key(expression, zone), _ -> new CronSchedule(parse(expression), zone));
  }

  /** The first time after now; empty if it never comes. */
  public Optional<Instant> next(Instant now) {
    if (everyHour) {
      return times.nextExecution(now.atZone(zone)).map(ZonedDateTime::toInstant);
    }
    ZonedDateTime wall = now.atZone(zone).toLocalDateTime().atZone(ZoneOffset.UTC);
    while (true) {
      Optional<ZonedDateTime> found = times.nextExecution(wall);
      Optional<Instant> placed = found.map(time -> placed(time.toLocalDateTime()));
      if (placed.isEmpty() || placed.get().isAfter(now)) {
        return placed;
      }
      wall = found.orElseThrow(); // the clock shows it again, or it was moved to the end of a gap that has passed
    }
  }

  private Instant placed(LocalDateTime wall) {
    ZoneOffsetTransition change = zone.getRules().getTransition(wall);
    return change != null && change.isGap() ? change.getInstant() : wall.atZone(zone).toInstant();
  }

  private static Cron parse(String expression) {
    String[] parts = expression.trim().split("\\s+");
    if (parts.length != FIELDS.size()) {
      int given = expression.isBlank() ? 0 : parts.length;
      throw new IllegalArgumentException("cron: \"" + expression + "\": " + given
          + (given == 1 ? " field" : " fields")
          + " (expected: five, which are minute, hour, day of month, month, day of week)");
    }
    for (int i = 0; i < parts.length; i++) {
      checkField(expression, i, parts[i]);
    }
    return PARSER.parse(String.join(" ", parts)).validate();
  }

  /** The parser does not say which field it stumbled over, so each is shown to it alone. */
  private static void checkField(String expression, int at, String part) {
    String[] alone = {"*", "*", "*", "*", "*"};
    alone[at] = part;
    try {
      PARSER.parse(String.join(" ", alone)).validate();
    } catch (IllegalArgumentException e) {
      Field field = FIELDS.get(at);
      throw new IllegalArgumentException("cron: \"" + expression + "\": " + field.name() + " \"" + part
          + "\" (expected: " + field.values()
          + "; as *, a number, a list like 1,3, a range like 1-5, or steps like */5)", e);
    }
  }
}
