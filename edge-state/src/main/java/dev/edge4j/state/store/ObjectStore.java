package dev.edge4j.state.store;

import dev.edge4j.data.Migrations;
import dev.edge4j.state.DeadLetter;
import dev.edge4j.state.KeyRange;
import dev.edge4j.state.ObjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Where committed state lives. Safe for use by many threads. A store shared by several nodes would check in {@link #commit} that
 * this node still owns the object (the epoch in its {@link Fence}), and fail with {@link dev.edge4j.state.Outcome#NOT_EXECUTED} if not: nothing
 * above depends on there being one process.
 *
 * <p>Reads throw {@link java.io.UncheckedIOException}.
 */
public interface ObjectStore extends AutoCloseable {
  /**
   * What is known of an object that exists.
   *
   * @param classVersion which version of its class wrote it
   */
  record Known(int classVersion, Instant created) {}

  /** An alarm that is due, and whose. */
  record DueAlarm(ObjectId id, AlarmRow alarm) {}

  /** A message with its place in the order of all, of which {@link #delivered} makes what it is; no shard is below zero. */
  record Queued(int shard, long number, MessageRow message) {}

  /**
   * Says before its first use whether the objects of a namespace have databases of their own, and with which tables.
   *
   * @throws IllegalStateException if there are objects that are otherwise
   * @throws IllegalArgumentException for scripts that are not for objects
   */
  default void declare(String namespace, Optional<Migrations> tables) {}

  /** The object's own database; {@link IllegalStateException} if it has none. */
  default ObjectDatabase database(ObjectId id) {
    throw new IllegalStateException(id + " has no database of its own (expected: a class declared with sql)");
  }

  /** Whether the object exists, and what it is. */
  Optional<Known> known(ObjectId id);

  /** The committed value of a slot. */
  Optional<byte[]> read(ObjectId id, Slot slot);

  /** The committed keys of a range. */
  List<String> keys(ObjectId id, Slot.Kind kind, KeyRange range);

  /** The committed values of a kind, by key. */
  default Map<String, byte[]> all(ObjectId id, Slot.Kind kind) {
    var all = new TreeMap<String, byte[]>();
    for (String key : keys(id, kind, KeyRange.all())) {
      read(id, new Slot(kind, key)).ifPresent(value -> all.put(key, value));
    }
    return all;
  }

  /** A WebSocket that an object of a namespace has kept: the key of its slot. */
  record KeptSocket(ObjectId id, String key) {}

  /** The WebSockets that the objects of a namespace have kept. */
  default List<KeptSocket> sockets(String namespace) {
    return List.of();
  }

  /** The alarms that are set. */
  List<AlarmRow> alarms(ObjectId id);

  /** The attributes that are set. */
  Map<String, String> attributes(ObjectId id);

  /** The stored reply to a request, if it has not expired. */
  Optional<StoredReply> reply(ObjectId id, String request, Instant now);

  /**
   * Makes a commit durable. Commits of one object are applied in the order they are handed in. Completes with a
   * {@link dev.edge4j.state.ObjectException} that says what is known, after it has broken the fence.
   */
  CompletableFuture<?> commit(Commit commit);

  /** Undoes what a turn has done in the object's own database, if it has one. */
  default void abandon(ObjectId id) {}

  /** The alarms of all objects that are due, the longest overdue first; for the next page, after the last. */
  List<DueAlarm> due(Instant now, Optional<DueAlarm> after, int limit);

  /** The alarms of one object that are due, the longest overdue first. */
  List<AlarmRow> due(ObjectId id, Instant now, int limit);

  /** When the next alarm after now is due. */
  Optional<Instant> nextAlarm(Instant now);

  /** Messages that are due, in order, but none that has one before it from the same object to the same one; for the next page, after the last. */
  List<Queued> messages(Instant now, Optional<Queued> after, int limit);

  /** Effects that are due, in order; for the next page, after the last. */
  List<Queued> effects(Instant now, Optional<Queued> after, int limit);

  /** The first message from the same object to the same one, as it is now; of an effect, itself if it is there still. */
  Optional<Queued> front(Queued message);

  /** When the next message or effect after now is due. */
  Optional<Instant> nextMessage(Instant now);

  /** Takes a message away. */
  CompletableFuture<?> delivered(Queued message);

  /** Sets a message's next attempt. */
  CompletableFuture<?> postponed(Queued message, Instant due);

  /** Moves a message to the dead letters. */
  CompletableFuture<?> gaveUp(Queued message, String error, Instant now);

  /** What was given up, oldest first. */
  List<DeadLetter> deadLetters(int limit);

  /** The alarm that a dead letter is of, to be set for that time; empty if there is none of that number, or it is of no alarm. */
  Optional<DueAlarm> deadAlarm(long number, Instant due);

  /** Takes a dead letter away; a message or effect is queued anew if {@code again}. Empty if there is none of that number. */
  Optional<DeadLetter> takeDeadLetter(long number, boolean again, Instant now);

  /** Names in a namespace, in order. */
  List<String> names(String namespace, String after, int limit);

  /** Names by an attribute, in order. */
  List<String> find(String namespace, String attribute, String value, String after, int limit);

  /** Forgets some of the replies that have expired, those to messages only once the message is gone; how many. */
  long forgetReplies(Instant now);

  @Override
  void close();
}
