package dev.edge4j.state.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.state.KeyRange;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.ObjectInfo;
import dev.edge4j.state.store.ObjectStore;
import dev.edge4j.state.store.Slot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.TreeMap;

/** What is on disk of an object, and whether it is in memory. Goes by no mailbox, so that an object that hangs can be looked at too. */
final class Inspection {
  private Inspection() {}

  static ObjectInfo of(ObjectId id, ObjectStore store, Optional<? extends Resident<?>> resident,
      int sockets) {
    Optional<ObjectStore.Known> known = store.known(id);
    var alarms = new TreeMap<String, Instant>();
    store.alarms(id).forEach(alarm -> alarms.put(alarm.name(), alarm.due()));
    var entries = new LinkedHashMap<String, String>();
    for (String key : store.keys(id, Slot.Kind.ENTRY, KeyRange.all())) {
      store.read(id, new Slot(Slot.Kind.ENTRY, key)).ifPresent(json -> entries.put(key, new String(json, UTF_8)));
    }
    return new ObjectInfo(id, known.isPresent(), known.map(ObjectStore.Known::classVersion).orElse(0), known.map(
        ObjectStore.Known::created).orElse(Instant.EPOCH), resident.filter(Resident::isAwake).isPresent(), resident.map(
            r -> r.mailbox().waiting()).orElse(0), sockets, alarms, store.attributes(id), entries);
  }
}
