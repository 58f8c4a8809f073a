package dev.edge4j.state.runtime;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.TypeRef;
import dev.edge4j.state.KeyRange;
import dev.edge4j.state.Storage;
import dev.edge4j.state.limit.Limits;
import dev.edge4j.state.store.ObjectDatabase;
import dev.edge4j.state.store.Slot;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** The storage of one object, for the thread that runs a turn of it. */
final class TurnStorage implements Storage {
  private final Resident<?> resident;
  private final JsonCodec codec;

  TurnStorage(Resident<?> resident) {
    this.resident = resident;
    this.codec = resident.host().options().codec();
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
  public <T> Map<String, T> getAll(Collection<String> keys, Class<T> type) {
    var values = new LinkedHashMap<String, T>();
    for (String key : keys) {
      get(key, type).ifPresent(value -> values.put(key, value));
    }
    return Collections.unmodifiableMap(values);
  }

  @Override
  public void put(String key, Object value) {
    Turn turn = Turn.changing(resident);
    turn.buffer().slots().put(slot(key), Optional.of(json(key, value)));
  }

  @Override
  public void putAll(Map<String, ?> values) {
    Turn turn = Turn.changing(resident);
    var slots = new LinkedHashMap<Slot, Optional<byte[]>>();
    values.forEach((key, value) -> slots.put(slot(key), Optional.of(json(key, value))));
    turn.buffer().slots().putAll(slots);
  }

  @Override
  public boolean delete(String key) {
    Turn turn = Turn.changing(resident);
    Slot slot = slot(key);
    boolean was = read(turn, slot).isPresent();
    if (was) {
      turn.buffer().slots().put(slot, Optional.empty());
    }
    return was;
  }

  @Override
  public void deleteAll() {
    Turn turn = Turn.changing(resident);
    list("").forEach(key -> turn.buffer().slots().put(slot(key), Optional.empty()));
    turn.activation().alarms().keySet().forEach(name -> turn.buffer().alarms().put(name, Optional.empty()));
    turn.buffer().alarms().replaceAll((_, _) -> Optional.empty());
    turn.activation().attributes().keySet().forEach(name -> turn.buffer().attributes().put(name, Optional.empty()));
    turn.buffer().attributes().replaceAll((_, _) -> Optional.empty());
    turn.buffer().clear();
    resident.database().ifPresent(database -> {
      database.clear();
      turn.buffer().usesDatabase();
    });
  }

  @Override
  public List<String> list(KeyRange range) {
    Turn turn = Turn.of(resident);
    return TurnBuffer.keys(turn.buffer().slots(), Slot.Kind.ENTRY, range, wanted -> turn.activation()
        .keys(Slot.Kind.ENTRY, wanted));
  }

  @Override
  public <T> Map<String, T> entries(KeyRange range, TypeRef<T> type) {
    var entries = new LinkedHashMap<String, T>();
    for (String key : list(range)) {
      entries.put(key, get(key, type).orElseThrow());
    }
    return Collections.unmodifiableMap(entries);
  }

  @Override
  public <R> R transaction(Supplier<R> work) {
    Turn turn = Turn.changing(resident);
    Optional<ObjectDatabase> database = resident.database();
    database.ifPresent(ObjectDatabase::mark);
    database.ifPresent(_ -> turn.buffer().usesDatabase());
    TurnBuffer before = turn.buffer().copy();
    turn.transactions(1);
    R result;
    try {
      result = work.get();
    } catch (Throwable e) {
      turn.buffer().returnTo(before);
      database.ifPresent(ObjectDatabase::returnToMark);
      throw e;
    } finally {
      turn.transactions(-1);
    }
    database.ifPresent(ObjectDatabase::unmark);
    return result;
  }

  @SuppressWarnings("unchecked") // the codec promises a value of the type asked for
  private <T> Optional<T> find(String key, Type type) {
    return read(Turn.of(resident), slot(key)).map(bytes -> (T) codec.readAs(bytes, type));
  }

  private static Optional<byte[]> read(Turn turn, Slot slot) {
    Optional<byte[]> changed = turn.buffer().slots().get(slot);
    return changed == null ? turn.activation().read(slot) : changed;
  }

  private static Slot slot(String key) {
    Limits.checkName("key", key);
    return new Slot(Slot.Kind.ENTRY, key);
  }

  private byte[] json(String key, Object value) {
    Objects.requireNonNull(value, () -> "value of \"" + key + "\" is null (expected: a value; delete takes it away)");
    byte[] json = codec.write(value);
    Limits.checkValue(key, json);
    return json;
  }
}
