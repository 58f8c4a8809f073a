package dev.edge4j.data.redis;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.kv.KvArguments;
import dev.edge4j.kv.KvChange;
import dev.edge4j.kv.KvCursor;
import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.KvPage;
import dev.edge4j.kv.VersionedKv;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Keys and values in Redis or Valkey, shared by all who use the same database and prefix. Each write is one script on the server: a
 * value is never there without its metadata, version and expiry, and {@link #putAll} is all or none. Time is the server's. What has
 * expired is gone at once, and its name in the index within a minute. Safe for use by many threads.
 *
 * <p>A write is as durable as the server makes it: with {@code appendfsync always} it is on its disk when it returns, with the usual
 * {@code everysec} a crash may take the last second. The server must not evict what does not expire ({@code maxmemory-policy}
 * noeviction or one of the volatile ones), or lists lose keys. One server and its replicas, no cluster.
 *
 * <p>Calls throw {@link StoreException} as {@link Redis} tells.
 */
public final class RedisKv implements VersionedKv {
  /** A server closes the connection of who sends more than a gigabyte at once, and others use it too. */
  private static final long MOST_BYTES_AT_ONCE = 512L << 20;

  private final Redis redis;
  private final boolean owner;
  private final KvNames names;
  private final KvChanges changes;
  private final KvSweeper sweeper;

  private RedisKv(Redis redis, String prefix, boolean owner) {
    this.redis = redis;
    this.owner = owner;
    this.names = KvNames.of(prefix, redis.database());
    this.changes = new KvChanges(redis, names.channel());
    this.sweeper = KvSweeper.start(prefix, this::sweep);
  }

  /** With a client of its own, which {@link #close} closes, and names that begin with {@code kv:}; see {@link Redis#of(String)}. */
  public static RedisKv of(String url) {
    return new RedisKv(Redis.of(url), "kv:", true);
  }

  /** With a client that others may use too; {@link #close} leaves it open. */
  public static RedisKv on(Redis redis) {
    return on(redis, "kv:");
  }

  /**
   * As {@link #on(Redis)}, with names in Redis that begin with something else: stores with different prefixes do not see each other.
   *
   * @param prefix at most 64 letters, digits, points, colons, hyphens, underscores, braces
   */
  public static RedisKv on(Redis redis, String prefix) {
    return new RedisKv(redis, prefix, false);
  }

  @Override
  public Optional<KvEntry> entry(String key) {
    byte[] hash = names.hash(KvArguments.key(key));
    return KvFields.entry(key, redis.call("entry", commands -> commands.hmget(hash, KvFields.ALL)));
  }

  @Override
  public Map<String, KvEntry> entries(Collection<String> keys) {
    List<String> wanted = List.copyOf(KvArguments.bulk(keys));
    var entries = new LinkedHashMap<String, KvEntry>();
    if (!wanted.isEmpty()) {
      List<byte[]> found = texts(KvScripts.READ, wanted.stream().map(KvArguments::key).toList(),
          List.of());
      for (int i = 0; i < wanted.size(); i++) {
        String key = wanted.get(i);
        KvFields.entry(key, found, 4 * i).ifPresent(entry -> entries.put(key, entry));
      }
    }
    return entries;
  }

  @Override
  public long put(String key, byte[] value, KvOptions options) {
    return store(Map.of(key, value), options, "").getFirst();
  }

  @Override
  public OptionalLong putIf(String key, long expectedVersion, byte[] value, KvOptions options) {
    String expected = Long.toString(KvArguments.expectedVersion(expectedVersion));
    return version(store(Map.of(key, value), options, expected).getFirst());
  }

  @Override
  public Map<String, Long> putAll(Map<String, byte[]> values, KvOptions options) {
    Map<String, byte[]> copies = KvArguments.bulk(values);
    var versions = new LinkedHashMap<String, Long>();
    if (!copies.isEmpty()) {
      List<Long> answers = store(copies, options, "");
      int next = 0;
      for (String key : copies.keySet()) {
        versions.put(key, answers.get(next++));
      }
    }
    return versions;
  }

  private List<Long> store(Map<String, byte[]> values, KvOptions options, String expected) {
    // Counted from 1970, a ttl stays what it is, in whole milliseconds: the server adds its time.
    long millis = options.expiryMillis(Instant.EPOCH);
    String time = millis == KvArguments.NEVER ? "" : Long.toString(millis);
    List<byte[]> args = new ArrayList<>(List.of(KvNames.bytes(options.ttl().isPresent() ? time : ""),
        KvNames.bytes(options.ttl().isPresent() ? "" : time), KvNames.bytes(options.metadata().orElse("")),
        KvNames.bytes(expected)));
    List<byte[]> keys = new ArrayList<>();
    long size = 0;
    for (Map.Entry<String, byte[]> each : values.entrySet()) {
      byte[] key = KvArguments.key(each.getKey());
      keys.add(key);
      args.add(key);
      args.add(KvArguments.value(each.getValue()));
      size += each.getValue().length;
    }
    if (size > MOST_BYTES_AT_ONCE) {
      throw new StoreException(Reason.FAILED, values.size() + " values of " + size
          + " bytes at once (expected: at most "
          + MOST_BYTES_AT_ONCE + " in all; put them in several calls)");
    }
    return numbers(KvScripts.PUT, keys, args);
  }

  @Override
  public void delete(String key) {
    remove(KvArguments.key(key), "");
  }

  @Override
  public boolean deleteIf(String key, long version) {
    return remove(KvArguments.key(key), Long.toString(KvArguments.version(version)));
  }

  private boolean remove(byte[] key, String expected) {
    return numbers(KvScripts.DELETE, List.of(key), List.of(key, KvNames.bytes(expected))).getFirst() == 1;
  }

  @Override
  public OptionalLong touch(String key, Duration ttl) {
    byte[] bytes = KvArguments.key(key);
    long millis = KvOptions.expiringAfter(ttl).expiryMillis(Instant.EPOCH);
    List<byte[]> args = List.of(bytes, KvNames.bytes(Long.toString(millis)));
    return version(numbers(KvScripts.TOUCH, List.of(bytes), args).getFirst());
  }

  private static OptionalLong version(long answer) {
    return answer == 0 ? OptionalLong.empty() : OptionalLong.of(answer);
  }

  @Override
  public KvPage page(String prefix, String cursor, int limit) {
    byte[] start = KvArguments.prefix(prefix);
    return page(start, KvCursor.key(prefix, cursor), KvArguments.pageLimit(limit));
  }

  private KvPage page(byte[] prefix, String after, int limit) {
    byte[] position = KvArguments.prefix(after);
    boolean inside = Arrays.compareUnsigned(position, prefix) >= 0;
    List<byte[]> answer = texts(KvScripts.PAGE, List.of(), List.of(
        inside ? joined('(', position) : joined('[', prefix), joined('(', KvArguments.behindPrefix(prefix)),
        KvNames.bytes(Integer.toString(limit))));
    return KvFields.page(answer);
  }

  private static byte[] joined(char first, byte[] rest) {
    byte[] all = new byte[rest.length + 1];
    all[0] = (byte) first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    byte[] start = KvArguments.prefix(prefix);
    KvArguments.prefix(after);
    List<String> keys = new ArrayList<>();
    String position = after;
    int left = KvArguments.listLimit(limit);
    while (left > 0) {
      KvPage page = page(start, position, Math.min(left, MAX_PAGE));
      page.items().forEach(item -> keys.add(item.key()));
      if (page.complete()) {
        return keys;
      }
      left = limit - keys.size();
      position = KvCursor.key(prefix, page.cursor().orElseThrow());
    }
    return keys;
  }

  /** Throws {@link StoreException} if the server does not confirm the first subscription in time. */
  @Override
  public Subscription watch(String prefix, Consumer<KvChange> listener) {
    return changes.watch(prefix, listener);
  }

  /** Removes names of what has expired. */
  void sweep() {
    int atOnce = 1_000;
    long found;
    do {
      found = numbers(KvScripts.SWEEP, List.of(), List.of(KvNames.bytes(String.valueOf(atOnce)))).getFirst();
    } while (found == atOnce);
  }

  private List<Long> numbers(Script script, List<byte[]> keys, List<byte[]> args) {
    return redis.numbers(script, names.keys(keys), names.arguments(args));
  }

  private List<byte[]> texts(Script script, List<byte[]> keys, List<byte[]> args) {
    return redis.texts(script, names.keys(keys), names.arguments(args));
  }

  @Override
  public void close() {
    changes.close();
    sweeper.close();
    if (owner) {
      redis.close();
    }
  }
}
