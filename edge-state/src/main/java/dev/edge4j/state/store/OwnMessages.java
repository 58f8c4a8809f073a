package dev.edge4j.state.store;

import dev.edge4j.data.sqlite.SqlWork;
import dev.edge4j.state.DeadLetter;
import dev.edge4j.state.ObjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The messages and dead letters of objects with files of their own: found by the index, kept in the files. */
final class OwnMessages {
  private static final Logger LOG = LoggerFactory.getLogger(OwnMessages.class);
  private static final MessageTable TABLE = Tables.OWN.messages();

  private final SqlIndex index;
  private final OpenFiles files;
  private final Consumer<ObjectId> settle;

  /** Messages whose changes are told to {@code settle}. */
  OwnMessages(SqlIndex index, OpenFiles files, Consumer<ObjectId> settle) {
    this.index = index;
    this.files = files;
    this.settle = settle;
  }

  /** Few objects have files of their own and something due, so that all of it is looked at for each page. */
  List<ObjectStore.Queued> due(boolean effects, Instant now, Optional<ObjectStore.Queued> after, int limit) {
    var all = new ArrayList<ObjectStore.Queued>();
    for (ObjectId id : index.messagesDue(now, SqlFiles.MOST_DUE)) {
      List<ObjectStore.Queued> due = readable(id, () -> files.read(id, file -> file.read(c -> TABLE.due(c,
          SqlFiles.NO_SHARD, effects, now, -1, SqlFiles.MOST_DUE), List.of())));
      if (due.isEmpty()) {
        settle.accept(id); // the index was too early
      }
      all.addAll(due);
    }
    return all.stream()
        .filter(due -> after.filter(last -> ShardFiles.QUEUE_ORDER.compare(due, last) <= 0).isEmpty())
        .sorted(ShardFiles.QUEUE_ORDER)
        .limit(limit)
        .toList();
  }

  Optional<ObjectStore.Queued> front(ObjectStore.Queued message) {
    return files.read(message.message().from(), file -> file.read(c -> TABLE.front(c, message), Optional.empty()));
  }

  Optional<ObjectStore.DueAlarm> deadAlarm(long number, Instant due) {
    return index.dead(-number)
        .flatMap(dead -> files.read(dead.id(), file -> file.read(c -> TABLE.deadAlarm(c, dead.inFile(), due), Optional
            .empty())));
  }

  interface Listed<E> {
    List<E> read();
  }

  /** An object whose file is damaged keeps nobody else waiting. */
  static <E> List<E> readable(ObjectId id, Listed<E> listed) {
    try {
      return listed.read();
    } catch (RuntimeException e) {
      LOG.warn("{}: its file cannot be read, what is due there is not done", id, e);
      return List.of();
    }
  }

  /** Writes something that belongs to no turn: at once, or when the turn whose transaction is open has ended. */
  <R> CompletableFuture<R> between(ObjectId id, SqlWork<R> work) {
    var done = new CompletableFuture<R>();
    try {
      files.with(id, file -> {
        if (file.isInTransaction()) {
          file.afterTurn().add(() -> writeNow(file, work, done));
        } else {
          writeNow(file, work, done);
        }
        return true;
      });
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
    }
    return done;
  }

  private <R> void writeNow(OwnFile file, SqlWork<R> work, CompletableFuture<R> done) {
    try {
      R result = files.onDisk(() -> file.write(work));
      settle.accept(file.id());
      done.complete(result);
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
    }
  }

  /** Their numbers are those of the index, below zero. */
  List<DeadLetter> deadLetters(int limit) {
    var known = new HashMap<ObjectId, Map<Long, DeadLetter>>();
    var letters = new ArrayList<DeadLetter>();
    for (SqlIndex.Dead dead : index.dead(limit)) {
      Map<Long, DeadLetter> ofOne = known.computeIfAbsent(dead.id(), this::ofOne);
      Optional.ofNullable(ofOne.get(dead.inFile())).ifPresent(letter -> letters.add(numbered(letter, dead)));
    }
    return letters;
  }

  private Map<Long, DeadLetter> ofOne(ObjectId id) {
    return readable(id, () -> files.read(id, file -> file.read(c -> TABLE.deadLetters(c, 0, 1, Integer.MAX_VALUE), List
        .<DeadLetter>of()))).stream().collect(Collectors.toMap(DeadLetter::number, Function.identity()));
  }

  Optional<DeadLetter> take(long number, boolean again, Instant now) {
    Optional<SqlIndex.Dead> dead = index.dead(-number);
    if (dead.isEmpty()) {
      return Optional.empty();
    }
    if (again) {
      index.before(dead.get().id(), Optional.empty(), Optional.of(now));
    }
    return between(dead.get().id(), c -> TABLE.take(c, 0, 1, dead.get().inFile(), again, now)).join()
        .map(letter -> numbered(letter, dead.get()));
  }

  private static DeadLetter numbered(DeadLetter letter, SqlIndex.Dead dead) {
    return new DeadLetter(-dead.number(), letter.kind(), letter.from(), letter.what(), letter.payload(), letter.error(),
        letter.at());
  }
}
