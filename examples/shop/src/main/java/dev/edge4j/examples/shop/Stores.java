package dev.edge4j.examples.shop;

import static dev.edge4j.data.Promises.batched;
import static dev.edge4j.data.Promises.eventual;
import static dev.edge4j.data.Promises.readAfterWrite;
import static dev.edge4j.data.Promises.strong;
import static dev.edge4j.data.Promises.ttl;

import dev.edge4j.Place;
import dev.edge4j.data.DataMesh;
import dev.edge4j.data.DataStore;
import dev.edge4j.data.mesh.config.MeshConfig;
import dev.edge4j.data.mesh.config.MeshConfigException;
import dev.edge4j.data.sqlite.SqliteDatabase;
import dev.edge4j.data.sqlite.SqliteEventSink;
import dev.edge4j.data.sqlite.SqliteKv;
import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.examples.shop.accounts.Accounts;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.catalogue.EdgeCopy;
import dev.edge4j.examples.shop.catalogue.EdgeCopyProvider;
import dev.edge4j.examples.shop.chaos.Chaos;
import dev.edge4j.examples.shop.chaos.Wires;
import dev.edge4j.examples.shop.orders.Orders;
import dev.edge4j.kv.KvStore;
import dev.edge4j.state.DurableObjects;
import dev.edge4j.state.DurableObjectsOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that the shop keeps: one folder of files, and the mesh that says what each class of data promises. */
public final class Stores implements AutoCloseable {
  /** The class of cached values. */
  public static final String CACHE = "cache";

  /** The class of measurements. */
  public static final String ANALYTICS = "analytics";

  private static final long CACHE_BYTES = 256L << 20;
  private static final Duration MEASUREMENTS_KEPT = Duration.ofDays(7);

  private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

  /** What stands between the shop and its stores: nothing, unless a test wants to cut there. */
  interface Wiring {
    /** The store of rows of that file. */
    default DataStore rows(String file, DataStore store) {
      return store;
    }

    /** The origin's rows, if they are elsewhere and not in a file of this folder. */
    default Optional<DataStore> origin() {
      return Optional.empty();
    }

    default KvStore kv(KvStore store) {
      return store;
    }

    default InstantSource clock() {
      return InstantSource.system();
    }

    /** See {@link ShopOptions#patience}. */
    default int patience() {
      return 1;
    }
  }

  private final Deque<AutoCloseable> open;
  private final DataMesh mesh;
  private final EdgeCopy copy;
  private final DurableObjects objects;
  private final Wiring wiring;
  private final Chaos chaos;

  private Stores(Meshed meshed, DurableObjects objects, Wiring wiring, Deque<AutoCloseable> open) {
    this.mesh = meshed.mesh();
    this.chaos = meshed.wires();
    this.copy = meshed.copy();
    this.objects = objects;
    this.wiring = wiring;
    this.open = open;
  }

  /**
   * Opens the files of a folder, which is made if need be. If one cannot be opened, those before it are closed again.
   */
  public static Stores open(Path folder) {
    return open(folder, new Wiring() {});
  }

  /** Opens what a mesh file names, and only durable objects in the folder; without one, files of the folder. Closes {@code below} at the end. */
  static Stores open(ShopOptions options, AutoCloseable below) {
    Deque<AutoCloseable> open = new ArrayDeque<>();
    open.push(below);
    var wiring = new Wiring() {
      @Override
      public int patience() {
        return options.patience();
      }
    };
    return open(open, options.data(), wiring, () -> options.mesh()
        .map(file -> configured(open, file, wiring))
        .orElseGet(() -> embedded(open, options.data(), wiring)));
  }

  static Stores open(Path folder, Wiring wiring) {
    Deque<AutoCloseable> open = new ArrayDeque<>();
    return open(open, folder, wiring, () -> embedded(open, folder, wiring));
  }

  /** The mesh, in it the copy that the shop itself feeds, and the switches in front of its stores. */
  private record Meshed(DataMesh mesh, EdgeCopy copy, Wires wires) {}

