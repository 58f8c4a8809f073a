package dev.edge4j.data;

import dev.edge4j.EventStream;
import dev.edge4j.http.ServerSentEvent;
import dev.edge4j.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Feeds changes of rows to one client. The thread of the feed only puts them down; past a bound they become "anything may have changed",
 * so that a slow client costs neither the feed nor memory.
 */
final class ChangeStream implements EventStream.Source {
  private static final int MOST_WAITING = 1_000;

  private final Function<Consumer<List<RowChange>>, ChangeFeed.Subscription> watch;
  private final Set<String> tables;
  private final JsonCodec json = JsonCodec.jackson();

  /** What one client has not been sent yet. */
  private static final class Waiting {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<RowChange> changes = new ArrayList<>();
    private boolean ended;

    void add(List<RowChange> more, Set<String> tables) {
      lock.lock();
      try {
        changes.addAll(more);
        if (changes.size() > MOST_WAITING) {
          changes = all(tables);
        }
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    void end() {
      lock.lock();
      try {
        ended = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    /** What there is, waited for; empty at the end. */
    List<RowChange> take() throws InterruptedException {
      lock.lock();
      try {
        while (changes.isEmpty() && !ended) {
          changed.await();
        }
        List<RowChange> taken = ended ? List.of() : changes;
        changes = new ArrayList<>();
        return taken;
      } finally {
        lock.unlock();
      }
    }
  }

  ChangeStream(Function<Consumer<List<RowChange>>, ChangeFeed.Subscription> watch, Set<String> tables) {
    this.watch = watch;
    this.tables = new TreeSet<>(tables);
  }

  @Override
  @SuppressWarnings("try") // closing the subscription is all it is for
  public void run(EventStream events) throws Exception {
    var waiting = new Waiting();
    events.onEnd(waiting::end);
    try (ChangeFeed.Subscription _ = watch.apply(more -> waiting.add(more, tables))) {
      waiting.add(all(tables), tables); // what changed before the client was here, it cannot know
      for (List<RowChange> changes = waiting.take(); !changes.isEmpty(); changes = waiting.take()) {
        for (RowChange change : changes) {
          events.send(ServerSentEvent.of(text(change)).withEvent("change"));
        }
      }
    }
  }

  private String text(RowChange change) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("table", change.table());
    fields.put("kind", change.kind().name());
    fields.put("key", change.key());
    return new String(json.write(fields), StandardCharsets.UTF_8);
  }

  private static List<RowChange> all(Set<String> tables) {
    return new ArrayList<>(tables.stream().map(RowChange::all).toList());
  }
}
