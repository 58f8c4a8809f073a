package dev.edge4j.state.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import dev.edge4j.state.DeadLetter;
import dev.edge4j.state.KeyRange;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.limit.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;

/**
 * A fixed set of SQLite files, each with its own writer that gathers commits: four gave 1.84 times the commits of one, and a file
 * per object a tenth. An object's file follows from its id for ever, so the number of files is set when the first is made and
 * written in each.
 *
 * <p>{@code shard-0.db} gets its place in the set last: with it the set is complete, without it the making was cut short, and is
 * begun again if no file holds anything.
 */
public final class ShardFiles implements ObjectStore {
  private static final Tables TABLES = Tables.SHARED;
  static final Comparator<DueAlarm> ALARM_ORDER = Comparator.<DueAlarm, Instant>comparing(due -> due.alarm()
      .due())
      .thenComparing(due -> due.id().namespace(), Limits.UTF8_ORDER)
      .thenComparing(due -> due.id().name(), Limits.UTF8_ORDER)
      .thenComparing(due -> due.alarm().name(), Limits.UTF8_ORDER);
  /** Numbers first, then files; in files of objects numbers may be the same. */
  static final Comparator<Queued> QUEUE_ORDER = Comparator.comparingLong(Queued::number)
      .thenComparingInt(Queued::shard)
      .thenComparing(queued -> queued.message().from().toString());
  /** How long the reply to a message that is there still is left in peace. */
  private static final Duration KEPT_FOR = Duration.ofHours(1);

  private final List<ShardFile> files;

  private ShardFiles(List<ShardFile> files) {
    this.files = List.copyOf(files);
  }

  /** Opens the files of a folder; makes {@code shards} of them if it has none. Throws {@link UncheckedIOException}. */
  public static ShardFiles open(Path folder, int shards) {
    var files = new ArrayList<ShardFile>();
    try {
      ShardFile first = ShardFile.open(folder.resolve("shard-0.db"));
      files.add(first);
      Optional<ShardFile.Place> place = first.place();
      if (place.isPresent()) {
        openRest(folder, place.get(), files);
      } else {
        make(folder, shards, files);
      }
      return new ShardFiles(files);
    } catch (RuntimeException e) {
      files.forEach(ShardFile::close);
      throw e;
    }
  }

  private static void openRest(Path folder, ShardFile.Place first, List<ShardFile> files) {
    for (int number = 0; number < first.shards(); number++) {
      ShardFile file = number == 0 ? files.getFirst() : openExisting(folder, number, first.shards(), files);
      var expected = new ShardFile.Place(first.setId(), number, first.shards());
      ShardFile.Place actual = file.place().orElse(new ShardFile.Place("none", number, 0));
      if (!actual.equals(expected)) {
        throw file.damaged("is " + actual + " (expected: " + expected
            + "): it comes from another folder or another time");
      }
    }
  }

  private static ShardFile openExisting(Path folder, int number, int shards, List<ShardFile> files) {
    Path path = folder.resolve("shard-" + number + ".db");
    if (!Files.exists(path)) {
      String message = "shard file " + path + " is missing (expected: " + shards + " files, shard-0.db and on)";
      throw new UncheckedIOException(message, new FileNotFoundException(path.toString()));
    }
    ShardFile file = ShardFile.open(path);
    files.add(file);
    return file;
  }

  private static void make(Path folder, int shards, List<ShardFile> files) {
    refuseOrphans(folder, files.getFirst());
    String setId = UUID.randomUUID().toString();
    for (int number = 1; number < shards; number++) {
      ShardFile file = ShardFile.open(folder.resolve("shard-" + number + ".db"));
      files.add(file);
      file.place(new ShardFile.Place(setId, number, shards));
    }
    files.getFirst().place(new ShardFile.Place(setId, 0, shards));
  }

