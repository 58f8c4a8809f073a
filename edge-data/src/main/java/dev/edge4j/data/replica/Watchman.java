package dev.edge4j.data.replica;

import dev.edge4j.data.replica.Origin.Identity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the origin, on a connection of its own, for what the stream does not tell: how far it is, whether tables have changed their
 * shape, and which slots nobody uses any more.
 */
final class Watchman implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchman.class);

  private final Settings settings;
  private final Origin origin;
  private final CurrentFile current;
  private final Standing standing;
  private final Follower follower;
  private final Slots slots;
  private final Thread thread;
  private volatile @Nullable Connection connection;
  private volatile boolean closed;
  private volatile boolean schemaChanged;
  private long lastSchema = System.nanoTime();
  private long lastSlots = System.nanoTime();

  Watchman(Settings settings, Origin origin, CurrentFile current, Standing standing, Follower follower) {
    this.settings = settings;
    this.origin = origin;
    this.current = current;
    this.standing = standing;
    this.follower = follower;
    this.slots = new Slots(settings.app(), settings.slot());
    this.thread = Thread.ofVirtual().name("replica watchman " + settings.base().getFileName()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Has the tables looked at now. */
  void lookNow() {
    schemaChanged = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void close() {
    closed = true;
    Origin.close(connection);
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!closed) {
      try {
        Connection link = connected();
        probe(link);
        look(link);
      } catch (SQLException | RefusedException e) {
        LOG.debug("the origin of {} did not answer", settings.base(), e);
        Origin.close(connection);
        connection = null;
      }
      LockSupport.parkNanos(settings.tuning().probe().toNanos());
    }
    Origin.close(connection);
  }

  private Connection connected() throws SQLException {
    Connection link = connection;
    if (link == null) {
      link = origin.connect();
      connection = link;
    }
    return link;
  }

  private void probe(Connection link) throws SQLException {
    long asked = System.nanoTime();
    Identity identity = Origin.position(link);
    standing.asked(identity.history(), asked, identity.flushed());
  }

  private void look(Connection link) throws SQLException, RefusedException {
    long now = System.nanoTime();
    if (schemaChanged || now - lastSchema >= settings.tuning().schema().toNanos()) {
      schemaChanged = false;
      try {
        compare(link);
        lastSchema = now;
      } catch (SQLException | RefusedException e) {
        schemaChanged = true; // what was told is not done yet
        throw e;
      }
    }
    if (settings.durable() && now - lastSlots >= Math.min(settings.tuning().abandoned().toNanos() / 12, settings
        .tuning()
        .schema()
        .toNanos()
        * 30)) {
      lastSlots = now;
      slots.dropAbandoned(link, settings.tuning().abandoned(), now);
    }
  }

  private void compare(Connection link) throws SQLException, RefusedException {
    Optional<ReplicaFile> file = current.get();
    if (file.isPresent()) {
      List<TableShape> shapes = Catalog.shapes(link, settings.publication().name(), settings.tables());
      Resume.changed(List.copyOf(file.get().tables().values()), shapes).ifPresent(follower::rebuild);
    }
  }
}
