package dev.edge4j.data.replica;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The replication slots of an app: each holds the origin's log from where a node has confirmed. */
final class Slots {
  private static final Logger LOG = LoggerFactory.getLogger(Slots.class);

  /**
   * A slot.
   *
   * @param confirmed from where it can go on; what lies before is gone for it
   * @param lost whether the log it needs is gone
   * @param activePid the process at the origin that serves it; zero if none does
   */
  record Slot(String name, long confirmed, boolean lost, int activePid) {}

  private final String prefix;
  private final String own;
  private final Map<String, Long> idleSince = new HashMap<>();

  /**
   * The slots of an app.
   *
   * @param own the name of this node's
   */
  Slots(String app, String own) {
    this.prefix = "edge_" + app + "_";
    this.own = own;
  }

  static Optional<Slot> find(Connection connection, String name) throws SQLException {
    return Origin.one(connection,
        "SELECT slot_name::text, confirmed_flush_lsn::text, coalesce(wal_status, '') = 'lost', coalesce(active_pid, 0)"
            + " FROM pg_replication_slots WHERE slot_name = ?", row -> new Slot(row.getString(1), Optional.ofNullable(
                row.getString(2))
                .map(
                    Lsn::parse)
                .orElse(0L), row.getBoolean(3), row.getInt(4)), name);
  }

  static void drop(Connection connection, String name) throws SQLException {
    Origin.all(connection, "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = ?",
        row -> true, name);
  }

  /**
   * Ends the process that serves a slot if it serves a predecessor of ours, which is dead and whose link the origin has not missed yet:
   * only one process at a time holds our file, and its connections call themselves as ours do. Whether it was one.
   */
  static boolean endPredecessor(Connection connection, Slot slot, String application) throws SQLException {
    boolean ended = Origin.one(connection,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = ? AND application_name = ?",
        row -> row.getBoolean(1), slot.activePid(), application).orElse(false);
    if (ended) {
      LOG.info("slot {} was held by a predecessor of this node, whose link has been ended", slot.name());
    }
    return ended;
  }

  /** Drops the slots of this app's other nodes that have been idle for too long, lest they fill the origin's disk. */
  void dropAbandoned(Connection connection, Duration after, long nowNanos) throws SQLException {
    boolean tells = connection.getMetaData().getDatabaseMajorVersion() >= 17; // inactive_since
    String idle = tells ? "coalesce(extract(epoch FROM now() - inactive_since), 0)" : "0";
    record Idle(String name, long seconds) {}
    List<Idle> slots = Origin.all(connection, "SELECT slot_name::text, " + idle + "::bigint FROM pg_replication_slots"
        + " WHERE starts_with(slot_name::text, ?) AND slot_name <> ? AND NOT active AND NOT temporary AND plugin = 'pgoutput'"
        + " AND database = current_database()", row -> new Idle(row.getString(1), row.getLong(2)), prefix, own);
    idleSince.keySet().retainAll(slots.stream().map(Idle::name).toList());
    for (Idle slot : slots) {
      long seen = nowNanos - idleSince.computeIfAbsent(slot.name(), _ -> nowNanos);
      if (Math.max(seen, Duration.ofSeconds(slot.seconds()).toNanos()) >= after.toNanos()) {
        LOG.warn("slot {} has been idle for {}: its node is given up, and will copy anew if it comes back", slot.name(),
            after);
        drop(connection, slot.name());
      }
    }
  }
}
