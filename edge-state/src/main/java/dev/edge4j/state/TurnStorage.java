package dev.edge4j.state;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.TypeRef;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The storage of one instance; open only between {@link #begin} and {@link #end}, to the thread that began. */
final class TurnStorage implements Storage {
  private final ObjectId id;
  private final ObjectStore store;
  private final JsonCodec codec;
  private TurnBuffer buffer = new TurnBuffer();
  private volatile @Nullable Thread owner;

  TurnStorage(ObjectId id, ObjectStore store, JsonCodec codec) {
    this.id = id;
    this.store = store;
    this.codec = codec;
  }

  void begin() {
    buffer = new TurnBuffer();
    owner = Thread.currentThread();
  }

  /** Closes the storage and hands out what was written. */
  TurnBuffer end() {
    owner = null;
    return buffer;
  }

  @Override
  public <T> Optional<T> get(String key, Class<T> type) {
    return find(key, type);
  }

  @Override
  public <T> Optional<T> get(String key, TypeRef<T> type) {
    return find(key, type.type());
  }

  @Override
  public void put(String key, Object value) {
    checkTurn();
    Limits.checkName("key", key);
    Objects.requireNonNull(value, () -> "value of \"" + key + "\" is null (expected: a value; delete takes it away)");
    byte[] json = codec.write(value);
    Limits.checkValue(key, json);
    buffer.put(key, json);
  }

  @Override
  public void delete(String key) {
    checkTurn();
    Limits.checkName("key", key);
    buffer.delete(key);
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    checkTurn();
    if (!prefix.isEmpty()) {
      Limits.checkName("prefix", prefix);
    }
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: at least 1)");
    }
    return buffer.keys(prefix, after, limit, wanted -> store.keys(id, prefix, after, wanted));
  }

  @Override
  public <T> Map<String, T> entries(String prefix, TypeRef<T> type) {
    var entries = new LinkedHashMap<String, T>();
    for (String key : list(prefix)) {
      entries.put(key, get(key, type).orElseThrow());
    }
    return Collections.unmodifiableMap(entries);
  }

  @SuppressWarnings("unchecked") // the codec promises a value of the type asked for
  private <T> Optional<T> find(String key, Type type) {
    checkTurn();
    Limits.checkName("key", key);
    Optional<byte[]> json = buffer.touches(key) ? buffer.value(key) : store.read(id, key);
    return json.map(bytes -> (T) codec.readAs(bytes, type));
  }

  private void checkTurn() {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException("storage of " + id
          + " used outside its turn (expected: use by the thread that runs the turn, while it runs)");
    }
  }
}
