package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** If the commit fails, the caller is told what is known, and the next call sees what is on disk. */
class FailedCommitsAreToldTest {
  private static final DurableObjectsOptions ONE_FILE = DurableObjectsOptions.defaults().withShards(1);

  @Test
  void aRefusedWriteIsNotExecuted(@TempDir Path folder) throws SQLException {
    try (var objects = DurableObjects.embedded(folder, ONE_FILE)) {
      Counter counter = objects.namespace("counter", Counter.class, Counter.Stored::new).get("one");
      counter.add(5);
      sql(folder, "CREATE TRIGGER full BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
      var failed = assertThrows(ObjectException.class, () -> counter.add(100));
      assertEquals(Outcome.NOT_EXECUTED, failed.outcome());
      assertTrue(String.valueOf(failed.getMessage()).contains("the disk is full"), failed.getMessage());
      assertEquals(5, counter.value());
      sql(folder, "DROP TRIGGER full");
      assertEquals(6, counter.add(1));
    }
  }

  @Test
  void aCommitRefusedAsAWholeIsNotExecuted(@TempDir Path folder) throws SQLException {
    try (var objects = DurableObjects.embedded(folder, ONE_FILE)) {
      Counter counter = objects.namespace("counter", Counter.class, Counter.Stored::new).get("one");
      counter.add(5);
      sql(folder, "CREATE TABLE none (id INTEGER PRIMARY KEY)",
          "CREATE TABLE late (id INTEGER REFERENCES none DEFERRABLE INITIALLY DEFERRED)",
          "CREATE TRIGGER fails AFTER INSERT ON entry BEGIN INSERT INTO late VALUES (1); END");
      assertEquals(Outcome.NOT_EXECUTED, assertThrows(ObjectException.class, () -> counter.add(100)).outcome());
      assertEquals(5, counter.value());
    }
  }

  @Test
  void aTurnWithoutWritesNeedsNoCommit(@TempDir Path folder) {
    try (var store = new LosingStore(ShardFiles.open(folder, 1)); var objects = new DurableObjects(store, ONE_FILE)) {
      Counter counter = objects.namespace("counter", Counter.class, Counter.Stored::new).get("one");
      store.losing.set(true);
      assertEquals(0, counter.value());
    }
  }

  @Test
  void anUnknownOutcomeIsReadAnew(@TempDir Path folder) {
    try (var store = new LosingStore(ShardFiles.open(folder, 1)); var objects = new DurableObjects(store, ONE_FILE)) {
      Counter counter = objects.namespace("counter", Counter.class, Counter.Stored::new).get("one");
      counter.add(5);
      store.losing.set(true);
      var failed = assertThrows(ObjectException.class, () -> counter.add(1));
      assertEquals(Outcome.UNKNOWN, failed.outcome());
      assertEquals("counter/one: the answer was lost (outcome unknown)", failed.getMessage());
      assertEquals(6, counter.value());
    }
  }

  private static void sql(Path folder, String... statements) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shard-0.db"));
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Commits, but may lose the answer. */
  private record LosingStore(ObjectStore store, AtomicBoolean losing) implements ObjectStore {
    LosingStore(ObjectStore store) {
      this(store, new AtomicBoolean());
    }

    @Override
    public Optional<byte[]> read(ObjectId id, String key) {
      return store.read(id, key);
    }

    @Override
    public List<String> keys(ObjectId id, String prefix, String after, int limit) {
      return store.keys(id, prefix, after, limit);
    }

    @Override
    public CompletableFuture<?> commit(ObjectId id, TurnBuffer writes) {
      CompletableFuture<?> commit = store.commit(id, writes);
      return losing.get()
          ? commit.thenCompose(_ -> CompletableFuture.failedFuture(
              new ObjectException(id + ": the answer was lost", Outcome.UNKNOWN)))
          : commit;
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
