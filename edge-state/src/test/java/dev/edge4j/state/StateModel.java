package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.data.Migrations;
import dev.edge4j.json.TypeRef;
import dev.edge4j.state.limit.Limits;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What an object keeps, as maps; and steps that do the same to both and compare what they see. */
record StateModel(NavigableMap<String, Integer> entries, NavigableMap<String, Instant> alarms,
    NavigableMap<String, String> attributes, NavigableMap<String, Integer> rows) {
  static final Migrations TABLES = Migrations.of("CREATE TABLE entry (key TEXT PRIMARY KEY, value INTEGER NOT NULL)");

  private static final TypeRef<Integer> NUMBER = new TypeRef<>() {};

  /** Ends a part, or a turn, early. */
  static final class Thrown extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  sealed interface Step {
    record Put(String key, int value) implements Step {}

    record PutAll(Map<String, Integer> values) implements Step {}

    record Delete(String key) implements Step {}

    record DeleteAll() implements Step {}

    record Get(String key) implements Step {}

    record GetAll(List<String> keys) implements Step {}

    record Range(KeyRange range) implements Step {}

    record Set(String alarm, Instant due) implements Step {}

    record Cancel(String alarm) implements Step {}

    record Mark(String attribute, String value) implements Step {}

    record Unmark(String attribute) implements Step {}

    /** Into the object's own table, if it has one. */
    record Row(String key, int value) implements Step {}

    record Part(List<Step> steps, boolean fails) implements Step {}
  }

  StateModel() {
    this(new TreeMap<>(Limits.UTF8_ORDER), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(Limits.UTF8_ORDER));
  }

  StateModel copy() {
    var copy = new StateModel();
    copy.become(this);
    return copy;
  }

  private void become(StateModel other) {
    clear();
    entries.putAll(other.entries);
    alarms.putAll(other.alarms);
    attributes.putAll(other.attributes);
    rows.putAll(other.rows);
  }

  private void clear() {
    entries.clear();
    alarms.clear();
    attributes.clear();
    rows.clear();
  }

  boolean isEmpty() {
    return entries.isEmpty() && alarms.isEmpty() && attributes.isEmpty() && rows.isEmpty();
  }

  /** Compares all. */
  void check(ObjectState state, boolean hasTable) {
    assertEquals(entries, state.storage().entries("", NUMBER));
    assertEquals(alarms, state.alarms().all());
    assertEquals(attributes, state.attributes().all());
    if (hasTable) {
      assertEquals(List.copyOf(rows.values()), state.sql()
          .query(Integer.class, "SELECT value FROM entry ORDER BY key", Map.of()));
    }
  }

  void run(List<Step> steps, ObjectState state, boolean hasTable) {
    steps.forEach(step -> run(step, state, hasTable));
  }

  private void run(Step step, ObjectState state, boolean hasTable) {
    Storage storage = state.storage();
    switch (step) {
      case Step.Put put -> {
        storage.put(put.key(), put.value());
        entries.put(put.key(), put.value());
      }
      case Step.PutAll all -> {
        storage.putAll(all.values());
        entries.putAll(all.values());
      }
      case Step.Delete delete -> assertEquals(entries.remove(delete.key()) != null, storage.delete(delete.key()));
      case Step.DeleteAll _ -> {
        storage.deleteAll();
        clear();
      }
      case Step.Get get -> assertEquals(Optional.ofNullable(entries.get(get.key())), storage.get(get.key(),
          Integer.class));
      case Step.GetAll all -> assertEquals(List.copyOf(chosen(all.keys()).entrySet()), List.copyOf(storage.getAll(all
          .keys(), Integer.class).entrySet()));
      case Step.Range range -> assertEquals(List.copyOf(in(range.range()).entrySet()), List.copyOf(storage.entries(range
          .range(), NUMBER).entrySet()));
      case Step.Set set -> {
        state.alarms().set(set.alarm(), Schedule.at(set.due()));
        alarms.put(set.alarm(), set.due());
      }
      case Step.Cancel cancel -> assertEquals(alarms.remove(cancel.alarm()) != null, state.alarms()
          .cancel(cancel.alarm()));
      case Step.Mark mark -> {
        state.attributes().set(mark.attribute(), mark.value());
        attributes.put(mark.attribute(), mark.value());
      }
      case Step.Unmark unmark -> {
        state.attributes().remove(unmark.attribute());
        attributes.remove(unmark.attribute());
      }
      case Step.Row row -> {
        if (hasTable) {
          state.sql()
              .update("INSERT OR REPLACE INTO entry VALUES (:key, :value)", Map.of("key", row.key(), "value",
                  row.value()));
          rows.put(row.key(), row.value());
        }
      }
      case Step.Part part -> part(part, state, hasTable);
    }
  }

  private void part(Step.Part part, ObjectState state, boolean hasTable) {
    StateModel before = copy();
    Runnable work = () -> state.storage().transaction(() -> {
      run(part.steps(), state, hasTable);
      if (part.fails()) {
        throw new Thrown();
      }
      return true;
    });
    if (part.fails()) {
      assertThrows(Thrown.class, work::run);
      become(before);
    } else {
      work.run();
    }
    check(state, hasTable);
  }

  private Map<String, Integer> chosen(List<String> keys) {
    var chosen = new LinkedHashMap<String, Integer>();
    keys.stream().filter(entries::containsKey).forEach(key -> chosen.put(key, entries.get(key)));
    return chosen;
  }

  /** By the words of {@link KeyRange}, key by key. */
  private Map<String, Integer> in(KeyRange range) {
    var chosen = new LinkedHashMap<String, Integer>();
    var order = range.reverse() ? Collections.reverseOrder(Limits.UTF8_ORDER) : Limits.UTF8_ORDER;
    entries.keySet()
        .stream()
        .sorted(order)
        .filter(key -> key.startsWith(range.prefix()))
        .filter(key -> range.from().isEmpty() || Limits.UTF8_ORDER.compare(key, range.from().get()) >= 0)
        .filter(key -> range.to().isEmpty() || Limits.UTF8_ORDER.compare(key, range.to().get()) < 0)
        .filter(key -> range.after().isEmpty() || order.compare(key, range.after().get()) > 0)
        .limit(range.limit())
        .forEach(key -> chosen.put(key, entries.get(key)));
    return chosen;
  }
}
