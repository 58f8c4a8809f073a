package dev.edge4j.data.replica;

import dev.edge4j.data.ChangeFeed;
import dev.edge4j.data.DataStore;
import dev.edge4j.data.Position;
import dev.edge4j.data.Replica;
import dev.edge4j.data.RowChange;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.data.TransactionWork;
import dev.edge4j.data.sqlite.DatabaseLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL tables in a local SQLite file, which follows its origin by logical replication. A replica in the words of
 * {@link DataStore}: a {@link dev.edge4j.data.DataMesh} reads it where the promise of a class of data allows, and its origin elsewhere.
 * Safe for use by many threads.
 *
 * <p>It shows whole transactions in the order of their commits. While the origin is out of reach it goes on answering with what it has,
 * and {@link #lag} grows. When it cannot go on (the log it needs is gone, a table has changed its shape, the origin has failed over) it
 * makes a new copy beside the old one, which answers meanwhile.
 *
 * <p>Tables have their names without the schema. {@code numeric} of up to 18 digits and timestamps are integers in the file, so that
 * they sort and compare as at the origin; the columns are read as BigDecimal and Instant all the same. An expression over such a column
 * ({@code max(price)}) is the integer. Arguments that are Instants are compared with timestamps rightly.
 */
public final class SqliteReplica implements DataStore, Replica, ChangeFeed {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteReplica.class);

  private final Settings settings;
  private final DatabaseLock lock;
  private final CurrentFile current;
  private final Standing standing = new Standing();
  private final Changes changes;
  private final Follower follower;
  private final Watchman watchman;
  private final AtomicBoolean closed = new AtomicBoolean();

  private SqliteReplica(Settings settings, DatabaseLock lock) throws IOException {
    this.settings = settings;
    this.lock = lock;
    this.current = new CurrentFile(settings.base());
    this.changes = new Changes(settings.base().getFileName().toString());
    var generations = new Generations(settings.base());
    Optional<ReplicaFile> old = openOld(settings, generations);
    String instance = old.map(file -> file.meta().instance())
        .orElseGet(() -> settings.slot() + "/" + UUID.randomUUID()
            .toString()
            .substring(0,
                8));
    old.ifPresent(this::serve);
    var origin = new Origin(settings.origin(), instance);
    this.follower = new Follower(settings, generations, current, standing, changes, origin, instance);
    this.watchman = new Watchman(settings, origin, current, standing, follower);
    follower.onSchemaChanged(watchman::lookNow);
  }

  /** A replica of the database at a JDBC address, {@code jdbc:postgresql://host:5432/shop?user=edge}. */
  public static ReplicaBuilder of(String originUrl) {
    return of(OriginOptions.of(originUrl));
  }

  /** A replica of a database. */
  public static ReplicaBuilder of(OriginOptions origin) {
    return new ReplicaBuilder(origin);
  }

  static SqliteReplica open(Settings settings) {
    try {
      Files.createDirectories(settings.base().getParent());
      DatabaseLock lock = DatabaseLock.acquire(settings.base());
      SqliteReplica replica;
      try {
        replica = new SqliteReplica(settings, lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
      replica.start();
      return replica;
    } catch (IOException e) {
      throw new StoreException(Reason.FAILED, settings.base() + " cannot be used: " + e.getMessage(), e);
    }
  }

  @Override
  public <T> List<T> query(Class<T> type, String sql, Map<String, ?> args) {
    return current.read(file -> file.readers()
        .query(sql, named -> file.arguments().bind(named, args), new ReplicaRows<>(type)));
  }

  /**
   * {@inheritDoc}
   *
   * <p>They are read a few hundred ahead at the most, from one file to the end: a newer copy that comes meanwhile is for the next.
   */
  @Override
  public <T> long forEach(Class<T> type, String sql, Map<String, ?> args, Consumer<? super T> each) {
    var begun = new AtomicBoolean();
    return current.read(file -> file.readers()
        .forEach(sql, named -> file.arguments().bind(named, args), new ReplicaRows<>(type), (T row) -> {
          begun.set(true);
          each.accept(row);
        }), () -> !begun.get());
  }

  /** Refused: a replica is written at its {@link #origin}. */
  @Override
  public long update(String sql, Map<String, ?> args) {
    throw readOnly();
  }

  /** Refused: a replica is written at its {@link #origin}. */
  @Override
  public <T> T transaction(TransactionWork<T> work) {
    throw readOnly();
  }

  /** The statement that was declared by a name and that both sides are known to understand; see {@link ReplicaBuilder#named}. */
  public String named(String name) {
    String sql = settings.named().get(name);
    if (sql == null) {
      throw new IllegalArgumentException("named query \"" + name + "\" (expected: one of " + new TreeSet<>(settings
          .named()
          .keySet()) + ")");
    }
    return sql;
  }

  @Override
  public String engine() {
    return "sqlite replica of postgresql";
  }

  @Override
  public Position position() {
    return standing.position();
  }

  @Override
  public Optional<Replica> replica() {
    return Optional.of(this);
  }

  /**
   * An upper bound of how old what is read now is: the origin is asked for its position twice a second, so it is up to half a second
   * and a round trip when nothing is in the way. No clocks of two machines are compared. Of a file from before a restart it is told by
   * this machine's clock, until the origin has been reached. Throws {@link StoreException} while it is not known.
   */
  @Override
  public Duration lag() {
    return standing.lag();
  }

  @Override
  public boolean reached(Position position, Duration atMost) {
    return standing.reached(position, atMost);
  }

  @Override
  public Optional<DataStore> origin() {
    return settings.writes();
  }

  @Override
  public Subscription watch(Set<String> tables, Consumer<List<RowChange>> listener) {
    List<String> known = settings.tables().stream().map(ReplicatedTable::name).toList();
    for (String table : tables) {
      if (!known.contains(table)) {
        throw new IllegalArgumentException("table: \"" + table + "\" (expected: one of " + known + ")");
      }
    }
    return changes.watch(tables, listener);
  }

  /** What it is doing now, and what is in its way. */
  public ReplicaStatus status() {
    return standing.status(settings.base());
  }

  /** Waits until it follows its origin. Whether it does. */
  public boolean awaitFollowing(Duration atMost) {
    return standing.awaitFollowing(atMost);
  }

  /** Has a new copy made; the old one answers meanwhile. */
  public void rebuild() {
    follower.rebuild("it was asked for");
  }

  /** Ends following and reading. The file stays, and so does a durable slot; the store for writes is not closed. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try (lock; current; changes; follower; watchman) {
        standing.state(ReplicaStatus.State.CLOSED, "");
      }
    }
  }

  private void start() {
    follower.start();
    watchman.start();
    if (!standing.awaitFile(settings.ready())) {
      String why = status().why();
      close();
      throw new StoreException(Reason.FAILED, settings.base() + ": no copy of " + settings.origin().shown() + (why
          .isEmpty() ? " within "
              + settings.ready() : ": " + why));
    }
  }

  private void serve(ReplicaFile file) {
    current.exchange(file);
    long age = System.currentTimeMillis() - file.openedFreshMillis();
    Optional<Long> fresh = file.openedFreshMillis() > 0 && age >= 0 ? Optional.of(System.nanoTime() - Duration.ofMillis(
        age).toNanos())
        : Optional.empty();
    standing.serves(file.path(), new Position(file.meta().history(), file.applied()), fresh);
  }

  /** The copy that an earlier process has left, if it is sound and a copy of what is wanted. */
  private static Optional<ReplicaFile> openOld(Settings settings, Generations generations) throws IOException {
    Optional<Path> newest = generations.newest();
    Optional<ReplicaFile> file = Optional.empty();
    if (newest.isPresent()) {
      try {
        ReplicaFile found = ReplicaFile.open(newest.get(), settings.sqlite());
        if (found.meta().publication().equals(settings.publication().name())) {
          file = Optional.of(found);
        } else {
          found.readers().close();
          found.closeWriter();
        }
      } catch (SQLException | StoreException e) {
        LOG.warn("{} is not usable and will be copied anew: {}", newest.get(), e.getMessage());
      }
    }
    generations.keepOnly(file.map(ReplicaFile::path));
    return file;
  }

  private StoreException readOnly() {
    return new StoreException(Reason.STATEMENT, settings.base()
        + " is a replica and cannot be written (expected: its origin is)");
  }
}
