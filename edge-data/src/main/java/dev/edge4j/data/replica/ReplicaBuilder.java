package dev.edge4j.data.replica;

import dev.edge4j.data.DataStore;
import dev.edge4j.data.sqlite.SqliteOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what is to be copied, and how. Begun by {@link SqliteReplica#of}, ended by {@link #into}. Not safe for use by several threads. */
public final class ReplicaBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteReplica.class);

  private final OriginOptions origin;
  private final List<ReplicatedTable> tables = new ArrayList<>();
  private Optional<String> app = Optional.empty();
  private Optional<String> node = Optional.empty();
  private boolean durable;
  private Map<String, String> named = Map.of();
  private Optional<DataStore> writes = Optional.empty();
  private Duration ready = Duration.ofMinutes(1);
  private SqliteOptions sqlite = SqliteOptions.defaults();
  private Consumer<CopyProgress> progress = copied -> LOG.info("copying {}", copied);
  private Tuning tuning = Tuning.DEFAULT;

  ReplicaBuilder(OriginOptions origin) {
    this.origin = origin;
  }

  /** Whole tables, as in {@code products} or {@code sales.products}. */
  public ReplicaBuilder tables(String... names) {
    for (String name : names) {
      table(ReplicatedTable.of(name));
    }
    return this;
  }

  /** A table, whole or in part. */
  public ReplicaBuilder table(ReplicatedTable table) {
    tables.add(table);
    return this;
  }

  /**
   * What the replicas of this program are called at the origin, where their publication and their slots are {@code edge_<app>_...}.
   * Without it the file's name is taken.
   */
  public ReplicaBuilder app(String name) {
    this.app = Optional.of(Names.app(name));
    return this;
  }

  /** What this machine is called among those that run the app; no two may share a name. Without it the host's name is taken. */
  public ReplicaBuilder node(String name) {
    this.node = Optional.of(Names.node(name));
    return this;
  }

  /**
   * A slot that outlives the connection: after a restart or a broken link the copy goes on where it was. Meanwhile the origin keeps its
   * log for it, so set {@code max_slot_wal_keep_size} there; the slot of a node that has been away for an hour is dropped by the others.
   * Without it the slot is temporary, can never fill the origin's disk, and after each broken link everything is copied anew: right for
   * up to about a gigabyte.
   */
  public ReplicaBuilder durable() {
    this.durable = true;
    return this;
  }

  /** The origin as a store: where the mesh writes, and reads what the replica must not answer. Whoever opened it closes it. */
  public ReplicaBuilder origin(DataStore store) {
    this.writes = Optional.of(store);
    return this;
  }

  /**
   * Statements by name, each prepared on both sides before the replica follows, so that a read that goes to the origin never fails on
   * words that only SQLite knows; see {@link SqliteReplica#named}.
   */
  public ReplicaBuilder named(Map<String, String> statements) {
    this.named = Map.copyOf(statements);
    return this;
  }

  /** How long {@link #into} waits for a first copy, and a slot for the transactions that run at the origin; a minute if not given. */
  public ReplicaBuilder readyWithin(Duration atMost) {
    if (!atMost.isPositive()) {
      throw new IllegalArgumentException("readyWithin: " + atMost + " (expected: a positive duration)");
    }
    this.ready = atMost;
    return this;
  }

  /** How the file is read: connections and memory. */
  public ReplicaBuilder reading(SqliteOptions options) {
    this.sqlite = options;
    return this;
  }

  /** Who is told every two seconds how far the copying of a table has come, and at its end; the log if nobody is. */
  public ReplicaBuilder progress(Consumer<CopyProgress> listener) {
    this.progress = listener;
    return this;
  }

  ReplicaBuilder tuning(Tuning times) {
    this.tuning = times;
    return this;
  }

  /**
   * Opens the replica. The file's name is the beginning of its names: copies are {@code catalog.db.1}, {@code catalog.db.2} and so on,
   * of which {@link ReplicaStatus#file} is the current one.
   *
   * <p>If an earlier process has left a copy of the same tables, this returns at once with it, be the origin up or down. Else it waits
   * for the first copy. Throws {@link dev.edge4j.data.StoreException} if none is there in time, if the origin cannot be followed as it is
   * set up (saying what to change; nothing has been made there then), or if another process has the replica open.
   */
  public SqliteReplica into(Path file) {
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("no tables (expected: tables(...) or table(...))");
    }
    var names = new HashSet<String>();
    for (ReplicatedTable table : tables) {
      if (!names.add(table.name().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("table " + table.name()
            + " comes twice (expected: each name once, whatever its schema)");
      }
    }
    Path base = file.toAbsolutePath().normalize();
    String stem = base.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    return SqliteReplica.open(new Settings(origin, base, app.orElseGet(() -> Names.reduced(stem, 20, "app")), node
        .orElseGet(() -> Names
            .reduced(host(), 24, "node")), durable, List.copyOf(tables), named, writes, ready, sqlite, progress,
        tuning));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      LOG.debug("this machine does not know its name", e);
      return "node";
    }
  }
}
