package dev.edge4j.data.replica;

import dev.edge4j.data.Position;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.replica.Origin.Identity;
import dev.edge4j.data.replica.ReplicaStatus.State;
import dev.edge4j.data.replica.Slots.Slot;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a replica, on one platform thread: connect, see whether the file can go on, copy anew if not, apply what comes, and begin
 * again when the link breaks.
 */
final class Follower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Settings settings;
  private final Generations generations;
  private final CurrentFile current;
  private final Standing standing;
  private final Changes changes;
  private final Origin origin;
  private final Copier copier;
  private final Thread thread;
  private final AtomicReference<@Nullable String> rebuild = new AtomicReference<>();
  private final AtomicReference<@Nullable Connection> replicating = new AtomicReference<>();
  private final AtomicReference<@Nullable Connection> asking = new AtomicReference<>();
  private volatile Runnable onSchemaChanged = () -> rebuild("the origin says that its schema has changed");
  private volatile boolean closed;
  private int failures;

  Follower(Settings settings, Generations generations, CurrentFile current, Standing standing, Changes changes,
      Origin origin,
      String instance) {
    this.settings = settings;
    this.generations = generations;
    this.current = current;
    this.standing = standing;
    this.changes = changes;
    this.origin = origin;
    this.copier = new Copier(settings, origin, instance, () -> !closed);
    this.thread = Thread.ofPlatform().daemon().name("replica " + settings.base().getFileName()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Who is told when the origin says that tables have changed. */
  void onSchemaChanged(Runnable listener) {
    onSchemaChanged = listener;
  }

  /** Has a new copy made as soon as may be. */
  void rebuild(String why) {
    rebuild.compareAndSet(null, why);
  }

  /** Ends in good order within a moment, else by breaking the connections. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    boolean ended = false;
    boolean interrupted = false;
    for (boolean waited = false; !ended; waited = true) {
      if (waited) {
        Origin.close(replicating.get());
        Origin.close(asking.get());
      }
      try {
        ended = thread.join(GRACE);
      } catch (InterruptedException _) {
        interrupted = true; // who closes the file next must not meet a writer
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      try {
        session();
      } catch (RebuildException e) {
        rebuild(String.valueOf(e.getMessage()));
        continue;
      } catch (CancellationException e) {
        LOG.debug("closed while copying", e);
      } catch (RefusedException e) {
        report(State.REFUSED, e);
      } catch (SQLException | IOException | StoreException e) {
        report(State.CONNECTING, e);
      } catch (RuntimeException e) { // what the origin sent is not understood: to ask again is all that is left
        LOG.error("replica {}", settings.base(), e);
        report(State.REFUSED, e);
      }
      pause();
    }
  }

  private void report(State state, Exception e) {
    if (closed) {
      return;
    }
    String why = String.valueOf(e.getMessage());
    if (!standing.status(settings.base()).why().equals(why)) {
      LOG.warn("replica {}: {}", settings.base(), why);
    }
    standing.state(state, why);
  }

  private void pause() {
    if (closed) {
      return;
    }
    long nanos = settings.tuning().backoff().toNanos() << Math.min(failures++, 16);
    nanos = Math.min(nanos, settings.tuning().backoffMost().toNanos());
    LockSupport.parkNanos(nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2 + 1)); // so that nodes do not all come at once
  }

  private void session() throws SQLException, IOException, RefusedException, RebuildException {
    try {
      Connection sql = origin.connect();
      asking.set(sql);
      OriginChecks.check(sql, settings.tables());
      NamedQueries.check(settings.named(), sql, "the origin");
      settings.publication().ensure(sql);
      Connection replication = origin.replication();
      replicating.set(replication);
      Identity identity = Origin.identify(replication);
      String slot = ready(sql, replication, identity);
      ReplicaFile file = current.get().orElseThrow();
      Origin.close(asking.getAndSet(null));
      follow(replication, slot, file);
    } finally {
      Origin.close(replicating.getAndSet(null));
      Origin.close(asking.getAndSet(null));
    }
  }

  /** Sees to it that the current file can go on, and says by which slot. */
  private String ready(Connection sql, Connection replication, Identity identity) throws SQLException, IOException,
      RefusedException {
    Optional<String> why = whyRebuild(sql, identity);
    if (why.isEmpty()) {
      NamedQueries.check(settings.named(), current.get().orElseThrow().writer(), "the copy");
      Slot slot = Slots.find(sql, settings.slot()).orElseThrow();
      copier.free(sql, slot);
      return settings.slot();
    }
    LOG.info("replica {} is copied: {}", settings.base(), why.get());
    standing.state(State.COPYING, why.get());
    Copier.Copy copy = copier.copy(sql, replication, identity, generations);
    rebuild.set(null);
    ReplicaFile file = opened(copy.file());
    boolean first = current.get().isEmpty();
    current.exchange(file);
    standing.serves(file.path(), new Position(file.meta().history(), file.applied()), Optional.of(copy.freshNanos()));
    if (!first) {
      changes.missed();
    }
    return copy.slot();
  }

  /** A new copy, which is deleted again if it does not understand what it will be asked. */
  private ReplicaFile opened(Path path) throws SQLException, IOException, RefusedException {
    ReplicaFile file = ReplicaFile.open(path, settings.sqlite());
    try {
      NamedQueries.check(settings.named(), file.writer(), "the copy");
      return file;
    } catch (RefusedException e) {
      file.readers().close();
      file.closeWriter();
      Generations.delete(path);
      throw e;
    }
  }

  private Optional<String> whyRebuild(Connection sql, Identity identity) throws SQLException, RefusedException {
    String wanted = rebuild.get();
    if (wanted != null) {
      return Optional.of(wanted);
    }
    Optional<ReplicaFile> file = current.get();
    if (file.isEmpty()) {
      return Optional.of("there is no copy yet");
    }
    if (!settings.durable()) {
      return Optional.of("a temporary slot goes with its connection");
    }
    String publication = settings.publication().name();
    List<TableShape> now = Catalog.shapes(sql, publication, settings.tables());
    return Resume.refusal(file.get().meta(), file.get().applied(), publication, identity, Slots.find(sql, settings
        .slot()), List.copyOf(file
            .get()
            .tables()
            .values()), now);
  }

  private void follow(Connection replication, String slot, ReplicaFile file) throws SQLException, IOException,
      RebuildException {
    PGReplicationStream stream = Origin.driver(replication)
        .getReplicationAPI()
        .replicationStream()
        .logical()
        .withSlotName(slot)
        .withStartPosition(LogSequenceNumber.valueOf(file.applied()))
        .withSlotOption("proto_version", 1)
        .withSlotOption("publication_names", Names.quoted(settings.publication().name()))
        .withSlotOption("messages", true)
        .withStatusInterval(1, java.util.concurrent.TimeUnit.SECONDS)
        .withAutomaticFlush(false) // or the driver confirms what we have not stored
        .start();
    standing.state(State.FOLLOWING, "");
    try (var applier = new Applier(file, changes)) {
      try {
        new Following(stream, file, applier, changes, standing, onSchemaChanged, settings.tuning().confirm(), settings
            .origin()
            .silence()).follow(
                this::mayGoOn);
      } finally {
        applier.rollback();
      }
    }
    String why = rebuild.get();
    if (why != null && !closed) {
      throw new RebuildException(why);
    }
  }

  /** Asked all the time while the stream is well. */
  private boolean mayGoOn() {
    failures = 0;
    return !closed && rebuild.get() == null;
  }
}
