package dev.edge4j.state.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.state.Counter;
import dev.edge4j.state.DurableObjects;
import dev.edge4j.state.DurableObjectsOptions;
import dev.edge4j.state.Namespace;
import dev.edge4j.state.ObjectId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An object's file is the same for ever, and a set of files that is not whole is refused by name. */
class ShardsStayStableTest {
  private static final int OBJECTS = 40;

  @Test
  void theFileOfAnIdNeverChanges() {
    // Written down: were one of these to change, data on disk would be lost to its object.
    assertEquals(List.of(2, 1, 0), Stream.of("user:42", "user:43", "ü")
        .map(name -> ShardFiles.number(new ObjectId("cart", name), 4))
        .toList());
    long[] counts = new long[4];
    IntStream.range(0, 4_000).forEach(i -> counts[ShardFiles.number(new ObjectId("cart", "user:" + i), 4)]++);
    for (long count : counts) {
      assertTrue(count > 800 && count < 1_200, "about a quarter each: " + count);
    }
  }

  @Test
  void theNumberOfFilesIsTheOneTheyWereMadeWith(@TempDir Path folder) throws IOException {
    fill(folder, 3);
    assertEquals(3, databases(folder));
    try (var objects = DurableObjects.embedded(folder, DurableObjectsOptions.defaults().withShards(2))) {
      assertFilled(objects);
    }
    assertEquals(3, databases(folder));
  }

  @Test
  void aDamagedFileIsNamed(@TempDir Path folder) throws IOException {
    fill(folder, 3);
    Files.writeString(folder.resolve("shard-1.db"), "this is no database, and long enough to be looked at ".repeat(
        100));
    assertRefused(folder, "shard-1.db is not a SQLite database");
  }

  @Test
  void aDamagedPageIsNamed(@TempDir Path folder) throws IOException {
    fill(folder, 1);
    Path file = folder.resolve("shard-0.db");
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 4_096; i < bytes.length; i++) {
      bytes[i] = 0x55;
    }
    Files.write(file, bytes);
    assertRefused(folder, "shard-0.db");
  }

  @Test
  void aMissingFileIsNamed(@TempDir Path folder) throws IOException {
    fill(folder, 3);
    Files.delete(folder.resolve("shard-2.db"));
    assertRefused(folder, "shard-2.db is missing (expected: 3 files, shard-0.db and on)");
  }

  @Test
  void aMissingFirstFileIsNotMadeAnew(@TempDir Path folder) throws IOException {
    fill(folder, 3);
    Files.delete(folder.resolve("shard-0.db"));
    assertRefused(folder, "shard-0.db is new, but ");
    assertRefused(folder, "holds objects: the first file of the set is lost");
  }

  @Test
  void aFileOfAnotherSetIsNamed(@TempDir Path one, @TempDir Path other) throws IOException {
    fill(one, 3);
    fill(other, 3);
    Files.delete(one.resolve("shard-1.db"));
    Files.move(other.resolve("shard-1.db"), one.resolve("shard-1.db"));
    assertRefused(one, "it comes from another folder or another time");
  }

  @Test
  void aFileOfALaterFormatOrOfSomebodyElseIsLeftAlone(@TempDir Path later, @TempDir Path foreign) throws SQLException {
    fill(later, 1);
    sql(later, "UPDATE shard_set SET format = 3");
    assertRefused(later, "shard-0.db has format 3 (expected: 2)");
    sql(foreign, "CREATE TABLE theirs (id INTEGER)");
    assertRefused(foreign, "no such table: shard_set");
  }

  @Test
  void aFolderOfTheFirstFormatIsBroughtUp(@TempDir Path folder) throws SQLException {
    sql(folder, """
        CREATE TABLE entry (
          namespace TEXT NOT NULL, object TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,
          PRIMARY KEY (namespace, object, key)) STRICT, WITHOUT ROWID""");
    sql(folder, """
        CREATE TABLE shard_set (
          one INTEGER PRIMARY KEY CHECK (one = 1), format INTEGER NOT NULL, set_id TEXT NOT NULL,
          number INTEGER NOT NULL, shards INTEGER NOT NULL) STRICT""");
    sql(folder, "INSERT INTO shard_set VALUES (1, 1, 'first', 0, 1)");
    sql(folder, "INSERT INTO entry VALUES ('counter', 'one', 'value', CAST('7' AS BLOB)),"
        + " ('counter', 'two', 'value', CAST('8' AS BLOB))");
    for (int start = 1; start <= 2; start++) {
      try (var objects = DurableObjects.embedded(folder)) {
        Namespace<Counter> counters = objects.namespace("counter", Counter.class, Counter.Stored::new);
        assertEquals(List.of("one", "two"), counters.list("", 10));
        assertEquals(7 + start, counters.get("one").add(1));
        assertEquals(8, counters.get("two").value());
      }
    }
  }

  @Test
  void aMakingThatWasCutShortIsBegunAgain(@TempDir Path folder) {
    ShardFile.open(folder.resolve("shard-0.db")).close();
    try (var second = ShardFile.open(folder.resolve("shard-1.db"))) {
      second.place(new ShardFile.Place("half made", 1, 2));
    }
    fill(folder, 3);
    try (var objects = DurableObjects.embedded(folder)) {
      assertFilled(objects);
    }
  }

  @Test
  void aFolderHasOneOwner(@TempDir Path folder) {
    try (var objects = DurableObjects.embedded(folder)) {
      assertRefused(folder, "is already open");
      Counter counter = objects.namespace("counter", Counter.class, Counter.Stored::new).get("one");
      assertEquals(1, counter.add(1));
    }
  }

  private static void fill(Path folder, int shards) {
    try (var objects = DurableObjects.embedded(folder, DurableObjectsOptions.defaults().withShards(shards))) {
      Namespace<Counter> counters = objects.namespace("counter", Counter.class, Counter.Stored::new);
      IntStream.range(0, OBJECTS).forEach(i -> counters.get("object" + i).add(i));
    }
  }

  private static void assertFilled(DurableObjects objects) {
    Namespace<Counter> counters = objects.namespace("counter", Counter.class, Counter.Stored::new);
    IntStream.range(0, OBJECTS).forEach(i -> assertEquals(i, counters.get("object" + i).value()));
  }

  private static void sql(Path folder, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shard-0.db"));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long databases(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".db")).count();
    }
  }

  private static void assertRefused(Path folder, String why) {
    String message = assertThrows(UncheckedIOException.class, () -> DurableObjects.embedded(folder).close())
        .getMessage();
    assertTrue(String.valueOf(message).contains(why), message);
  }
}
