package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A request with an id is executed once by an object: who asks again gets the reply that was stored with the turn. */
@Timeout(60)
class RequestsWithAnIdRunOnceTest {
  interface Till {
    long pay(long amount);

    /** Pays, but only after it was outside. */
    long payOutside(long amount) throws Exception;
  }

  interface Outside {
    void run() throws Exception;
  }

  private volatile Outside outside = () -> {};
  private Path folder;
  private Timed timed;
  private Namespace<Till> tills;
  private Namespace<Counter> counters;

  @BeforeEach
  void open(@TempDir Path temporary) {
    folder = temporary;
    timed = new Timed(folder, with -> with.withShards(1).withRepliesKept(Duration.ofHours(1)));
    declare();
  }

  private void declare() {
    tills = timed.objects().namespace("till", Till.class, StoredTill::new);
    counters = timed.objects().namespace("counter", Counter.class, Counter.Stored::new);
  }

  @AfterEach
  void close() {
    timed.close();
  }

  @Test
  void theSecondIsAnsweredAsTheFirst() {
    assertEquals(5, counter("x").add(5));
    assertEquals(5, counter("x").add(5));
    assertEquals(10, counter("y").add(5));
    assertEquals(10, counters.get("one").value());
    assertEquals(5, counters.get("two", CallOptions.request("x")).add(5)); // each object has ids of its own
  }

  @Test
  void thatHoldsAfterARestart() {
    assertEquals(5, counter("x").add(5));
    timed.reopen();
    declare();
    assertEquals(5, counter("x").add(5));
    assertEquals(5, counters.get("one").value());
  }

  @Test
  void theReplyIsPartOfTheCommit() throws SQLException {
    sql("CREATE TRIGGER full BEFORE INSERT ON reply BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
    assertThrows(ObjectException.class, () -> counter("x").add(5));
    assertEquals(0, counters.get("one").value());
    sql("DROP TRIGGER full");
    assertEquals(5, counter("x").add(5));
  }

  @Test
  void aTurnThatThrewMayBeAskedForAgain() {
    assertThrows(IllegalStateException.class, () -> counter("x").addAndFail(5));
    assertEquals(5, counter("x").add(5)); // nothing is known of that id
  }

  @Test
  void theSameIdForSomethingElseIsAnError() {
    counter("x").add(5);
    var failed = assertThrows(ObjectException.class, () -> counter("x").add(6));
    assertEquals("counter/one: request id \"x\" was used for another call (expected: the same method and arguments)"
        + " (not executed)", failed.getMessage());
    assertEquals(Outcome.NOT_EXECUTED, assertThrows(ObjectException.class, () -> counter("x").value()).outcome());
    assertEquals(5, counters.get("one").value());
  }

  @Test
  void theReplyIsKeptForAsLongAsIsSaid() {
    counter("x").add(5);
    timed.clock.move(Duration.ofMinutes(59));
    timed.objects().forgetReplies();
    assertEquals(5, counter("x").add(5));
    timed.clock.move(Duration.ofMinutes(1));
    assertEquals(10, counter("x").add(5));
    timed.clock.move(Duration.ofHours(2));
    assertEquals(1, timed.forgotten());
    assertEquals(0, timed.forgotten());
  }

  @Test
  void theyMayComeTogether() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var replies = new ArrayList<Future<Long>>();
      for (int i = 0; i < 50; i++) {
        replies.add(threads.submit(() -> counter("x").add(5)));
      }
      for (Future<Long> reply : replies) {
        assertEquals(5, reply.get());
      }
    }
    assertEquals(5, counters.get("one").value());
  }

  @Test
  void whoComesWhileTheFirstIsOutsideWaitsForItsReply() throws Exception {
    var away = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    outside = () -> {
      away.countDown();
      go.await();
    };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Long> first = threads.submit(() -> till("x").payOutside(5));
      away.await();
      Future<Long> second = threads.submit(() -> till("x").payOutside(5));
      var other = assertThrows(ObjectException.class, () -> till("x").payOutside(6));
      assertTrue(String.valueOf(other.getMessage()).contains("was used for another call"));
      assertEquals(1, till("y").pay(1));
      go.countDown();
      assertEquals(6, first.get());
      assertEquals(6, second.get());
    }
    assertEquals(6, tills.get("one").pay(0));
  }

  @Test
  void ifTheFirstFailsOutsideSoDoesTheSecondAndAThirdIsExecuted() throws Exception {
    var away = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    outside = () -> {
      away.countDown();
      go.await();
      throw new IllegalArgumentException("refused");
    };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Long> first = threads.submit(() -> till("x").payOutside(5));
      away.await();
      Future<Long> second = threads.submit(() -> till("x").payOutside(5));
      assertEquals(1, till("y").pay(1)); // behind the second
      go.countDown();
      for (Future<Long> reply : List.of(first, second)) {
        assertEquals("java.lang.IllegalArgumentException: refused",
            assertThrows(ExecutionException.class, reply::get).getMessage());
      }
    }
    outside = () -> {};
    assertEquals(6, till("x").payOutside(5));
  }

  private Counter counter(String request) {
    return counters.get("one", CallOptions.request(request));
  }

  private Till till(String request) {
    return tills.get("one", CallOptions.request(request));
  }

  private void sql(String statement) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shard-0.db"));
        var sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private final class StoredTill extends DurableObject implements Till {
    StoredTill(ObjectState state) {
      super(state);
    }

    @Override
    public long pay(long amount) {
      long paid = storage().get("paid", Long.class).orElse(0L) + amount;
      storage().put("paid", paid);
      return paid;
    }

    @Override
    public long payOutside(long amount) throws Exception {
      outside(() -> {
        outside.run();
        return true;
      });
      return pay(amount);
    }
  }
}
