package dev.edge4j.data.replica;

import dev.edge4j.data.replica.Origin.Identity;
import dev.edge4j.data.replica.Slots.Slot;
import java.util.List;
import java.util.Optional;

/**
 * Whether a copy can go on from where it is: a pure decision. A wrong yes would lose rows without an error, because the origin begins
 * to send where a slot was confirmed, whatever place it is asked for.
 */
final class Resume {
  private Resume() {}

  /**
   * Why a new copy must be made; empty if the old one can go on.
   *
   * @param applied where it stands
   * @param wanted the publication that it should be a copy of
   * @param slot the slot it followed by, if that is there
   * @param now the tables at the origin
   */
  static Optional<String> refusal(ReplicaMeta meta, long applied, String wanted, Identity origin, Optional<Slot> slot,
      List<TableShape> known, List<TableShape> now) {
    if (!meta.publication().equals(wanted)) {
      return Optional.of("it is a copy of publication " + meta.publication() + ", and " + wanted + " is wanted");
    }
    if (!meta.system().equals(origin.system())) {
      return Optional.of("the origin is another system: " + origin.system() + " in place of " + meta.system());
    }
    if (meta.timeline() != origin.timeline()) {
      return Optional.of("the origin has failed over: timeline " + origin.timeline() + " in place of " + meta
          .timeline());
    }
    if (meta.slot().isEmpty()) {
      return Optional.of("it was followed by a temporary slot, which has gone with its connection");
    }
    if (slot.isEmpty()) {
      return Optional.of("slot " + meta.slot() + " is gone");
    }
    if (slot.get().lost()) {
      return Optional.of("slot " + meta.slot() + " has lost the log it needs (max_slot_wal_keep_size)");
    }
    if (applied < slot.get().confirmed()) {
      return Optional.of("it stands at " + Lsn.text(applied) + ", behind what was confirmed: " + Lsn.text(slot.get()
          .confirmed()));
    }
    if (applied > origin.flushed()) {
      return Optional.of("it stands at " + Lsn.text(applied) + ", and the origin has come back without what is behind "
          + Lsn.text(origin
              .flushed()));
    }
    return changed(known, now);
  }

  /** What of the tables is different; empty if nothing is. */
  static Optional<String> changed(List<TableShape> known, List<TableShape> now) {
    for (TableShape table : now) {
      Optional<TableShape> was = known.stream().filter(k -> k.name().equals(table.name())).findFirst();
      if (was.isEmpty()) {
        return Optional.of("table " + table.name() + " is new");
      }
      Optional<String> difference = was.get()
          .difference(table.columns()
              .stream()
              .map(c -> new PgMessage.Attribute(c.name(), c.oid(), c.modifier()))
              .toList());
      if (difference.isPresent()) {
        return difference;
      }
      if (!was.get().key().equals(table.key()) || was.get().whole() != table.whole()) {
        return Optional.of("table " + table.name() + " has another replica identity");
      }
    }
    return Optional.empty();
  }
}