  private static Stores open(Deque<AutoCloseable> open, Path folder, Wiring wiring, Supplier<Meshed> opening) {
    try {
      Meshed meshed = opening.get();
      DurableObjects objects = keep(open, DurableObjects.embedded(folder.resolve("objects"),
          DurableObjectsOptions.defaults().withClock(wiring.clock())));
      return new Stores(meshed, objects, wiring, open);
    } catch (RuntimeException e) {
      closeAll(open);
      throw e;
    }
  }

  private static Meshed configured(Deque<AutoCloseable> open, MeshConfig config, Wiring wiring) {
    var copies = new EdgeCopyProvider(wiring.clock(), wiring.patience());
    DataMesh mesh = keep(open, config.with(copies).open());
    return new Meshed(mesh, copies.opened()
        .orElseThrow(() -> new MeshConfigException(
            "the mesh file has no store of kind edge-copy (expected: the one of class \""
                + Catalogue.CLASS + "\")")), new Wires());
  }

  private static Meshed embedded(Deque<AutoCloseable> open, Path folder, Wiring wiring) {
    var wires = new Wires();
    DataStore rows = wires.rows(Chaos.Layer.REPLICA, wiring.rows("catalog.db",
        keep(open, SqliteStore.open(folder.resolve("catalog.db"))).migrate(EdgeCopy.MIGRATIONS)));
    DataStore origin = wires.rows(Chaos.Layer.ORIGIN, wiring.rows("origin.db", wiring.origin()
        .map(elsewhere -> keep(open, elsewhere))
        .orElseGet(() -> keep(open, SqliteStore.open(folder.resolve("origin.db"))).migrate(Orders.MIGRATIONS))));
    EdgeCopy copy = new EdgeCopy(rows, origin, wiring.clock(), wiring.patience());
    SqliteKv kv = keep(open, SqliteKv.open(folder.resolve("kv.db")).bounded(CACHE_BYTES));
    SqliteDatabase events = keep(open, SqliteDatabase.open(folder.resolve("events.db")));
    DataMesh mesh = keep(open, DataMesh.builder()
        .sql(Catalogue.CLASS, copy, eventual(Duration.ofSeconds(5)).staleIfError(Catalogue.STALE_IF_ERROR))
        .sql(Accounts.CLASS, origin, readAfterWrite(), Place.origin("accounts must be unique everywhere"))
        .sql(Orders.CLASS, origin, strong(), Place.origin("orders need strong consistency"))
        .kv(CACHE, wires.kv(Chaos.Layer.CACHE, wiring.kv(kv)), ttl(Catalogue.STALE_IF_ERROR.plusHours(1)))
        .events(ANALYTICS, SqliteEventSink.on(events, "events", wiring.clock()).keeping(MEASUREMENTS_KEPT), batched(200,
            Duration.ofSeconds(1)))
        .build());
    return new Meshed(mesh, copy, wires);
  }

  public DataMesh mesh() {
    return mesh;
  }

  /** The catalogue near the visitors, for its feed. */
  public EdgeCopy copy() {
    return copy;
  }

  public DurableObjects objects() {
    return objects;
  }

  InstantSource clock() {
    return wiring.clock();
  }

  /** See {@link ShopOptions#patience}. */
  int patience() {
    return wiring.patience();
  }

  /** What takes these stores away while the shop runs. */
  public Chaos chaos() {
    return chaos;
  }

  /** Has what works on the stores closed before them. */
  void closingFirst(AutoCloseable worker) {
    open.push(worker);
  }

  @Override
  public void close() {
    closeAll(open);
  }

  private static <T extends AutoCloseable> T keep(Deque<AutoCloseable> open, T store) {
    open.push(store);
    return store;
  }

  private static void closeAll(Deque<AutoCloseable> open) {
    while (!open.isEmpty()) {
      AutoCloseable last = open.pop();
      try {
        last.close();
      } catch (Exception e) {
        LOG.warn("closing {} failed", last.getClass().getSimpleName(), e);
      }
    }
  }
}
