package dev.edge4j.state.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.JsonException;
import dev.edge4j.json.TypeRef;
import dev.edge4j.state.KeyRange;
import dev.edge4j.state.ObjectClass;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.ObjectSnapshot;
import dev.edge4j.state.limit.Limits;
import dev.edge4j.state.store.AlarmRow;
import dev.edge4j.state.store.ObjectDatabase;
import dev.edge4j.state.store.Slot;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Takes the state of an object between two turns, and puts it into the same or another. What it owes others, and its WebSockets, stay. */
final class Copies {
  private static final TypeRef<Map<String, String>> TEXTS = new TypeRef<>() {};

  private Copies() {}

  /** Answers once what was taken is on disk. */
  static <T> void take(Resident<T> resident, Call<ObjectSnapshot> call) {
    Activation<T> activation = resident.activation();
    var snapshot = snapshot(resident, activation);
    CompletableFuture<?> unused = activation.settled().whenComplete((_, e) -> {
      if (e == null) {
        call.complete(snapshot);
      } else {
        call.fail(cause(e));
      }
    });
  }

  private static ObjectSnapshot snapshot(Resident<?> resident, Activation<?> activation) {
    ObjectId id = resident.id();
    if (!activation.exists()) {
      return new ObjectSnapshot(id, 0, Map.of(), Map.of(), Map.of(), Optional.empty());
    }
    JsonCodec codec = resident.host().options().codec();
    var entries = new LinkedHashMap<String, byte[]>();
    for (String key : activation.keys(Slot.Kind.ENTRY, KeyRange.all())) {
      activation.read(new Slot(Slot.Kind.ENTRY, key)).ifPresent(value -> entries.put(key, value));
    }
    var alarms = new TreeMap<String, byte[]>();
    activation.alarms().forEach((name, alarm) -> alarms.put(name, codec.write(alarm.texts())));
    Optional<byte[]> database = resident.database().flatMap(ObjectDatabase::snapshot);
    return new ObjectSnapshot(id, activation.version(), entries, new TreeMap<>(activation.attributes()), alarms,
        database);
  }

  /** Throws {@link IllegalArgumentException} for a snapshot that does not fit the class. */
  static void check(ObjectClass<?> declared, ObjectSnapshot snapshot, JsonCodec codec) {
    if (!snapshot.id().namespace().equals(declared.name())) {
      throw new IllegalArgumentException("snapshot: of " + snapshot.id() + " (expected: one of namespace \""
          + declared.name() + "\")");
    }
    if (snapshot.classVersion() > declared.versions().current()) {
      throw new IllegalArgumentException("snapshot: of version " + snapshot.classVersion() + " (expected: at most "
          + declared.versions().current() + ", the version of this program)");
    }
    if (snapshot.database().isPresent() && declared.options().tables().isEmpty()) {
      throw new IllegalArgumentException("snapshot: with a database (expected: none, as the class has no sql)");
    }
    snapshot.entries().forEach((key, value) -> {
      Limits.checkName("key", key);
      Limits.checkValue(key, value);
    });
    snapshot.attributes().forEach((name, value) -> {
      Limits.checkName("attribute", name);
      Limits.checkName("value of attribute \"" + name + "\"", value);
    });
    snapshot.alarms().forEach((name, json) -> alarm(name, json, codec));
  }

  /** Replaces all in one commit, or nothing if the object keeps anything and may not; answers with the reason. */
  static <T> void put(Resident<T> resident, ObjectSnapshot snapshot, boolean onlyIfNew,
      Call<Optional<RuntimeException>> call) {
    if (onlyIfNew && resident.activation().exists()) {
      call.complete(Optional.of(new IllegalStateException(resident.id()
          + " keeps something already (expected: an object that keeps nothing)")));
      return;
    }
    CompletableFuture<?> durable;
    try {
      durable = resident.change((activation, buffer) -> replace(resident, activation, buffer, snapshot));
    } catch (IllegalArgumentException e) {
      resident.host().store().abandon(resident.id());
      call.complete(Optional.of(e));
      return;
    } finally {
      resident.drop();
    }
    CompletableFuture<?> unused = durable.whenComplete((_, e) -> {
      if (e == null) {
        call.complete(Optional.empty());
      } else {
        call.fail(cause(e));
      }
    });
  }

  private static void replace(Resident<?> resident, Activation<?> activation, TurnBuffer buffer,
      ObjectSnapshot snapshot) {
    JsonCodec codec = resident.host().options().codec();
    buffer.clear();
    resident.database().ifPresent(database -> snapshot.database().ifPresentOrElse(bytes -> {
      database.replace(bytes);
      buffer.writesDatabase();
    }, database::clear));
    activation.keys(Slot.Kind.ENTRY, KeyRange.all())
        .forEach(key -> buffer.slots().put(new Slot(Slot.Kind.ENTRY, key), Optional.empty()));
    activation.alarms().keySet().forEach(name -> buffer.alarms().put(name, Optional.empty()));
    activation.attributes().keySet().forEach(name -> buffer.attributes().put(name, Optional.empty()));
    snapshot.entries().forEach((key, value) -> buffer.slots().put(new Slot(Slot.Kind.ENTRY, key), Optional.of(value)));
    snapshot.attributes().forEach((name, value) -> buffer.attributes().put(name, Optional.of(value)));
    snapshot.alarms().forEach((name, json) -> buffer.alarms().put(name, Optional.of(alarm(name, json, codec))));
    if (snapshot.classVersion() > 0) {
      buffer.keep();
      activation.version(snapshot.classVersion());
    }
  }

  private static AlarmRow alarm(String name, byte[] json, JsonCodec codec) {
    try {
      Limits.checkName("alarm", name);
      return AlarmRow.of(name, codec.read(json, TEXTS));
    } catch (JsonException | DateTimeException | IllegalStateException e) {
      throw new IllegalArgumentException("snapshot: alarm \"" + name + "\" is " + new String(json, UTF_8)
          + " (expected: as a snapshot has written it)", e);
    }
  }

  private static Throwable cause(Throwable e) {
    return e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
  }
}
