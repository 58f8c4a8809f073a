package dev.edge4j.data;

import static dev.edge4j.data.Promises.strong;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.Promise.Sql;
import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.data.testing.CopiedStore;
import dev.edge4j.data.testing.HookedStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store can do beyond SQL is reached through the mesh, by the same routes; a stream of rows never begins twice. */
class AMeshSearchesAndWatchesTest {
  private final HookedStore store;
  private final DataMesh mesh;

  AMeshSearchesAndWatchesTest(@TempDir Path folder) {
    SqliteStore rows = SqliteStore.open(folder.resolve("a.db"));
    rows.update("CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
    rows.update("INSERT INTO products VALUES (1, 'green tea'), (2, 'coffee'), (3, 'black tea')");
    CopiedStore copy = CopiedStore.replicaOf(CopiedStore.primary(rows), SqliteStore.open(folder.resolve("b.db")));
    Sql eventual = Promises.eventual(Duration.ofSeconds(5));
    this.store = new HookedStore(rows);
    this.mesh = DataMesh.builder().sql("catalog", store, strong()).sql("copy", copy, eventual).build();
  }

  @AfterEach
  void close() {
    mesh.close();
  }

  @Test
  void searches() {
    var index = new SearchIndex("products", "id", List.of("name"));
    MeshSession session = mesh.session();
    assertEquals(List.of(1L, 3L), session.search("catalog", index, Named.class, "tea", 10, 0)
        .stream()
        .map(Named::id)
        .toList());
    assertEquals(List.of(new Served("catalog", Served.By.PRIMARY, "")), session.served());
    assertEquals("class \"copy\" is on test, which cannot search (expected: a store that is a Search)", assertThrows(
        IllegalArgumentException.class, () -> session.search("copy", index, Named.class, "tea", 10, 0)).getMessage());
  }

  record Named(long id, String name) {}

  @Test
  void watches() {
    var heard = new CopyOnWriteArrayList<RowChange>();
    try (ChangeFeed.Subscription _ = mesh.watch("catalog", Set.of("products"), heard::addAll)) {
      store.tell(List.of(RowChange.all("products")));
    }
    store.tell(List.of(RowChange.all("products")));
    assertEquals(List.of(RowChange.all("products")), heard);
    assertThrows(IllegalArgumentException.class, () -> mesh.watch("catalog", Set.of("a b"), heard::addAll));
    assertThrows(IllegalArgumentException.class, () -> mesh.watch("copy", Set.of("products"), heard::addAll));
  }

  @Test
  void handsRowsOnOneByOne() {
    var names = new ArrayList<String>();
    assertEquals(3, mesh.session()
        .forEach("catalog", String.class, "SELECT name FROM products ORDER BY id", Map.of(),
            names::add));
    assertEquals(List.of("green tea", "coffee", "black tea"), names);
  }

  @Test
  void whatTheReceiverThrowsIsNoFailureOfTheStore() {
    var seen = new ArrayList<Long>();
    var error = assertThrows(StoreException.class, () -> mesh.session()
        .forEach("copy", Long.class, "SELECT 1", Map.of(),
            row -> {
              seen.add(row);
              throw new StoreException(StoreException.Reason.FAILED, "the receiver's own store");
            }));
    assertEquals("the receiver's own store", error.getMessage());
    assertTrue(seen.size() == 1, "the origin was not asked for it once more");
  }
}
