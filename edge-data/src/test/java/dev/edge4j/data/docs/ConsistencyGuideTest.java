package dev.edge4j.data.docs;

import static dev.edge4j.data.Promises.eventual;
import static dev.edge4j.data.Promises.readAfterWrite;
import static dev.edge4j.data.Promises.strong;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.Bookmark;
import dev.edge4j.data.DataMesh;
import dev.edge4j.data.DataStore;
import dev.edge4j.data.Marked;
import dev.edge4j.data.MeshSession;
import dev.edge4j.data.Served;
import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.data.testing.CopiedStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of the guide to choosing a consistency. */
class ConsistencyGuideTest {
  private final CopiedStore origin;
  private final CopiedStore replica;
  private final DataMesh mesh;
  private final Map<String, Marked<String>> cache = new ConcurrentHashMap<>();

  ConsistencyGuideTest(@TempDir Path folder) {
    this.origin = CopiedStore.primary(named(folder, "origin"));
    this.replica = CopiedStore.replicaOf(origin, named(folder, "replica"));
    // tag::classes[]
    this.mesh = DataMesh.builder()
        .sql("catalog", replica, eventual(Duration.ofSeconds(5)).serveStale(Duration.ofHours(1)))
        .sql("profiles", replica, readAfterWrite())
        .sql("orders", origin, strong())
        .build();
    // end::classes[]
  }

  @AfterEach
  void close() {
    mesh.close();
  }

  @Test
  void aVisitorReadsHisOwnWrite() {
    // tag::own[]
    MeshSession visitor = mesh.session(Bookmark.NONE);
    visitor.update("profiles", "UPDATE who SET name = :name", Map.of("name", "Ada"));
    Optional<String> mine = visitor.queryOne("profiles", String.class, "SELECT name FROM who", Map.of());
    // end::own[]
    assertEquals(Optional.of("Ada"), mine);
    assertEquals(Optional.of("replica"), mesh.session(Bookmark.NONE)
        .queryOne("profiles", String.class, "SELECT name FROM who", Map.of()), "others need not wait");
  }

  @Test
  void aStaleAnswerSaysSo() {
    replica.lagBehind(Duration.ofMinutes(1));
    origin.fail(true);
    // tag::stale[]
    MeshSession session = mesh.session();
    Optional<String> name = session.queryOne("catalog", String.class, "SELECT name FROM who", Map.of());
    boolean stale = session.degraded().contains("catalog");
    // end::stale[]
    assertEquals(Optional.of("replica"), name);
    assertTrue(stale);
    assertEquals(Served.By.STALE_REPLICA, session.served().getLast().by());
  }

  @Test
  void aCacheAsksWhetherTheVisitorMayBeShownAValue() {
    MeshSession session = mesh.session(Bookmark.NONE);
    String sql = "SELECT name FROM who";
    // tag::marked[]
    Optional<Marked<String>> kept = Optional.ofNullable(cache.get("ada")).filter(session::accepts);
    Marked<String> shown = kept.orElseGet(() -> session.marked(reads -> reads.queryOne("profiles", String.class, sql,
        Map
            .of()).orElseThrow()));
    cache.put("ada", shown);
    // end::marked[]
    assertEquals("replica", shown.value());
    session.update("profiles", "UPDATE who SET name = 'Ada'", Map.of());
    assertTrue(!session.accepts(shown) && mesh.session(Bookmark.NONE).accepts(shown));
  }

  private static DataStore named(Path folder, String name) {
    DataStore store = SqliteStore.open(folder.resolve(name + ".db"));
    store.update("CREATE TABLE who (name TEXT NOT NULL)");
    store.update("INSERT INTO who VALUES (:name)", Map.of("name", name));
    return store;
  }
}
