package dev.edge4j.state.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.state.RetryPolicy;
import dev.edge4j.state.Schedule;
import java.time.Instant;
import java.util.Map;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An alarm that is set.
 *
 * @param due when it goes off, later than planned after failures
 * @param planned when it is to go off by its schedule
 * @param failed how often it was tried
 * @param payload JSON
 */
public record AlarmRow(String name, Instant due, Instant planned, int failed, Schedule schedule, RetryPolicy retry,
    Optional<byte[]> payload) {
  /** All but its name as texts, for a snapshot. */
  public Map<String, String> texts() {
    var texts = new TreeMap<>(Map.of("due", due.toString(), "planned", planned.toString(), "failed", Integer.toString(
        failed), "schedule", Columns.text(schedule), "retry", Columns.text(retry)));
    payload.ifPresent(json -> texts.put("payload", new String(json, UTF_8)));
    return texts;
  }

  /** The alarm of these texts; throws {@link IllegalArgumentException} or {@link java.time.DateTimeException} if they do not say one. */
  public static AlarmRow of(String name, Map<String, String> texts) {
    return new AlarmRow(name, Instant.parse(text(texts, "due")), Instant.parse(text(texts, "planned")),
        Integer.parseInt(text(texts, "failed")), Columns.schedule(text(texts, "schedule")), Columns.retry(text(texts,
            "retry")), Optional.ofNullable(texts.get("payload")).map(json -> json.getBytes(UTF_8)));
  }

  private static String text(Map<String, String> texts, String what) {
    String text = texts.get(what);
    if (text == null) {
      throw new IllegalArgumentException("alarm without \"" + what + "\" (expected: one)");
    }
    return text;
  }

  /** The same, to go off then. */
  public AlarmRow at(Instant time) {
    return new AlarmRow(name, time, planned, failed, schedule, retry, payload);
  }

  /** The first whole millisecond that is not before a time: what a file keeps, so that nothing goes off early. */
  public static Instant wholeMillis(Instant time) {
    Instant floor = time.truncatedTo(ChronoUnit.MILLIS);
    return floor.equals(time) ? time : floor.plusMillis(1);
  }
}