  private static void refuseOrphans(Path folder, ShardFile first) {
    try (DirectoryStream<Path> others = Files.newDirectoryStream(folder, "shard-*.db")) {
      for (Path other : others) {
        if (!other.getFileName().equals(first.path().getFileName()) && holdsObjects(other)) {
          throw first.damaged("is new, but " + other + " holds objects: the first file of the set is lost");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("folder " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean holdsObjects(Path path) {
    try (ShardFile file = ShardFile.open(path)) {
      return file.hasObjects();
    }
  }

  @Override
  public Optional<Known> known(ObjectId id) {
    return of(id).read(c -> TABLES.known(c, id));
  }

  @Override
  public Optional<byte[]> read(ObjectId id, Slot slot) {
    return of(id).read(c -> TABLES.read(c, id, slot));
  }

  @Override
  public List<String> keys(ObjectId id, Slot.Kind kind, KeyRange range) {
    return of(id).read(range.limit(), c -> KeyQuery.keys(TABLES, c, id, kind, range));
  }

  @Override
  public Map<String, byte[]> all(ObjectId id, Slot.Kind kind) {
    var all = new TreeMap<String, byte[]>();
    of(id).read(Integer.MAX_VALUE, c -> c.query(
        "SELECT key, value FROM entry WHERE namespace = ? AND object = ? AND kind = ?",
        row -> all.put(row.getString(1), row.getBytes(2)) == null, id.namespace(), id.name(), kind.number()));
    return all;
  }

  @Override
  public List<KeptSocket> sockets(String namespace) {
    return files.stream()
        .flatMap(file -> file.read(Integer.MAX_VALUE, c -> c.query(
            "SELECT object, key FROM entry WHERE kind = 1 AND namespace = ?",
            row -> new KeptSocket(new ObjectId(namespace, row.getString(1)), row.getString(2)), namespace)).stream())
        .toList();
  }

  @Override
  public List<AlarmRow> alarms(ObjectId id) {
    return of(id).read(c -> AlarmTable.all(TABLES, c, id));
  }

  @Override
  public Map<String, String> attributes(ObjectId id) {
    return of(id).read(c -> TABLES.attributes(c, id));
  }

  @Override
  public Optional<StoredReply> reply(ObjectId id, String request, Instant now) {
    return of(id).read(c -> TABLES.reply(c, id, request, now));
  }

  @Override
  public CompletableFuture<?> commit(Commit commit) {
    return of(commit.id()).commit(commit);
  }

  @Override
  public List<DueAlarm> due(Instant now, Optional<DueAlarm> after, int limit) {
    DueAlarm last = after.orElse(null);
    return gather(limit, ALARM_ORDER, file -> file.read(limit, c -> AlarmTable.due(TABLES, c, now, last, limit)));
  }

  @Override
  public List<AlarmRow> due(ObjectId id, Instant now, int limit) {
    return of(id).read(limit, c -> AlarmTable.due(TABLES, c, id, now, limit));
  }

  @Override
  public Optional<Instant> nextAlarm(Instant now) {
    return earliest("SELECT min(due) FROM alarm WHERE due > ?", now);
  }

  @Override
  public List<Queued> messages(Instant now, Optional<Queued> after, int limit) {
    return queued(false, now, after, limit);
  }

  @Override
  public List<Queued> effects(Instant now, Optional<Queued> after, int limit) {
    return queued(true, now, after, limit);
  }

  /** In the order of numbers first, and of files among those of the same number. */
  private List<Queued> queued(boolean effects, Instant now, Optional<Queued> after, int limit) {
    var all = new ArrayList<Queued>();
    for (int i = 0; i < files.size(); i++) {
      int shard = i;
      long number = after.map(last -> shard > last.shard() ? last.number() - 1 : last.number()).orElse(-1L);
      all.addAll(files.get(shard).read(limit, c -> TABLES.messages().due(c, shard, effects, now, number, limit)));
    }
    return all.stream()
        .sorted(QUEUE_ORDER)
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<Queued> front(Queued message) {
    return files.get(message.shard()).read(c -> TABLES.messages().front(c, message));
  }

  @Override
  public Optional<Instant> nextMessage(Instant now) {
    return earliest("SELECT min(due) FROM message WHERE due > ?", now);
  }

  @Override
  public CompletableFuture<?> delivered(Queued message) {
    return files.get(message.shard()).write(c -> TABLES.messages().remove(c, message.number()));
  }

  @Override
  public CompletableFuture<?> postponed(Queued message, Instant due) {
    return files.get(message.shard()).write(c -> TABLES.messages().postpone(c, message.number(), due));
  }

  @Override
  public CompletableFuture<?> gaveUp(Queued message, String error, Instant now) {
    return files.get(message.shard()).write(c -> TABLES.messages().bury(c, message.number(), error, now));
  }

  @Override
  public List<DeadLetter> deadLetters(int limit) {
    var all = new ArrayList<DeadLetter>();
    for (int number = 0; number < files.size(); number++) {
      int shard = number;
      all.addAll(files.get(number)
          .read(limit, c -> TABLES.messages().deadLetters(c, shard, files.size(), limit)));
    }
    return all.stream().sorted(Comparator.comparing(DeadLetter::at)).limit(limit).toList();
  }

  @Override
  public Optional<DueAlarm> deadAlarm(long number, Instant due) {
    return files.get(Math.floorMod(number, files.size()))
        .read(c -> TABLES.messages().deadAlarm(c, number / files.size(), due));
  }

  @Override
  public Optional<DeadLetter> takeDeadLetter(long number, boolean again, Instant now) {
    int shard = Math.floorMod(number, files.size());
    return files.get(shard)
        .write(c -> TABLES.messages().take(c, shard, files.size(), number / files.size(), again, now))
        .join();
  }

  @Override
  public List<String> names(String namespace, String after, int limit) {
    return gather(limit, Limits.UTF8_ORDER, file -> file.read(limit, c -> TABLES.names(c, namespace, after, limit)));
  }

  @Override
  public List<String> find(String namespace, String attribute, String value, String after, int limit) {
    return gather(limit, Limits.UTF8_ORDER, file -> file.read(limit,
        c -> TABLES.find(c, namespace, attribute, value, after, limit)));
  }

  @Override
  public long forgetReplies(Instant now) {
    return forgetReplies(now, false);
  }

  /** As {@link #forgetReplies(Instant)}; those to messages stay while some wait elsewhere, which may be theirs. */
  long forgetReplies(Instant now, boolean messagesElsewhere) {
    return files.stream().mapToLong(file -> forgetReplies(file, now, messagesElsewhere)).sum();
  }

  private long forgetReplies(ShardFile file, Instant now, boolean messagesElsewhere) {
    long forgotten = file.write(c -> ReplyTable.forgetExpired(TABLES, c, now)).join();
    if (messagesElsewhere) {
      return forgotten;
    }
    List<ReplyTable.Expired> expired = file.read(Integer.MAX_VALUE, c -> ReplyTable.expiredOfMessages(c, now));
    if (expired.isEmpty()) {
      return forgotten;
    }
    List<String> ids = expired.stream().map(ReplyTable.Expired::request).toList();
    Set<String> kept = files.stream()
        .flatMap(any -> any.read(Integer.MAX_VALUE, c -> TABLES.messages().kept(c, ids)).stream())
        .collect(Collectors.toSet());
    Instant until = now.plus(KEPT_FOR);
    return forgotten + file.write(c -> ReplyTable.forget(c, expired, kept, until)).join();
  }

  @Override
  public void close() {
    files.forEach(ShardFile::close);
  }

  private <E> List<E> gather(int limit, Comparator<E> order, Function<ShardFile, List<E>> query) {
    return files.stream().flatMap(file -> query.apply(file).stream()).sorted(order).limit(limit).toList();
  }

  private Optional<Instant> earliest(String sql, Instant now) {
    return files.stream()
        .flatMap(file -> file.read(c -> c.query(sql, row -> Optional.ofNullable(row.getObject(1)).isEmpty()
            ? Optional.<Instant>empty()
            : Optional.of(Columns.instant(row, 1)), now)).getFirst().stream())
        .min(Comparator.naturalOrder());
  }

  private ShardFile of(ObjectId id) {
    return files.get(number(id, files.size()));
  }

  /** CRC-32C of namespace, NUL, name: the same in every release, as what is on disk depends on it. */
  static int number(ObjectId id, int shards) {
    var crc = new CRC32C();
    crc.update(id.namespace().getBytes(UTF_8));
    crc.update(0);
    crc.update(id.name().getBytes(UTF_8));
    return (int) (crc.getValue() % shards);
  }
}
