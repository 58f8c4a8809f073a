package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.state.AppendHistory.Operation;
import dev.edge4j.state.AppendHistory.Result;
import dev.edge4j.state.store.Commit;
import dev.edge4j.state.store.Fence;
import dev.edge4j.state.store.ObjectStore;
import dev.edge4j.state.store.ShardFiles;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sixteen callers of one object see what one list would show them, while commits fail and the object is dropped. A runtime that replies
 * before the commit, and one without the fence, are seen to be wrong: so the check is worth something.
 */
@Timeout(60)
class HistoriesAreLinearizableTest {
  private static final boolean LONG = Boolean.getBoolean("edge4j.long");
  private static final int CALLERS = 16;
  private static final int EACH = LONG ? 500 : 40;
  private static final int FAILING_ONE_OF = 23;

  interface Log {
    void append(String entry);

    /** A turn. */
    List<String> all();

    @ReadOnly
    List<String> look();
  }

  /** Keeps the list in memory, as users do, and each entry on disk. */
  static final class StoredLog extends DurableObject implements Log {
    private final List<String> entries = new ArrayList<>();

    StoredLog(ObjectState state) {
      super(state);
      storage().list("").forEach(key -> entries.add(storage().get(key, String.class).orElseThrow()));
    }

    @Override
    public void append(String entry) {
      storage().put(String.format("%08d", entries.size()), entry);
      entries.add(entry);
    }

    @Override
    public List<String> all() {
      return entries;
    }

    @Override
    public List<String> look() {
      return entries;
    }
  }

  @Test
  void ofOneObject(@TempDir Path folder) throws Exception {
    assertEquals(Optional.empty(), run(folder, store -> store).fault());
  }

  @Test
  void repliesBeforeTheCommitAreNoticed(@TempDir Path folder) throws Exception {
    assertTrue(seenWrong(folder, store -> commit -> {
      CompletableFuture<?> unused = store.apply(commit);
      return CompletableFuture.completedFuture(true);
    }), "replies before the commit went unnoticed");
  }

  @Test
  void commitsWithoutAFenceAreNoticed(@TempDir Path folder) throws Exception {
    assertTrue(seenWrong(folder, store -> commit -> store.apply(new Commit(commit.id(), new Fence(), commit.at(), commit
        .row(), commit.slots(), commit.alarms(), commit.attributes(), commit.reply(), commit.messages(), commit
            .dead()))),
        "commits without a fence went unnoticed");
  }

  private interface Commits extends Function<Commit, CompletableFuture<?>> {}

  private interface Mutant {
    Commits of(Commits store);
  }

  private static boolean seenWrong(Path folder, Mutant mutant) throws Exception {
    for (int round = 0; round < 10; round++) {
      if (run(folder.resolve("round" + round), mutant).fault().isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static AppendHistory run(Path folder, Mutant mutant) throws Exception {
    Queue<Operation> history = new ConcurrentLinkedQueue<>();
    try (var objects = DurableObjects.of(failing(folder, mutant), DurableObjectsOptions.defaults());
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Namespace<Log> logs = objects.namespace("log", Log.class, StoredLog::new);
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        int number = caller;
        all.add(CompletableFuture.runAsync(() -> calls(logs, number, history), callers));
      }
      all.forEach(CompletableFuture::join);
    }
    try (var objects = DurableObjects.embedded(folder)) {
      List<String> kept = objects.namespace("log", Log.class, StoredLog::new).get("one").all();
      return new AppendHistory(List.copyOf(history), kept);
    }
  }

  private static void calls(Namespace<Log> logs, int caller, Queue<Operation> history) {
    for (int i = 0; i < EACH; i++) {
      String entry = caller + "-" + i;
      long began = System.nanoTime();
      try {
        switch (i % 4) {
          case 0 -> history.add(new Operation.Read(logs.get("one").look(), began, System.nanoTime()));
          case 1 -> history.add(new Operation.Read(logs.get("one").all(), began, System.nanoTime()));
          default -> {
            logs.get("one").append(entry);
            history.add(new Operation.Append(entry, Result.DONE, began, System.nanoTime()));
          }
        }
        if (caller == 0 && i % 10 == 9) {
          logs.evict("one");
        }
      } catch (ObjectException e) {
        if (i % 4 > 1) {
          Result result = e.outcome() == Outcome.NOT_EXECUTED ? Result.REFUSED : Result.UNKNOWN;
          history.add(new Operation.Append(entry, result, began, System.nanoTime()));
        }
      }
    }
  }

  /** A new file in which one of so many entries is refused, inside its group, as SQLite refuses what finds no room. */
  private static ObjectStore failing(Path folder, Mutant mutant) throws SQLException {
    ObjectStore store = ShardFiles.open(folder, 1);
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shard-0.db"));
        var statement = connection.createStatement()) {
      statement.execute("CREATE TRIGGER refuse BEFORE INSERT ON entry WHEN abs(random()) % " + FAILING_ONE_OF
          + " = 0 BEGIN SELECT RAISE(ABORT, 'refused'); END");
    }
    Commits commits = mutant.of(store::commit);
    return (ObjectStore) Proxy.newProxyInstance(ObjectStore.class.getClassLoader(), new Class<?>[]{ObjectStore.class},
        (_, method, arguments) -> {
          if (method.getName().equals("commit")) {
            return commits.apply((Commit) arguments[0]);
          }
          try {
            return method.invoke(store, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}
