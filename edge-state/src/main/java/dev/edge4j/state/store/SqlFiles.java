package dev.edge4j.state.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.data.Migrations;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.sqlite.SqlWork;
import dev.edge4j.state.DeadLetter;
import dev.edge4j.state.KeyRange;
import dev.edge4j.state.ObjectException;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.Outcome;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A SQLite file for each object, under {@code <folder>/<namespace>/<2 hex>/<SHA-256 of the name>.db}, which holds all that the object keeps: its own
 * tables, and what others keep in the shared files. {@code <folder>/index.db} says what must be known without opening them, see {@link SqlIndex}.
 */
final class SqlFiles implements ObjectStore {
  /** What {@link ObjectStore.Queued} says of a message that is in no shard. */
  static final int NO_SHARD = -1;

  static final int MOST_DUE = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(SqlFiles.class);
  private static final Tables TABLES = Tables.OWN;

  private final SqlIndex index;
  private final OpenFiles files;
  private final OwnMessages messages;
  private final Map<String, Migrations> tables = new ConcurrentHashMap<>();

  private SqlFiles(SqlIndex index, OpenFiles files) {
    this.index = index;
    this.files = files;
    this.messages = new OwnMessages(index, files, this::trySettle);
  }

  /** Opens the files of a folder, at most {@code most} at a time, and reads anew what a crash has left unsettled. */
  static SqlFiles open(Path folder, int most) {
    var all = new SqlFiles(SqlIndex.open(folder.resolve("index.db")), new OpenFiles(most, id -> path(folder, id)));
    all.index.unsettled().forEach(all::trySettle);
    return all;
  }

