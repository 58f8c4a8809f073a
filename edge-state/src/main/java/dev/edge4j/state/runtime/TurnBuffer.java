package dev.edge4j.state.runtime;

import dev.edge4j.state.KeyRange;
import dev.edge4j.state.limit.Limits;
import dev.edge4j.state.sockets.SocketChanges;
import dev.edge4j.state.store.AlarmRow;
import dev.edge4j.state.store.DeadAlarm;
import dev.edge4j.state.store.MessageRow;
import dev.edge4j.state.store.Slot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a turn has changed, laid over what was there before. Confined to its turn until it becomes a commit, and not changed after. An empty value
 * takes away.
 */
final class TurnBuffer {
  /** What the keys before this turn are asked for. */
  interface Before {
    List<String> keys(KeyRange range);
  }

  private Map<Slot, Optional<byte[]>> slots = new HashMap<>();
  private Map<String, Optional<AlarmRow>> alarms = new HashMap<>();
  private Map<String, Optional<String>> attributes = new HashMap<>();
  private List<MessageRow> messages = new ArrayList<>();
  private List<DeadAlarm> dead = new ArrayList<>();
  private List<Runnable> afterwards = new ArrayList<>();
  private SocketChanges sockets = new SocketChanges();
  private boolean cleared;
  private boolean usesDatabase;
  private boolean writesDatabase;

  Map<Slot, Optional<byte[]>> slots() {
    return slots;
  }

  Map<String, Optional<AlarmRow>> alarms() {
    return alarms;
  }

  Map<String, Optional<String>> attributes() {
    return attributes;
  }

  List<MessageRow> messages() {
    return messages;
  }

  List<DeadAlarm> dead() {
    return dead;
  }

  SocketChanges sockets() {
    return sockets;
  }

  /** What is to be done once the commit is on disk, in order; on the writer's thread, so it must not wait. */
  List<Runnable> afterwards() {
    return afterwards;
  }

  /** Notes that the object is to be as if it had never been, but for what is put from now on. */
  void clear() {
    cleared = true;
    writesDatabase = false;
  }

  /** Takes {@link #clear} back: the object is there, even if it keeps nothing. */
  void keep() {
    cleared = false;
  }

  /** Notes that a transaction of the object's own database is open. */
  void usesDatabase() {
    usesDatabase = true;
  }

  /** Notes that the open transaction has to be committed. */
  void writesDatabase() {
    usesDatabase = true;
    writesDatabase = true;
  }

  boolean isUsingDatabase() {
    return usesDatabase;
  }

  boolean isWritingDatabase() {
    return writesDatabase;
  }

  /** Whether nothing of the object is left. */
  boolean leavesNothing() {
    return cleared && !writesDatabase && slots.values().stream().allMatch(Optional::isEmpty)
        && alarms.values().stream().allMatch(Optional::isEmpty)
        && attributes.values().stream().allMatch(Optional::isEmpty);
  }

  /** What it holds now, to return to. */
  TurnBuffer copy() {
    var copy = new TurnBuffer();
    copy.returnTo(this);
    return copy;
  }

  /** Holds what another held, and no more. */
  void returnTo(TurnBuffer earlier) {
    slots = new HashMap<>(earlier.slots);
    alarms = new HashMap<>(earlier.alarms);
    attributes = new HashMap<>(earlier.attributes);
    messages = new ArrayList<>(earlier.messages);
    dead = new ArrayList<>(earlier.dead);
    afterwards = new ArrayList<>(earlier.afterwards);
    sockets = earlier.sockets.copy();
    cleared = earlier.cleared;
    usesDatabase |= earlier.usesDatabase;
    writesDatabase = earlier.writesDatabase;
  }

  /** The keys a turn sees: those before it without its deletions, and its puts. */
  static List<String> keys(Map<Slot, Optional<byte[]>> changes, Slot.Kind kind, KeyRange range, Before before) {
    List<Slot> mine = changes.keySet()
        .stream()
        .filter(slot -> slot.kind() == kind && range.contains(slot.key()))
        .toList();
    if (mine.isEmpty()) {
      return before.keys(range);
    }
    // Each key deleted here may take the place of one that is to be seen.
    long wanted = Math.min(Integer.MAX_VALUE, (long) range.limit() + mine.size());
    Comparator<String> order = range.reverse() ? Limits.UTF8_ORDER.reversed() : Limits.UTF8_ORDER;
    var keys = new TreeSet<>(order);
    keys.addAll(before.keys(range.limit((int) wanted)));
    for (Slot slot : mine) {
      if (changes.getOrDefault(slot, Optional.empty()).isPresent()) {
        keys.add(slot.key());
      } else {
        keys.remove(slot.key());
      }
    }
    return keys.stream().limit(range.limit()).toList();
  }
}
