package dev.edge4j.state.runtime;

import dev.edge4j.state.KeyRange;
import dev.edge4j.state.ObjectException;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.Outcome;
import dev.edge4j.state.sockets.Book;
import dev.edge4j.state.store.AlarmRow;
import dev.edge4j.state.store.Commit;
import dev.edge4j.state.store.Fence;
import dev.edge4j.state.store.ObjectStore;
import dev.edge4j.state.store.Slot;
import dev.edge4j.state.store.StoredReply;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An object from one waking to the next: its instance, and its state as of its last turn, which may be ahead of the disk. What has been handed to
 * the store and is not durable yet is laid over what is. Once a commit fails, all of it is thrown away.
 *
 * <p>Turns change it, one at a time; readers and the store's writer see it beside them.
 */
final class Activation<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Activation.class);

  private record Pending(Optional<byte[]> value, long commit) {}

  private record PendingReply(StoredReply reply, long commit) {}

  private final ObjectId id;
  private final ObjectStore store;
  private final Consumer<Book> bookOpened;
  private final Fence fence = new Fence();
  private final Map<Slot, Pending> pending = new ConcurrentHashMap<>(4);
  private final Map<String, PendingReply> replies = new ConcurrentHashMap<>(2);
  private volatile CompletableFuture<?> last = CompletableFuture.completedFuture(true);
  private volatile @Nullable Map<String, AlarmRow> alarms;
  private volatile @Nullable Map<String, String> attributes;
  private volatile @Nullable Book book;
  private volatile long turns;
  private volatile @Nullable T instance;
  private int rowVersion;
  private int version;
  private long commits;

  /**
   * An object that has just woken.
   *
   * @param rowVersion 0 if nothing of it is on disk
   * @param bookOpened told of its sockets when they are first asked for
   */
  Activation(ObjectId id, ObjectStore store, int rowVersion, Consumer<Book> bookOpened) {
    this.bookOpened = bookOpened;
    this.id = id;
    this.store = store;
    this.rowVersion = rowVersion;
    this.version = rowVersion;
  }

  Optional<T> instance() {
    return Optional.ofNullable(instance);
  }

  void instance(T made) {
    instance = made;
  }

  /** Lets the instance go, which its turn may have left half changed; true if there was one. The state stays. */
  boolean forgetInstance() {
    boolean awake = instance != null;
    instance = null;
    version = rowVersion;
    return awake;
  }

  boolean isBroken() {
    return fence.isBroken();
  }

  /** The version of the class that its state is of; 0 before there is any. */
  int version() {
    return version;
  }

  /** Whether it keeps anything. */
  boolean exists() {
    return rowVersion != 0;
  }

  /** From the next commit on its state is of this version. */
  void version(int current) {
    version = current;
  }

  /** How many turns have run. */
  long turns() {
    return turns;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // turns run one at a time
  void countTurn() {
    turns++;
  }

  Optional<byte[]> read(Slot slot) {
    Pending written = pending.get(slot);
    return written == null ? store.read(id, slot) : written.value();
  }

  List<String> keys(Slot.Kind kind, KeyRange range) {
    var changes = new HashMap<Slot, Optional<byte[]>>();
    pending.forEach((slot, value) -> changes.put(slot, value.value()));
    return TurnBuffer.keys(changes, kind, range, wanted -> store.keys(id, kind, wanted));
  }

  Map<String, AlarmRow> alarms() {
    Map<String, AlarmRow> known = alarms;
    if (known == null) {
      var loaded = new HashMap<String, AlarmRow>();
      store.alarms(id).forEach(alarm -> loaded.put(alarm.name(), alarm));
      known = Map.copyOf(loaded);
      alarms = known;
    }
    return known;
  }

  Map<String, String> attributes() {
    Map<String, String> known = attributes;
    if (known == null) {
      known = Map.copyOf(store.attributes(id));
      attributes = known;
    }
    return known;
  }

  /** The object's sockets. */
  Book book() {
    Book known = book;
    if (known == null) {
      // Nothing of these kinds is pending: only a book writes them.
      known = Book.load(store.all(id, Slot.Kind.SOCKET), store.keys(id, Slot.Kind.FRAME, KeyRange.all()));
      book = known;
      bookOpened.accept(known);
    }
    return known;
  }

  Optional<StoredReply> reply(String request, Instant now) {
    PendingReply reply = replies.get(request);
    return reply == null ? store.reply(id, request, now) : Optional.of(reply.reply());
  }

  /** When all that has been handed over so far is on disk; fails with it. */
  CompletableFuture<?> settled() {
    return last;
  }

  /** Makes what a turn has left the object's state at once, and durable soon. */
  CompletableFuture<?> commit(Host host, TurnBuffer buffer, Optional<StoredReply> reply) {
    Commit commit;
    long number = commits + 1;
    try {
      commit = commitOf(buffer, reply, host.options().clock().instant());
      if (commit.isEmpty() && !buffer.isWritingDatabase()) {
        if (buffer.isUsingDatabase()) {
          store.abandon(id);
        }
        // Behind those of earlier turns, and before those of later ones.
        last = buffer.afterwards().isEmpty() ? last : afterwards(last, host, buffer);
        return last;
      }
      lay(commit, number);
      host.steps().at(Step.COMMIT_HANDED_OVER, id);
    } catch (RuntimeException | Error e) { // half of it may be laid over the store, and the instance has changed
      fence.breakDown();
      return CompletableFuture.failedFuture(new ObjectException(id + ": the commit failed: " + e.getMessage(),
          Outcome.NOT_EXECUTED, e));
    }
    commits = number;
    CompletableFuture<?> durable = handOver(commit).whenComplete((_, e) -> {
      if (e == null) {
        host.steps().at(Step.COMMIT_DURABLE, id);
        lift(commit, number);
      }
    });
    last = afterwards(durable, host, buffer);
    return last;
  }

  private CompletableFuture<?> afterwards(CompletableFuture<?> durable, Host host, TurnBuffer buffer) {
    return durable.thenRun(() -> {
      buffer.afterwards().forEach(this::runSafely);
      if (!buffer.messages().isEmpty()) {
        runSafely(host.signals()::messageQueued);
      }
      buffer.alarms()
          .values()
          .stream()
          .flatMap(Optional::stream)
          .map(AlarmRow::due)
          .min(Comparator.naturalOrder())
          .ifPresent(due -> runSafely(() -> host.signals().alarmSet(due)));
    });
  }

  /** The commit stands, whatever becomes of one thing that follows from it. */
  private void runSafely(Runnable afterwards) {
    try {
      afterwards.run();
    } catch (RuntimeException | Error e) {
      LOG.error("{}: after a commit", id, e);
    }
  }

  private Commit commitOf(TurnBuffer buffer, Optional<StoredReply> reply, Instant now) {
    boolean nothing = buffer.slots().isEmpty() && buffer.alarms().isEmpty() && buffer.attributes().isEmpty()
        && buffer.messages().isEmpty() && reply.isEmpty() && !buffer.isWritingDatabase();
    Commit.Row row = new Commit.Row.Kept();
    if (buffer.leavesNothing()) {
      row = new Commit.Row.Dropped();
      rowVersion = 0;
    } else if (rowVersion != version && !(nothing && rowVersion == 0)) {
      row = new Commit.Row.Written(version);
      rowVersion = version;
    }
    return new Commit(id, fence, now, row, buffer.slots(), buffer.alarms(), buffer.attributes(), reply,
        buffer.messages(), buffer.dead());
  }

  private void lay(Commit commit, long number) {
    commit.slots().forEach((slot, value) -> pending.put(slot, new Pending(value, number)));
    commit.reply().ifPresent(reply -> replies.put(reply.request(), new PendingReply(reply, number)));
    if (!commit.alarms().isEmpty()) {
      alarms = overlaid(alarms(), commit.alarms());
    }
    if (!commit.attributes().isEmpty()) {
      attributes = overlaid(attributes(), commit.attributes());
    }
  }

  static <V> Map<String, V> overlaid(Map<String, V> before, Map<String, Optional<V>> changes) {
    var after = new HashMap<>(before);
    changes.forEach((name, value) -> value.ifPresentOrElse(present -> after.put(name, present), () -> after.remove(
        name)));
    return Map.copyOf(after);
  }

  private void lift(Commit commit, long number) {
    for (Slot slot : commit.slots().keySet()) {
      pending.computeIfPresent(slot, (_, value) -> value.commit() == number ? null : value);
    }
    commit.reply()
        .ifPresent(reply -> replies.computeIfPresent(reply.request(),
            (_, value) -> value.commit() == number ? null : value));
  }

  private CompletableFuture<?> handOver(Commit commit) {
    try {
      return store.commit(commit);
    } catch (RuntimeException e) {
      fence.breakDown();
      return CompletableFuture.failedFuture(new ObjectException(id + ": the commit failed", Outcome.UNKNOWN, e));
    }
  }
}
