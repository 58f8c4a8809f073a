package dev.edge4j.state.store;

import dev.edge4j.data.Migrations;
import dev.edge4j.state.DeadLetter;
import dev.edge4j.state.KeyRange;
import dev.edge4j.state.ObjectId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of objects: those of a namespace that was declared with tables have a {@link SqlFiles file of their own}, all others share a
 * {@link ShardFiles few}. What a namespace is it stays: to change it is refused while it holds objects.
 */
public final class RoutedFiles implements ObjectStore {
  /** How many files of objects are open at a time: two connections each, of a few hundred KiB. */
  private static final int MOST_OPEN = 256;

  private final ShardFiles shards;
  private final Path folder;
  private final int most;
  private final Set<String> own = ConcurrentHashMap.newKeySet();
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable SqlFiles files;

  private RoutedFiles(ShardFiles shards, Path folder, int most) {
    this.shards = shards;
    this.folder = folder;
    this.most = most;
  }

  /** Opens a folder, see {@link ShardFiles#open}. */
  public static RoutedFiles open(Path folder, int shards) {
    return open(folder, shards, MOST_OPEN);
  }

  /** As {@link #open(Path, int)}, with at most so many files of objects open at a time. */
  public static RoutedFiles open(Path folder, int shards, int mostOpen) {
    var all = new RoutedFiles(ShardFiles.open(folder, shards), folder.resolve("sql"), mostOpen);
    try {
      if (Files.exists(all.folder.resolve("index.db"))) {
        all.files();
      }
      return all;
    } catch (RuntimeException e) {
      all.close();
      throw e;
    }
  }

  /** How many files of objects are open. */
  public int openFiles() {
    return there().map(SqlFiles::openFiles).orElse(0);
  }

  @Override
  public void declare(String namespace, Optional<Migrations> tables) {
    boolean shared = !shards.names(namespace, "", 1).isEmpty();
    boolean owning = there().filter(sql -> !sql.names(namespace, "", 1).isEmpty()).isPresent();
    if (tables.isPresent() ? shared : owning) {
      throw new IllegalStateException("namespace: \"" + namespace + "\" has objects " + (shared
          ? "in the shared files (expected: a declaration without sql, or another name)"
          : "with files of their own (expected: a declaration with sql, or another name)"));
    }
    if (tables.isPresent()) {
      files().declare(namespace, tables);
      own.add(namespace);
    }
  }

  @Override
  public ObjectDatabase database(ObjectId id) {
    return of(id).database(id);
  }

  @Override
  public Optional<Known> known(ObjectId id) {
    return of(id).known(id);
  }

  @Override
  public Optional<byte[]> read(ObjectId id, Slot slot) {
    return of(id).read(id, slot);
  }

  @Override
  public List<String> keys(ObjectId id, Slot.Kind kind, KeyRange range) {
    return of(id).keys(id, kind, range);
  }

  @Override
  public Map<String, byte[]> all(ObjectId id, Slot.Kind kind) {
    return of(id).all(id, kind);
  }

  /** Sockets of objects with files of their own are found when those wake: to look for them would open every file. */
  @Override
  public List<KeptSocket> sockets(String namespace) {
    return own.contains(namespace) ? List.of() : shards.sockets(namespace);
  }

  @Override
  public List<AlarmRow> alarms(ObjectId id) {
    return of(id).alarms(id);
  }

  @Override
  public Map<String, String> attributes(ObjectId id) {
    return of(id).attributes(id);
  }

  @Override
  public Optional<StoredReply> reply(ObjectId id, String request, Instant now) {
    return of(id).reply(id, request, now);
  }

  @Override
  public CompletableFuture<?> commit(Commit commit) {
    return of(commit.id()).commit(commit);
  }

  @Override
  public void abandon(ObjectId id) {
    of(id).abandon(id);
  }

