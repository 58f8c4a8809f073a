package dev.edge4j.data.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes share a commit and nothing else: each is whole or not there, in the order in which they came. */
class GroupCommitTest {
  private final Path folder;
  private SqliteDatabase database;

  GroupCommitTest(@TempDir Path folder) {
    this.folder = folder;
    this.database = SqliteDatabase.open(folder.resolve("a.db"));
    script(database, "CREATE TABLE t (id INTEGER PRIMARY KEY, v INTEGER UNIQUE NOT NULL)");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void keepsEveryWriteOfManyWriters() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> answers = IntStream.range(0, 64 * 20)
          .mapToObj(i -> threads.submit(() -> database.write(c -> c.update("INSERT INTO t (v) VALUES (?)", i))))
          .toList();
      for (Future<Long> answer : answers) {
        assertEquals(1, answer.get());
      }
    }
    reopen();
    assertEquals(LongStream.range(0, 64 * 20).boxed().toList(), values("v"));
  }

  @Test
  void runsWritesInTheOrderInWhichTheyCame() {
    List<CompletableFuture<Long>> answers = holdingTheWriter(() -> IntStream.range(0, 1_000)
        .mapToObj(i -> database.writeAsync(c -> c.update("INSERT INTO t (v) VALUES (?)", 1_000 - i)))
        .toList());
    answers.forEach(CompletableFuture::join);
    assertEquals(LongStream.range(0, 1_000).map(i -> 1_000 - i).boxed().toList(), values("id"));
  }

  @Test
  void aWorkThatThrowsLeavesTheOthersOfItsGroupIntact() {
    var bug = new IllegalStateException("bug");
    List<CompletableFuture<?>> answers = holdingTheWriter(() -> List.of(
        database.writeAsync(c -> c.update("INSERT INTO t (v) VALUES (1)")),
        database.writeAsync(c -> {
          c.update("INSERT INTO t (v) VALUES (2)");
          throw bug;
        }),
        database.writeAsync(c -> c.update("INSERT INTO t (v) VALUES (1)")),
        database.writeAsync(c -> c.update("INSERT INTO nowhere VALUES (1)")),
        database.writeAsync(c -> c.update("INSERT INTO t (v) VALUES (3)"))));
    answers.get(0).join();
    assertSame(bug, failure(answers.get(1)));
    StoreException duplicate = (StoreException) failure(answers.get(2));
    assertTrue(duplicate.constraintViolated());
    StoreException noTable = (StoreException) failure(answers.get(3));
    assertFalse(noTable.constraintViolated());
    assertTrue(noTable.getMessage().contains("no such table: nowhere"), noTable.getMessage());
    answers.get(4).join();
    reopen();
    assertEquals(List.of(1L, 3L), values("id"));
  }

  @Test
  void failsTheWholeGroupIfItsCommitFails() {
    script("CREATE TABLE child (p INTEGER REFERENCES t(id) DEFERRABLE INITIALLY DEFERRED)");
    List<CompletableFuture<?>> answers = holdingTheWriter(() -> List.of(
        database.writeAsync(c -> c.update("INSERT INTO t (v) VALUES (1)")),
        database.writeAsync(c -> c.update("INSERT INTO child VALUES (77)"))));
    assertTrue(((StoreException) failure(answers.get(0))).constraintViolated());
    assertTrue(((StoreException) failure(answers.get(1))).constraintViolated());
    assertEquals(List.of(), values("id"));
    assertEquals(1, database.<Long>write(c -> c.update("INSERT INTO t (v) VALUES (4)")));
  }

  @Test
  void aWorkThatEndsTheTransactionInAScriptIsRefused() {
    var error = assertThrows(IllegalArgumentException.class, () -> script(
        "INSERT INTO t (v) VALUES (1); /* so */ COMMIT"));
    assertTrue(String.valueOf(error.getMessage()).contains("COMMIT"));
    assertEquals(List.of(), values("id"));
    assertEquals(1, database.<Long>write(c -> c.update("INSERT INTO t (v) VALUES (4)")));
  }

  @Test
  void closeFinishesWhatWasAcceptedAndRefusesTheRest() {
    List<CompletableFuture<Long>> answers = holdingTheWriter(() -> IntStream.range(0, 100)
        .mapToObj(i -> database.writeAsync(c -> c.update("INSERT INTO t (v) VALUES (?)", i)))
        .toList());
    database.close();
    answers.forEach(answer -> assertEquals(1, answer.join()));
    var refused = assertThrows(StoreException.class, () -> database.write(c -> 1));
    assertEquals(StoreException.Reason.CLOSED, refused.reason());
    assertThrows(StoreException.class, () -> database.read(c -> 1));
    assertThrows(StoreException.class, () -> database.readLong(c -> 1));
    reopen();
    assertEquals(100, values("id").size());
  }

  @Test
  void aFullQueueMakesCallersWaitAndLosesNothing() throws Exception {
    database.close();
    database = SqliteDatabase.open(folder.resolve("a.db"), SqliteOptions.defaults().withQueueCapacity(2));
    var answers = new ArrayList<Future<Long>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      holdingTheWriter(() -> {
        for (int i = 0; i < 50; i++) {
          int v = i;
          answers.add(threads.submit(() -> database.write(c -> c.update("INSERT INTO t (v) VALUES (?)", v))));
        }
        return answers;
      });
    }
    assertEquals(50, values("id").size());
  }

  @Test
  void aWriteInsideAWriteIsRefused() {
    assertThrows(IllegalStateException.class, () -> database.write(c -> database.write(d -> 1)));
  }

  /** Runs what hands in writes while the writer is held, so that the writes become one group. */
  private <T> T holdingTheWriter(Supplier<T> handIn) {
    var held = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var holder = database.writeAsync(c -> {
      held.countDown();
      return await(release);
    });
    await(held);
    try {
      assertFalse(holder.isDone());
      return handIn.get();
    } finally {
      release.countDown();
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Throwable failure(CompletableFuture<?> answer) {
    return Objects.requireNonNull(assertThrows(CompletionException.class, answer::join).getCause());
  }

  private void script(String sql) {
    script(database, sql);
  }

  private static void script(SqliteDatabase database, String sql) {
    database.write(c -> {
      c.execute(sql);
      return 0;
    });
  }

  private List<Long> values(String order) {
    return database.read(c -> c.query("SELECT v FROM t ORDER BY " + order, row -> row.getLong(1)));
  }

  private void reopen() {
    database.close();
    database = SqliteDatabase.open(folder.resolve("a.db"));
  }
}
