package dev.edge4j.data.replica;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** Applies a stream to a file until it ends, commits in groups, and confirms what is on disk. Confined to the thread that follows. */
final class Following {
  /** A commit of the copy holds no more rows than this, unless one of the origin's does... */
  private static final int GROUP_ROWS = 1_000;
  /** ...and while more comes it waits no longer than this. */
  private static final long GROUP_NANOS = Duration.ofMillis(20).toNanos();
  private static final long SHORT_PAUSE = 100_000;
  private static final long LONG_PAUSE = 1_000_000;
  /** Who changes tables may write a message with this prefix: an event trigger, for one. */
  static final String SCHEMA_CHANGED = "edge4j.schema";

  private final PGReplicationStream stream;
  private final ReplicaFile file;
  private final Applier applier;
  private final Changes changes;
  private final Standing standing;
  private final Runnable onSchemaChanged;
  private final Duration confirmEvery;
  private final Duration silence;

  private long applied;
  private long pending;
  private long groupBegan;
  private long received;
  private long lastLife = System.nanoTime();
  private long lastWork = System.nanoTime();
  private long lastConfirm = System.nanoTime();
  private long confirmed;

  Following(PGReplicationStream stream, ReplicaFile file, Applier applier, Changes changes, Standing standing,
      Runnable onSchemaChanged, Duration confirmEvery,
      Duration silence) {
    this.stream = stream;
    this.file = file;
    this.applier = applier;
    this.changes = changes;
    this.standing = standing;
    this.onSchemaChanged = onSchemaChanged;
    this.confirmEvery = confirmEvery;
    this.silence = silence;
    this.applied = file.applied();
    this.pending = applied;
  }

  /** Returns when it is told to end, all that has come being applied and confirmed. */
  void follow(BooleanSupplier goOn) throws SQLException, IOException, RebuildException {
    while (goOn.getAsBoolean()) {
      ByteBuffer next = stream.readPending(); // not read(): while that waits, nobody looks at keepalives
      if (next == null) {
        idle();
      } else {
        lastLife = System.nanoTime();
        take(PgOutput.decode(next));
      }
      if (System.nanoTime() - lastConfirm >= confirmEvery.toNanos()) {
        confirm();
      }
    }
    if (!applier.inTransaction()) {
      flush();
    }
    confirm();
    stream.forceUpdateStatus();
  }

  private void take(PgMessage message) throws SQLException, RebuildException {
    if (message instanceof PgMessage.Begin && isDue()) {
      flush();
    }
    if (!file.hasBegun()) {
      groupBegan = System.nanoTime();
    }
    applier.apply(message);
    switch (message) {
      case PgMessage.Commit(long _, long end) -> {
        pending = Math.max(pending, end);
        if (isDue()) {
          flush();
        }
      }
      case PgMessage.Emitted(String prefix, byte[] _) when prefix.equals(SCHEMA_CHANGED) -> onSchemaChanged.run();
      default -> {
        // part of a transaction
      }
    }
  }

  private boolean isDue() {
    return applier.rows() >= GROUP_ROWS || (file.hasBegun() && System.nanoTime() - groupBegan >= GROUP_NANOS);
  }

  /** Makes visible what whole transactions have brought. */
  private void flush() throws SQLException, RebuildException {
    if (!file.hasBegun()) {
      return;
    }
    applier.commit(pending, standing.freshMillis());
    applied = pending;
    lastWork = System.nanoTime();
    standing.applied(applied);
    changes.publish();
  }

  private void idle() throws SQLException, RebuildException {
    if (applier.inTransaction()) {
      checkSilence();
      LockSupport.parkNanos(SHORT_PAUSE);
      return;
    }
    flush();
    long now = stream.getLastReceiveLSN().asLong();
    if (now != received) {
      received = now;
      lastLife = System.nanoTime();
    }
    if (now > applied) {
      // A keepalive carries how far the origin has read its log: all before that was sent, or is of no concern to us.
      applied = now;
      pending = now;
      standing.applied(now);
    }
    checkSilence();
    LockSupport.parkNanos(System.nanoTime() - lastWork < GROUP_NANOS ? SHORT_PAUSE : LONG_PAUSE);
  }

  /** The driver does not see the end of a connection on which it only looks for pending bytes. */
  private void checkSilence() throws SQLException {
    long before = System.nanoTime() - silence.toNanos();
    if (lastLife - before < 0 && standing.silentSince(before)) {
      throw new SQLException("the origin has said nothing for " + silence);
    }
  }

  /** Never ahead of what is on disk: the origin would skip, without a word, what lies before a confirmed position. */
  private void confirm() throws SQLException, IOException, RebuildException {
    lastConfirm = System.nanoTime();
    if (!applier.inTransaction()) {
      flush();
      if (applied > file.applied()) {
        file.commit(applied, standing.freshMillis());
      }
      if (System.nanoTime() - lastWork > confirmEvery.toNanos()) {
        file.shorten();
      }
    }
    long stored = file.applied();
    if (stored > confirmed) {
      file.makeDurable();
      confirmed = stored;
      var position = LogSequenceNumber.valueOf(stored);
      stream.setAppliedLSN(position);
      stream.setFlushedLSN(position);
      standing.confirmed(stored);
    }
  }
}
