package dev.edge4j.data.replica;

import dev.edge4j.data.replica.Origin.Identity;
import dev.edge4j.data.replica.Slots.Slot;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.postgresql.PGConnection;
import org.postgresql.replication.ReplicationSlotInfo;

/** Makes a new copy together with the slot that goes on where it ends. */
final class Copier {
  /** A copy that has been made. */
  record Copy(Path file, String slot, long freshNanos) {}

  private final Settings settings;
  private final Origin origin;
  private final String instance;
  private final BooleanSupplier goOn;

  Copier(Settings settings, Origin origin, String instance, BooleanSupplier goOn) {
    this.settings = settings;
    this.origin = origin;
    this.instance = instance;
    this.goOn = goOn;
  }

  /**
   * Copies everything. The snapshot lives until the next command on the connection that made the slot, so a second connection takes it
   * over first.
   */
  Copy copy(Connection sql, Connection replication, Identity identity, Generations generations) throws SQLException,
      IOException,
      RefusedException {
    String slot = settings.durable() ? settings.slot()
        : "edge_" + settings.app() + "_" + UUID.randomUUID().toString().substring(0, 8);
    if (settings.durable()) {
      dropOld(sql);
    }
    long asked = System.nanoTime();
    ReplicationSlotInfo made = createSlot(sql, replication, slot);
    String publication = settings.publication().name();
    try (Connection snapshot = origin.connect()) {
      Origin.run(snapshot, "SET row_security = off"); // an error in place of rows left out
      Origin.run(snapshot, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
      Origin.run(snapshot, "SET TRANSACTION SNAPSHOT '" + Objects.requireNonNull(made.getSnapshotName())
          .replace("'", "''") + "'");
      List<TableShape> shapes = Catalog.shapes(snapshot, publication, settings.tables());
      long lsn = made.getConsistentPoint().asLong();
      var meta = new ReplicaMeta(instance, settings.durable() ? slot : "", publication, identity.system(), identity
          .timeline(), lsn);
      Path building = generations.next();
      new Snapshot(snapshot, settings.tables(), settings.progress(), goOn).into(building, shapes, meta, System
          .currentTimeMillis() - Duration
              .ofNanos(System.nanoTime() - asked)
              .toMillis() - 1);
      return new Copy(generations.complete(building), slot, asked);
    }
  }

  private void dropOld(Connection sql) throws SQLException, RefusedException {
    Optional<Slot> old = Slots.find(sql, settings.slot());
    if (old.isPresent()) {
      free(sql, old.get());
      Slots.drop(sql, settings.slot());
    }
  }

  /** Waits until nobody uses our slot, after ending a dead predecessor's use of it. */
  void free(Connection sql, Slot slot) throws SQLException, RefusedException {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    Slot now = slot;
    while (now.activePid() != 0) {
      Slots.endPredecessor(sql, now, instance);
      if (System.nanoTime() - end > 0 || !goOn.getAsBoolean()) {
        throw new RefusedException("slot " + slot.name() + " is used by process " + now.activePid()
            + " of the origin, which serves another"
            + " replica (expected: a node name of its own for each replica, or wal_sender_timeout to pass)");
      }
      LockSupport.parkNanos(20_000_000);
      now = Slots.find(sql, slot.name()).orElse(new Slot(slot.name(), 0, false, 0));
    }
  }

  /** Waits for every transaction that runs at the origin; if one runs for too long, says which. */
  private ReplicationSlotInfo createSlot(Connection sql, Connection replication, String name) throws SQLException,
      RefusedException {
    PGConnection driver = Origin.driver(replication);
    int before = replication.getNetworkTimeout();
    Duration atMost = settings.ready().dividedBy(2); // so that who waits to be ready hears the reason
    replication.setNetworkTimeout(Runnable::run, Math.toIntExact(Math.clamp(atMost.toMillis(), 1, Integer.MAX_VALUE)));
    try {
      var builder = driver.getReplicationAPI()
          .createReplicationSlot()
          .logical()
          .withSlotName(name)
          .withOutputPlugin("pgoutput");
      ReplicationSlotInfo made = (settings.durable() ? builder : builder.withTemporaryOption()).make();
      replication.setNetworkTimeout(Runnable::run, before);
      return made;
    } catch (SQLException e) {
      throw new RefusedException("no slot within " + atMost + ": " + waitedFor(sql, driver.getBackendPID(), e), e);
    }
  }

  /** Ends the process that waits, which would not see that we have gone, and says what it waits for. */
  private static String waitedFor(Connection sql, int pid, SQLException e) throws SQLException, RefusedException {
    Optional<String> longest = Origin.one(sql, "SELECT pid || ' (' || coalesce(nullif(application_name, ''), 'no name')"
        + " || ') since ' || xact_start FROM pg_stat_activity WHERE backend_xid IS NOT NULL ORDER BY xact_start LIMIT 1",
        row -> row.getString(1));
    Origin.all(sql, "SELECT pg_terminate_backend(?)", row -> row.getBoolean(1), pid);
    boolean refused = e.getSQLState() != null && !e.getSQLState().startsWith("08"); // an answer, and no broken connection
    if (refused || longest.isEmpty()) {
      throw e;
    }
    return "it waits for the transaction of process " + longest.get()
        + " (expected: it ends; prepared transactions are waited for too)";
  }
}