  @Override
  public List<DueAlarm> due(Instant now, Optional<DueAlarm> after, int limit) {
    return both(store -> store.due(now, after, limit)).sorted(ShardFiles.ALARM_ORDER).limit(limit).toList();
  }

  @Override
  public List<AlarmRow> due(ObjectId id, Instant now, int limit) {
    return of(id).due(id, now, limit);
  }

  @Override
  public Optional<Instant> nextAlarm(Instant now) {
    return both(store -> store.nextAlarm(now).stream().toList()).min(Comparator.naturalOrder());
  }

  @Override
  public List<Queued> messages(Instant now, Optional<Queued> after, int limit) {
    return both(store -> store.messages(now, after, limit)).sorted(ShardFiles.QUEUE_ORDER).limit(limit).toList();
  }

  @Override
  public List<Queued> effects(Instant now, Optional<Queued> after, int limit) {
    return both(store -> store.effects(now, after, limit)).sorted(ShardFiles.QUEUE_ORDER).limit(limit).toList();
  }

  @Override
  public Optional<Queued> front(Queued message) {
    return of(message).front(message);
  }

  @Override
  public Optional<Instant> nextMessage(Instant now) {
    return both(store -> store.nextMessage(now).stream().toList()).min(Comparator.naturalOrder());
  }

  @Override
  public CompletableFuture<?> delivered(Queued message) {
    return of(message).delivered(message);
  }

  @Override
  public CompletableFuture<?> postponed(Queued message, Instant due) {
    return of(message).postponed(message, due);
  }

  @Override
  public CompletableFuture<?> gaveUp(Queued message, String error, Instant now) {
    return of(message).gaveUp(message, error, now);
  }

  @Override
  public List<DeadLetter> deadLetters(int limit) {
    return both(store -> store.deadLetters(limit)).sorted(Comparator.comparing(DeadLetter::at)).limit(limit).toList();
  }

  @Override
  public Optional<DueAlarm> deadAlarm(long number, Instant due) {
    return number >= 0 ? shards.deadAlarm(number, due) : there().flatMap(sql -> sql.deadAlarm(number, due));
  }

  @Override
  public Optional<DeadLetter> takeDeadLetter(long number, boolean again, Instant now) {
    return number >= 0 ? shards.takeDeadLetter(number, again, now)
        : there().flatMap(sql -> sql.takeDeadLetter(number, again, now));
  }

  @Override
  public List<String> names(String namespace, String after, int limit) {
    return of(namespace).names(namespace, after, limit);
  }

  @Override
  public List<String> find(String namespace, String attribute, String value, String after, int limit) {
    return of(namespace).find(namespace, attribute, value, after, limit);
  }

  @Override
  public long forgetReplies(Instant now) {
    return shards.forgetReplies(now, there().filter(SqlFiles::hasMessages).isPresent());
  }

  @Override
  public void close() {
    try (shards) {
      there().ifPresent(SqlFiles::close);
    }
  }

  private <E> Stream<E> both(Function<ObjectStore, List<E>> query) {
    var all = new ArrayList<E>(query.apply(shards));
    there().ifPresent(sql -> all.addAll(query.apply(sql)));
    return all.stream();
  }

  private ObjectStore of(Queued message) {
    return message.shard() == SqlFiles.NO_SHARD ? files() : shards;
  }

  private ObjectStore of(ObjectId id) {
    return of(id.namespace());
  }

  private ObjectStore of(String namespace) {
    return own.contains(namespace) ? files() : shards;
  }

  private Optional<SqlFiles> there() {
    return Optional.ofNullable(files);
  }

  /** Opened when the first namespace needs them, so that a folder without has none of it. */
  private SqlFiles files() {
    SqlFiles known = files;
    if (known != null) {
      return known;
    }
    opening.lock();
    try {
      known = files;
      if (known == null) {
        known = SqlFiles.open(folder, most);
        files = known;
      }
      return known;
    } finally {
      opening.unlock();
    }
  }
}
