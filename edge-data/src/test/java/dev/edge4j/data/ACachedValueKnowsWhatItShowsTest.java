package dev.edge4j.data;

import static dev.edge4j.data.Promises.eventual;
import static dev.edge4j.data.Promises.readAfterWrite;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.data.testing.CopiedStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value in a cache remembers how much of its classes of data it shows: who has written since is not served it. */
class ACachedValueKnowsWhatItShowsTest {
  private final CopiedStore origin;
  private final CopiedStore replica;
  private final DataMesh mesh;
  private final Map<String, Marked<String>> cache = new ConcurrentHashMap<>();

  ACachedValueKnowsWhatItShowsTest(@TempDir Path folder) {
    this.origin = CopiedStore.primary(named(folder, "origin"));
    this.replica = CopiedStore.replicaOf(origin, named(folder, "replica"));
    this.mesh = DataMesh.builder()
        .owns(origin)
        .sql("profiles", replica, readAfterWrite())
        .sql("orders", origin, readAfterWrite())
        .sql("catalog", replica, eventual(Duration.ofSeconds(5)))
        .build();
  }

  @AfterEach
  void close() {
    mesh.close();
  }

  @Test
  void whoHasWrittenSinceIsNotServedIt() {
    assertEquals("replica", cached(mesh.session(Bookmark.NONE), "profiles"));
    MeshSession writer = mesh.session(Bookmark.NONE);
    writer.update("profiles", "UPDATE who SET name = 'changed'", Map.of());
    assertEquals("replica", cached(mesh.session(Bookmark.NONE), "profiles"), "others are");
    assertFalse(writer.accepts(kept("profiles")));
    assertEquals("changed", cached(writer, "profiles"));
    assertEquals("changed", cached(writer, "profiles"), "and the cache has a value that he accepts");
    assertTrue(writer.accepts(kept("profiles")));
    assertEquals("changed", cached(mesh.session(Bookmark.NONE), "profiles"), "which is good for all");
  }

  @Test
  void ofWhomNothingIsKnownIsServedNothingThatHeMayHaveWritten() {
    assertEquals("replica", cached(mesh.session(Bookmark.NONE), "profiles"));
    assertFalse(mesh.session().accepts(kept("profiles")));
    assertEquals("replica", cached(mesh.session(), "catalog"));
    assertTrue(mesh.session().accepts(kept("catalog")), "a class that promises nothing of the kind");
  }

  @Test
  void aPrimaryMarksValuesToo() {
    assertEquals("origin", cached(mesh.session(Bookmark.NONE), "orders"));
    MeshSession writer = mesh.session(Bookmark.NONE);
    writer.update("orders", "UPDATE who SET name = 'changed'", Map.of());
    assertFalse(writer.accepts(kept("orders")));
    assertEquals("changed", cached(writer, "orders"));
    assertTrue(writer.accepts(kept("orders")));
  }

  @Test
  void aValueIsAsOldAsTheOldestOfItsReads() {
    Marked<String> kept = mesh.session(Bookmark.NONE).marked(session -> {
      String first = who(session, "profiles");
      origin.update("UPDATE who SET name = 'changed'", Map.of());
      replica.catchUp();
      return first + who(session, "profiles");
    });
    assertEquals(Optional.of(new Position("test", 0)), Optional.ofNullable(kept.mark().positions().get("profiles")));
    assertTrue(kept.mark().positions().size() == 1, kept::toString);
  }

  @Test
  void positionsOfTwoHistoriesProveNothing() {
    var marks = new Marks();
    marks.add("profiles", new Position("new", 7));
    assertFalse(mesh.session(Bookmark.NONE.with("profiles", new Position("old", 3)))
        .accepts(new Marked<>("", marks
            .mark())));
    marks.add("profiles", new Position("old", 9));
    assertEquals(Position.START, marks.mark().positions().get("profiles"));
  }

  private String cached(MeshSession session, String name) {
    Optional<Marked<String>> kept = Optional.ofNullable(cache.get(name)).filter(session::accepts);
    return kept.orElseGet(() -> {
      Marked<String> made = session.marked(reading -> who(reading, name));
      cache.put(name, made);
      return made;
    }).value();
  }

  private Marked<String> kept(String name) {
    return Objects.requireNonNull(cache.get(name));
  }

  private static String who(MeshSession session, String name) {
    return session.queryOne(name, String.class, "SELECT name FROM who", Map.of()).orElseThrow();
  }

  private static DataStore named(Path folder, String name) {
    DataStore store = SqliteStore.open(folder.resolve(name + ".db"));
    store.update("CREATE TABLE who (name TEXT NOT NULL)");
    store.update("INSERT INTO who VALUES (:name)", Map.of("name", name));
    return store;
  }
}
