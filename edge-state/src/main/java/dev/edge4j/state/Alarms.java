package dev.edge4j.state;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The alarms of one object, each with a name of its own. What is set and cancelled is part of the turn's commit. Confined to the
 * thread that runs the turn. The object's class implements {@link AlarmHandler}.
 *
 * <p>An alarm is never early, and late only by what keeps the process busy or down: one that is overdue when the process starts goes
 * off then, once. It runs at least once: it is used up by the commit of the turn it runs.
 */
public interface Alarms {
  /** Sets an alarm, or sets it anew; see {@link #set(String, Schedule, Object, RetryPolicy)}. */
  void set(String name, Schedule schedule);

  /** Sets an alarm that hands over a value, with {@link RetryPolicy#defaults()}. */
  void set(String name, Schedule schedule, Object payload);

  /**
   * Sets an alarm, or sets it anew if there is one of that name; that in its own handler too.
   *
   * @param name 1 to 512 bytes of UTF-8
   * @param payload kept as JSON and handed to the handler
   * @throws IllegalArgumentException if the schedule never comes, or the object's class is no {@link AlarmHandler}
   */
  void set(String name, Schedule schedule, Object payload, RetryPolicy retry);

  /** Takes an alarm back; whether there was one. */
  boolean cancel(String name);

  /** When an alarm goes off next; empty if there is none of that name. In its own handler, what comes after this time. */
  Optional<Instant> due(String name);

  /** All that are set, by name, and when they go off next. */
  Map<String, Instant> all();
}
