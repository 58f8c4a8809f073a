package dev.edge4j.examples.shop;

import static dev.edge4j.data.Promises.batched;
import static dev.edge4j.data.Promises.eventual;
import static dev.edge4j.data.Promises.readAfterWrite;
import static dev.edge4j.data.Promises.strong;
import static dev.edge4j.data.Promises.ttl;

import dev.edge4j.Place;
import dev.edge4j.data.DataMesh;
import dev.edge4j.data.sqlite.SqliteDatabase;
import dev.edge4j.data.sqlite.SqliteEventSink;
import dev.edge4j.data.sqlite.SqliteKv;
import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.examples.shop.accounts.Accounts;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.orders.Orders;
import dev.edge4j.state.DurableObjects;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that the shop keeps: one folder of files, and the mesh that says what each class of data promises. */
public final class Stores implements AutoCloseable {
  /** The class of cached values. */
  public static final String CACHE = "cache";

  /** The class of measurements. */
  public static final String ANALYTICS = "analytics";

  private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

  private final Deque<AutoCloseable> open;
  private final DataMesh mesh;
  private final DurableObjects objects;

  private Stores(DataMesh mesh, DurableObjects objects, Deque<AutoCloseable> open) {
    this.mesh = mesh;
    this.objects = objects;
    this.open = open;
  }

  /**
   * Opens the files of a folder, which is made if need be. If one cannot be opened, those before it are closed again.
   */
  public static Stores open(Path folder) {
    Deque<AutoCloseable> open = new ArrayDeque<>();
    try {
      SqliteStore catalog = keep(open, SqliteStore.open(folder.resolve("catalog.db"))).migrate(Catalogue.MIGRATIONS);
      SqliteStore origin = keep(open, SqliteStore.open(folder.resolve("origin.db"))).migrate(Orders.MIGRATIONS);
      SqliteKv kv = keep(open, SqliteKv.open(folder.resolve("kv.db")));
      SqliteDatabase events = keep(open, SqliteDatabase.open(folder.resolve("events.db")));
      DataMesh mesh = keep(open, DataMesh.builder()
          .sql(Catalogue.CLASS, catalog, eventual(Duration.ofSeconds(5)))
          .sql(Accounts.CLASS, origin, readAfterWrite(), Place.origin("accounts must be unique everywhere"))
          .sql(Orders.CLASS, origin, strong(), Place.origin("orders need strong consistency"))
          .kv(CACHE, kv, ttl(Duration.ofHours(2)))
          .events(ANALYTICS, SqliteEventSink.on(events, "events"), batched(200, Duration.ofSeconds(1)))
          .build());
      return new Stores(mesh, keep(open, DurableObjects.embedded(folder.resolve("objects"))), open);
    } catch (RuntimeException e) {
      closeAll(open);
      throw e;
    }
  }

  public DataMesh mesh() {
    return mesh;
  }

  public DurableObjects objects() {
    return objects;
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
