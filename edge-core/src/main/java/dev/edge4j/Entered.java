package dev.edge4j;

import dev.edge4j.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The gates whose second half is still to run. A part that was left at its deadline may enter one while the outer part answers, so
 * each is handed over under a monitor: whoever takes it runs it, and nobody else. Safe for use by many threads.
 */
final class Entered {
  /**
   * A gate that was entered.
   *
   * @param step the gate and where it stands
   * @param fast true if that was in the fast lane, so that it must not block in either half
   */
  record Entry(Chain.Step step, boolean fast) {
    Gate gate() {
      return (Gate) step.middleware();
    }
  }

  /** Made when the first gate is entered. */
  private List<Entry> entries = List.of();
  private @Nullable Response head;

  /** Adds a gate that has been entered. Present: too late, the final head is this. */
  synchronized Optional<Response> add(Entry entry) {
    if (head == null) {
      entries = entries.isEmpty() ? new ArrayList<>() : entries;
      entries.add(entry);
    }
    return Optional.ofNullable(head);
  }

  /** Takes the last one out, for the caller to finish. If there is none, this response is the final head. */
  synchronized Optional<Entry> lastOrClose(Response current) {
    if (entries.isEmpty()) {
      head = head == null ? current : head;
      return Optional.empty();
    }
    return Optional.of(entries.removeLast());
  }

  /** True once there is a final head. */
  synchronized boolean isClosed() {
    return head != null;
  }
}