  static Path path(Path folder, ObjectId id) {
    try {
      String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(id.name().getBytes(UTF_8)));
      return folder.resolve(id.namespace()).resolve(hash.substring(0, 2)).resolve(hash + ".db");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** How many files are open. */
  int openFiles() {
    return files.count();
  }

  @Override
  public void declare(String namespace, Optional<Migrations> scripts) {
    scripts.ifPresent(migrations -> {
      UserSql.check(migrations);
      tables.put(namespace, migrations);
    });
  }

  @Override
  public ObjectDatabase database(ObjectId id) {
    return new OwnDatabase(id, files, tablesOf(id));
  }

  private Optional<Migrations> tablesOf(ObjectId id) {
    return Optional.ofNullable(tables.get(id.namespace()));
  }

  /** Asked when an object wakes: the time to make good what a failure has left. */
  @Override
  public Optional<Known> known(ObjectId id) {
    if (index.isUnsettled(id)) {
      trySettle(id);
    }
    return read(id, c -> TABLES.known(c, id), Optional.empty());
  }

  @Override
  public Optional<byte[]> read(ObjectId id, Slot slot) {
    return read(id, c -> TABLES.read(c, id, slot), Optional.empty());
  }

  @Override
  public List<String> keys(ObjectId id, Slot.Kind kind, KeyRange range) {
    return read(id, c -> KeyQuery.keys(TABLES, c, id, kind, range), List.of());
  }

  @Override
  public List<AlarmRow> alarms(ObjectId id) {
    return read(id, c -> AlarmTable.all(TABLES, c, id), List.of());
  }

  @Override
  public Map<String, String> attributes(ObjectId id) {
    return read(id, c -> TABLES.attributes(c, id), Map.of());
  }

  @Override
  public Optional<StoredReply> reply(ObjectId id, String request, Instant now) {
    return read(id, c -> TABLES.reply(c, id, request, now), Optional.empty());
  }

  private <R> R read(ObjectId id, SqlWork<R> work, R absent) {
    return files.read(id, file -> file.read(work, absent));
  }

  /** On disk when it returns, so that the transaction of the next turn has the file. */
  @Override
  public CompletableFuture<?> commit(Commit commit) {
    try {
      return files.with(commit.id(), file -> {
        commit(file, commit);
        return CompletableFuture.completedFuture(true);
      });
    } catch (ObjectException e) {
      commit.fence().breakDown();
      return CompletableFuture.failedFuture(e);
    } catch (StoreException e) {
      commit.fence().breakDown();
      return CompletableFuture.failedFuture(new ObjectException(commit.id() + ": the commit failed: " + e.getMessage(),
          Outcome.NOT_EXECUTED, e));
    }
  }

  private void commit(OwnFile file, Commit commit) {
    try {
      if (commit.fence().isBroken()) {
        throw new StoreException(StoreException.Reason.FAILED, "the commit of an earlier turn failed");
      }
      if (isEarlier(commit)) {
        index.before(commit.id(), due(commit), commit.messages()
            .stream()
            .map(MessageRow::due)
            .min(
                Comparator.naturalOrder()));
      }
      files.onDisk(() -> {
        file.commit(commit, tablesOf(commit.id()));
        return true;
      });
    } catch (RuntimeException e) {
      ended(file);
      throw e;
    }
    if (isIndexed(commit)) {
      trySettle(commit.id());
    }
    runWaiting(file);
  }

  /** Whether the index would know of something too late, or not at all, if it were written after the commit alone. */
  private boolean isEarlier(Commit commit) {
    Optional<Instant> due = due(commit);
    return !(commit.row() instanceof Commit.Row.Kept) || !commit.attributes().isEmpty() || !commit.messages().isEmpty()
        || !commit.dead().isEmpty()
        || due.filter(time -> index.alarm(commit.id()).filter(known -> !time.isBefore(known)).isEmpty()).isPresent();
  }

  private static boolean isIndexed(Commit commit) {
    return !(commit.row() instanceof Commit.Row.Kept) || !commit.attributes().isEmpty() || !commit.alarms().isEmpty()
        || !commit.messages().isEmpty() || !commit.dead().isEmpty();
  }

  private static Optional<Instant> due(Commit commit) {
    return commit.alarms()
        .values()
        .stream()
        .flatMap(Optional::stream)
        .map(AlarmRow::due)
        .min(
            Comparator.naturalOrder());
  }

  @Override
  public void abandon(ObjectId id) {
    try {
      files.with(id, file -> {
        ended(file);
        return true;
      });
    } catch (StoreException e) {
      LOG.debug("{}: nothing to undo", id, e); // closing has done it
    }
  }

  private void ended(OwnFile file) {
    files.onDisk(() -> {
      file.rollback();
      return true;
    });
    runWaiting(file);
  }

  private static void runWaiting(OwnFile file) {
    List<Runnable> waiting = List.copyOf(file.afterTurn());
    file.afterTurn().clear();
    waiting.forEach(Runnable::run);
  }

  /** Brings the index up to an object's file. Should it fail, the object stays marked, and is settled when it wakes. */
  private void trySettle(ObjectId id) {
    try {
      files.with(id, file -> {
        index.settle(id, files.onDisk(file::summary));
        return true;
      });
    } catch (RuntimeException e) {
      LOG.warn("{}: lists and searches may miss what it committed last, until it wakes", id, e);
    }
  }

  /** Few objects have files of their own and something due, so that all of it is looked at for each page. */
  @Override
  public List<DueAlarm> due(Instant now, Optional<DueAlarm> after, int limit) {
    var all = new ArrayList<DueAlarm>();
    for (ObjectId id : index.alarmsDue(now, MOST_DUE)) {
      List<AlarmRow> due = OwnMessages.readable(id, () -> due(id, now, MOST_DUE));
      if (due.isEmpty()) {
        trySettle(id); // woken too early
      }
      due.forEach(alarm -> all.add(new DueAlarm(id, alarm)));
    }
    return all.stream()
        .filter(due -> after.filter(last -> ShardFiles.ALARM_ORDER.compare(due, last) <= 0).isEmpty())
        .sorted(ShardFiles.ALARM_ORDER)
        .limit(limit)
        .toList();
  }

  @Override
  public List<AlarmRow> due(ObjectId id, Instant now, int limit) {
    return read(id, c -> AlarmTable.due(TABLES, c, id, now, limit), List.of());
  }

  @Override
  public Optional<Instant> nextAlarm(Instant now) {
    return index.nextAlarm(now);
  }

  @Override
  public List<Queued> messages(Instant now, Optional<Queued> after, int limit) {
    return messages.due(false, now, after, limit);
  }

  @Override
  public List<Queued> effects(Instant now, Optional<Queued> after, int limit) {
    return messages.due(true, now, after, limit);
  }

  @Override
  public Optional<Queued> front(Queued message) {
    return messages.front(message);
  }

  @Override
  public Optional<Instant> nextMessage(Instant now) {
    return index.nextMessage(now);
  }

  /** Whether any object with a file of its own has a message or effect that waits. */
  boolean hasMessages() {
    return index.nextMessage(Instant.EPOCH).isPresent();
  }

  @Override
  public CompletableFuture<?> delivered(Queued message) {
    return messages.between(message.message().from(), c -> TABLES.messages().remove(c, message.number()));
  }

  @Override
  public CompletableFuture<?> postponed(Queued message, Instant due) {
    return messages.between(message.message().from(), c -> TABLES.messages().postpone(c, message.number(), due));
  }

  @Override
  public CompletableFuture<?> gaveUp(Queued message, String error, Instant now) {
    return messages.between(message.message().from(), c -> TABLES.messages().bury(c, message.number(), error, now));
  }

  @Override
  public List<DeadLetter> deadLetters(int limit) {
    return messages.deadLetters(limit);
  }

  @Override
  public Optional<DueAlarm> deadAlarm(long number, Instant due) {
    return messages.deadAlarm(number, due);
  }

  @Override
  public Optional<DeadLetter> takeDeadLetter(long number, boolean again, Instant now) {
    return messages.take(number, again, now);
  }

  @Override
  public List<String> names(String namespace, String after, int limit) {
    return index.names(namespace, after, limit);
  }

  @Override
  public List<String> find(String namespace, String attribute, String value, String after, int limit) {
    return index.find(namespace, attribute, value, after, limit);
  }

  /** Each commit of an object forgets its own; those to messages stay, as the message may be in another file. */
  @Override
  public long forgetReplies(Instant now) {
    return 0;
  }

  @Override
  public void close() {
    try (index; files) {
      LOG.debug("closing the files of objects");
    }
  }
}
