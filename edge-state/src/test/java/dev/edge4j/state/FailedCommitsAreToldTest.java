package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.state.store.Commit;
import dev.edge4j.state.store.ObjectStore;
import dev.edge4j.state.store.ShardFiles;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
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
    var losing = new AtomicBoolean();
    try (var objects = DurableObjects.of(losing(ShardFiles.open(folder, 1), losing), ONE_FILE)) {
      Counter counter = objects.namespace("counter", Counter.class, Counter.Stored::new).get("one");
      losing.set(true);
      assertEquals(0, counter.value());
    }
  }

  @Test
  void anUnknownOutcomeIsReadAnew(@TempDir Path folder) {
    var losing = new AtomicBoolean();
    try (var objects = DurableObjects.of(losing(ShardFiles.open(folder, 1), losing), ONE_FILE)) {
      Counter counter = objects.namespace("counter", Counter.class, Counter.Stored::new).get("one");
      counter.add(5);
      losing.set(true);
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
  private static ObjectStore losing(ObjectStore store, AtomicBoolean losing) {
    return (ObjectStore) Proxy.newProxyInstance(ObjectStore.class.getClassLoader(), new Class<?>[]{ObjectStore.class},
        (_, method, arguments) -> {
          Object result = method.invoke(store, arguments);
          if (!method.getName().equals("commit") || !losing.get()) {
            return result;
          }
          var commit = (Commit) arguments[0];
          return ((CompletableFuture<?>) result).thenCompose(_ -> {
            commit.fence().breakDown();
            return CompletableFuture.failedFuture(new ObjectException(commit.id() + ": the answer was lost",
                Outcome.UNKNOWN));
          });
        });
  }
}
