package dev.edge4j.state.store;

import dev.edge4j.state.ObjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that one turn leaves: durable as a whole or not at all. Not changed after it was made; an empty value takes away.
 *
 * @param at when the turn ended
 * @param row what becomes of the object's own row
 * @param slots values, by where they lie
 * @param alarms by name
 * @param attributes by name
 * @param reply of a request with an id
 * @param messages to be delivered afterwards
 * @param dead alarms that were given up
 */
public record Commit(ObjectId id, Fence fence, Instant at, Row row, Map<Slot, Optional<byte[]>> slots,
    Map<String, Optional<AlarmRow>> alarms, Map<String, Optional<String>> attributes, Optional<StoredReply> reply,
    List<MessageRow> messages, List<DeadAlarm> dead) {

  /** What becomes of the row that says that an object exists. */
  public sealed interface Row {
    /** It stays as it is. */
    record Kept() implements Row {}

    /** It is there from now on, with that version of the class. */
    record Written(int classVersion) implements Row {}

    /** It is gone, and the object with it. */
    record Dropped() implements Row {}
  }

  /** Whether there is nothing to make durable. */
  public boolean isEmpty() {
    return row instanceof Row.Kept && slots.isEmpty() && alarms.isEmpty() && attributes.isEmpty() && reply.isEmpty()
        && messages.isEmpty() && dead.isEmpty();
  }
}
