package dev.edge4j.data.replica;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Looks whether a slot was confirmed up to where its copy is not yet: the origin would never send again what lies between. */
final class ConfirmedAhead {
  /** Not while a copy is made, for which the slot is made anew: then the file is behind by right. */
  private static final String FOLLOWED = " AND EXISTS (SELECT 1 FROM pg_stat_replication r WHERE r.pid = active_pid"
      + " AND r.state IN ('catchup', 'streaming'))";

  private ConfirmedAhead() {}

  /** Of a replica that runs. The slot is read first: the file only goes on. */
  static Optional<String> whileFollowing(Connection origin, String slot, Generations copy) throws SQLException {
    return look(origin, slot, FOLLOWED, copy);
  }

  /** Of one that was killed while it followed. */
  static Optional<String> whereItWasKilled(Connection origin, String slot, Generations copy) throws SQLException {
    return look(origin, slot, "", copy);
  }

  private static Optional<String> look(Connection origin, String slot, String condition, Generations copy)
      throws SQLException {
    Optional<Long> confirmed = Origin.one(origin, "SELECT confirmed_flush_lsn::text FROM pg_replication_slots"
        + " WHERE slot_name = ? AND confirmed_flush_lsn IS NOT NULL" + condition, row -> Lsn.parse(row.getString(1)),
        slot);
    long stored = confirmed.isEmpty() ? 0 : CopyFile.applied(copy);
    return confirmed.filter(lsn -> stored > 0 && stored < lsn)
        .map(lsn -> slot + " was confirmed up to " + Lsn.text(lsn) + ", and its file has come to " + Lsn.text(stored));
  }
}
