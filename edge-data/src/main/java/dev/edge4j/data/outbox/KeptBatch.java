package dev.edge4j.data.outbox;

import dev.edge4j.data.JsonEvent;
import java.util.List;

/**
 * A batch whose bounds and token are on disk: whoever tries it, it is the same.
 *
 * @param failures how often the sink has said that its events are at fault
 * @param ids of the events, ascending
 */
record KeptBatch(long first, long last, String token, int failures, List<Long> ids, List<JsonEvent> events) {
  int size() {
    return events.size();
  }
}
