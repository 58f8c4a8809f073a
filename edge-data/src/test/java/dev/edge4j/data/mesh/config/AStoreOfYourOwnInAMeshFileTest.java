package dev.edge4j.data.mesh.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.data.DataMesh;
import dev.edge4j.data.DataStore;
import dev.edge4j.data.EventSink;
import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.data.testing.CopiedStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another kind of store comes into a mesh file by one small class. */
class AStoreOfYourOwnInAMeshFileTest {
  /** An event sink that keeps what it is told, with a word in front. */
  static final class ListProvider implements StoreProvider {
    private final List<String> kept = new CopyOnWriteArrayList<>();

    @Override
    public String kind() {
      return "list";
    }

    @Override
    public Set<String> settings() {
      return Set.of("prefix");
    }

    @Override
    public OpenedStore open(ConfigSection section) {
      String prefix = section.text("prefix", "");
      return OpenedStore.create().events(name -> new ListSink(kept, prefix + name));
    }
  }

  /** A copy of another store of the same file. */
  static final class CopyProvider implements StoreProvider {
    @Override
    public String kind() {
      return "copy";
    }

    @Override
    public Set<String> settings() {
      return Set.of("origin", "file");
    }

    @Override
    public OpenedStore open(ConfigSection section) {
      DataStore origin = section.store("origin").rows().orElseThrow(() -> section.wrong("origin", "a store of rows"));
      DataStore rows = SqliteStore.open(section.path("file"));
      return OpenedStore.create().rows(CopiedStore.replicaOf(CopiedStore.primary(origin), rows)).closing(rows);
    }
  }

  record ListSink(List<String> kept, String prefix) implements EventSink {
    @Override
    public void appendAll(List<?> events) {
      events.forEach(event -> kept.add(prefix + " " + event));
    }

    @Override
    public String engine() {
      return "list";
    }

    @Override
    public void close() {}
  }

  @TempDir private Path folder;

  @Test
  void itIsNamedByItsKind() {
    var provider = new ListProvider();
    MeshConfig config = parse("""
        { "stores": { "log": { "kind": "list", "prefix": "${WHERE} " } },
          "classes": { "clicks": { "store": "log", "batch": 10, "delay": "1s" } } }""").with(provider);
    try (DataMesh mesh = config.open()) {
      mesh.events("clicks").append(Map.of("at", 1));
      assertEquals("list", mesh.describe().getFirst().engine());
    }
    assertEquals(List.of("fra1 clicks {at=1}"), new ArrayList<>(provider.kept));
  }

  @Test
  void itMayStandOnAnotherStoreOfTheFile() {
    MeshConfig config = parse("""
        { "stores": { "near": { "kind": "copy", "origin": "far", "file": "%1$s/near.db" },
                      "far": { "kind": "sqlite", "file": "%1$s/far.db" } },
          "classes": { "profiles": { "store": "near", "consistency": "read-after-write" } } }""".formatted(folder))
        .with(new CopyProvider());
    try (DataMesh mesh = config.open()) {
      mesh.session().update("profiles", "CREATE TABLE who (name TEXT)", Map.of());
    }
    try (SqliteStore far = SqliteStore.open(folder.resolve("far.db"))) {
      assertEquals(List.of(), far.query(String.class, "SELECT name FROM who"), "written at the origin");
    }
  }

  @Test
  void twoThatStandOnEachOtherAreRefused() {
    MeshConfig config = parse("""
        { "stores": { "a": { "kind": "copy", "origin": "b", "file": "a.db" }, "b": { "kind": "copy", "origin": "a", "file": "b.db" } },
          "classes": { "profiles": { "store": "a", "consistency": "read-after-write" } } }""")
        .with(new CopyProvider());
    assertEquals(
        "the store a refers to itself, by others or directly (expected: an origin that is no copy of its copy)",
        assertThrows(MeshConfigException.class, config::open).getMessage());
  }

  @Test
  void aCopyCannotBeStrong() {
    MeshConfig config = parse("""
        { "stores": { "near": { "kind": "copy", "origin": "far", "file": "%1$s/near.db" },
                      "far": { "kind": "sqlite", "file": "%1$s/far.db" } },
          "classes": { "orders": { "store": "near", "consistency": "strong" } } }""".formatted(folder))
        .with(new CopyProvider());
    assertEquals("mesh.json: classes.orders: class \"orders\" is strong() on a replica (expected: its origin, or "
        + "eventual(...) or readAfterWrite())", assertThrows(MeshConfigException.class, config::open).getMessage());
  }

  private static MeshConfig parse(String json) {
    return MeshConfig.parse("mesh.json", json, name -> name.equals("WHERE") ? Optional.of("fra1") : Optional.empty());
  }
}
