package dev.edge4j.data.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.DataMesh;
import dev.edge4j.data.EventSink;
import dev.edge4j.data.Migrations;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.contract.EventSinkContract;
import dev.edge4j.data.mesh.config.ConfigSection;
import dev.edge4j.data.mesh.config.MeshConfig;
import dev.edge4j.data.mesh.config.OpenedStore;
import dev.edge4j.data.mesh.config.StoreProvider;
import dev.edge4j.data.sqlite.SqliteKv;
import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.env.Env;
import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.TypeRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of the guides to stores, and to stores of your own. */
class StoreGuideTest {
  // tag::record[]
  record Product(long id, String name, long priceCents, Optional<String> description) {}
  // end::record[]

  @TempDir private Path folder;

  @Test
  void rowsAreRecords() {
    // tag::store[]
    Migrations migrations = Migrations.of("""
        CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL, price_cents INTEGER NOT NULL, description TEXT)
        """);
    try (SqliteStore store = SqliteStore.open(folder.resolve("catalog.db")).migrate(migrations)) {
      store.update("INSERT INTO products VALUES (:id, :name, :price, :description)",
          Map.of("id", 7, "name", "Green tea", "price", 450, "description", Optional.empty()));

      Optional<Product> product = store.queryOne(Product.class, "SELECT * FROM products WHERE id = :id", Map.of("id",
          7));
      assertEquals(Optional.of(new Product(7, "Green tea", 450, Optional.empty())), product);

      List<String> names = store.query(String.class, "SELECT name FROM products ORDER BY name");
      assertEquals(List.of("Green tea"), names);
    }
    // end::store[]
  }

  @Test
  void aTransactionIsAllOrNothing() {
    try (SqliteStore store = SqliteStore.open(folder.resolve("stock.db"))
        .migrate(Migrations.of("CREATE TABLE stock (product INTEGER PRIMARY KEY, pieces INTEGER NOT NULL)"))) {
      store.update("INSERT INTO stock VALUES (7, 1)");
      // tag::transaction[]
      boolean sold = store.transaction(rows -> {
        long pieces = rows.queryOne(Long.class, "SELECT pieces FROM stock WHERE product = 7").orElseThrow();
        return pieces > 0 && rows.update("UPDATE stock SET pieces = pieces - 1 WHERE product = 7") == 1;
      });
      // end::transaction[]
      assertTrue(sold);
      assertThrows(IllegalStateException.class, () -> store.transaction(rows -> {
        rows.update("UPDATE stock SET pieces = 99");
        throw new IllegalStateException("changed my mind");
      }));
      assertEquals(Optional.of(0L), store.queryOne(Long.class, "SELECT pieces FROM stock"));
    }
  }

  @Test
  void keysHaveValuesForATime() {
    // tag::kv[]
    try (SqliteKv kv = SqliteKv.open(folder.resolve("kv.db"))) {
      byte[] visitor = "Ada".getBytes(StandardCharsets.UTF_8);
      kv.put("session:42", visitor, Duration.ofHours(1));

      assertEquals("Ada", new String(kv.get("session:42").orElseThrow(), StandardCharsets.UTF_8));
      assertEquals(List.of("session:42"), kv.list("session:", "", 100));
    }
    // end::kv[]
  }

  // tag::own[]
  /** Appends events to a file, one line of JSON each. */
  static final class LinesSink implements EventSink {
    private final Path file;
    private final JsonCodec json = JsonCodec.jackson();
    private final ReentrantLock lock = new ReentrantLock();

    LinesSink(Path file) {
      this.file = file;
    }

    @Override
    public void appendAll(List<?> events) {
      var lines = new ArrayList<String>();
      for (Object event : events) {
        if (!(event instanceof Record) && !(event instanceof Map)) {
          throw new IllegalArgumentException("event: " + event + " (expected: a record or a map)");
        }
        lines.add(new String(json.write(event), StandardCharsets.UTF_8));
      }
      lock.lock(); // all or none, and in order
      try {
        Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new StoreException(StoreException.Reason.FAILED, file + " cannot be written", e);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public String engine() {
      return "lines";
    }

    @Override
    public void close() {}
  }
  // end::own[]

  // tag::contract[]
  @Nested
  class LinesSinkKeepsTheContract extends EventSinkContract {
    @Override
    protected EventSink open() {
      return new LinesSink(folder.resolve("events.jsonl"));
    }

    @Override
    protected List<String> arrivedPaths() throws IOException {
      Path file = folder.resolve("events.jsonl");
      return Files.exists(file) ? Files.readAllLines(file).stream().map(this::path).toList() : List.of();
    }

    private String path(String line) {
      return String.valueOf(JsonCodec.jackson()
          .read(line.getBytes(StandardCharsets.UTF_8), new TypeRef<Map<String, Object>>() {})
          .get("path"));
    }
  }
  // end::contract[]

  // tag::provider[]
  /** Kind {@code lines} of a mesh file. */
  static final class LinesProvider implements StoreProvider {
    @Override
    public String kind() {
      return "lines";
    }

    @Override
    public Set<String> settings() {
      return Set.of("folder");
    }

    @Override
    public OpenedStore open(ConfigSection section) {
      Path into = section.path("folder");
      return OpenedStore.create().events(name -> new LinesSink(into.resolve(name + ".jsonl")));
    }
  }
  // end::provider[]

  @Test
  void aMeshFileNamesIt() throws IOException {
    Path file = folder.resolve("mesh.json");
    Files.writeString(file, """
        { "stores": { "log": { "kind": "lines", "folder": "${LOGS}" } },
          "classes": { "clicks": { "store": "log", "batch": 100, "delay": "1s" } } }
        """);
    Env env = Env.of("--LOGS=" + folder);
    // tag::with[]
    try (DataMesh mesh = MeshConfig.read(file, env).with(new LinesProvider()).open()) {
      mesh.events("clicks").append(Map.of("path", "/"));
    }
    // end::with[]
    assertEquals(List.of("{\"path\":\"/\"}"), Files.readAllLines(folder.resolve("clicks.jsonl")));
  }
}
