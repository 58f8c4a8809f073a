package dev.edge4j.data.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import dev.edge4j.data.Migrations;
import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.testing.Engines;
import dev.edge4j.data.testing.TcpLink;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody waits longer than his deadline, and what nobody waits for does not run on at the server. */
@Timeout(120)
class PostgresDeadlinesTest {
  private static final Duration SHORT = Duration.ofMillis(400);
  /** A loaded machine is late; what would be wrong is 30 seconds. */
  private static final Duration LATE = Duration.ofSeconds(10);

  private final String url = Engines.database();

  private static StoreException refusedInTime(Runnable call) {
    long begin = System.nanoTime();
    var refused = assertThrows(StoreException.class, () -> QueryDeadline.within(Deadline.in(SHORT, TimeSource.system()),
        () -> {
          call.run();
          return 0;
        }));
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    assertTrue(took.compareTo(LATE) < 0, () -> "it took " + took + ": " + refused);
    return refused;
  }

  @Test
  void aStatementEndsAtTheServerToo() throws Exception {
    try (var store = PostgresStore.of(url)) {
      store.update("CREATE TABLE t (v text)");
      refusedInTime(() -> store.query(String.class, "SELECT pg_sleep(60)::text AS v"));
      refusedInTime(() -> store.update("INSERT INTO t SELECT pg_sleep(60)::text"));
      refusedInTime(() -> store.transaction(tx -> tx.query(String.class, "SELECT pg_sleep(60)::text AS v")));
      refusedInTime(() -> store.forEach(String.class, "SELECT pg_sleep(60)::text AS v", Map.of(), row -> {}));
      Databases.await("no statement runs on", () -> store.query(Long.class,
          "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'"
              + " AND pid <> pg_backend_pid()").equals(List.of(0L)));
      assertEquals(List.of(0L), store.query(Long.class, "SELECT count(*) FROM t"));
    }
  }

  @Test
  void theServersOwnTimeoutHoldsWithoutADeadline() {
    try (var store = PostgresStore.open(PostgresOptions.of(url).withStatementTimeout(SHORT))) {
      var ended = assertThrows(StoreException.class, () -> store.query(String.class, "SELECT pg_sleep(60)::text AS v"));
      assertTrue(ended.getMessage().contains("took too long and was ended"), ended.getMessage());
    }
  }

  @Test
  void whoWaitsForAConnectionWaitsNoLonger() throws Exception {
    try (var store = PostgresStore.open(PostgresOptions.of(url)
        .withReaders(1)
        .withStatementTimeout(Duration.ofSeconds(
            100)));
        var other = PostgresStore.of(url);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection locking = DriverManager.getConnection(url);
        Statement lock = locking.createStatement()) {
      lock.execute("SELECT pg_advisory_lock(1)");
      Future<?> holding = threads.submit(() -> store.query(String.class, "SELECT pg_advisory_xact_lock(1)::text AS v"));
      Databases.await("the only connection is in use", () -> other.query(Long.class,
          "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
              + " AND query LIKE 'SELECT pg_advisory_xact_lock%' AND wait_event = 'advisory'").equals(List.of(1L)));
      refusedInTime(() -> store.query(Integer.class, "SELECT 1 AS one"));
      lock.execute("SELECT pg_advisory_unlock(1)");
      holding.get();
      assertEquals(List.of(1), store.query(Integer.class, "SELECT 1 AS one"));
    }
  }

  @Test
  void aLinkThatHasGoneSilentHoldsNobody() throws Exception {
    try (TcpLink link = TcpLink.to(Engines.postgres().port());
        var store = PostgresStore.of(Databases.through(url, link.port()));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      store.update("CREATE TABLE t (v integer)");
      assertEquals(List.of(1), store.query(Integer.class, "SELECT 1 AS one"));
      link.stall();
      var calls = new ArrayList<Future<?>>();
      for (int i = 0; i < 20; i++) {
        boolean reads = i % 2 == 0;
        calls.add(threads.submit(() -> refusedInTime(() -> {
          if (reads) {
            store.query(Integer.class, "SELECT 1 AS one");
          } else {
            store.update("INSERT INTO t VALUES (1)");
          }
        })));
      }
      for (Future<?> call : calls) {
        call.get();
      }
      link.heal();
      Databases.await("the store is back", () -> isBack(store));
    }
  }

  private static boolean isBack(PostgresStore store) {
    try {
      return store.query(Integer.class, "SELECT 1 AS one").equals(List.of(1));
    } catch (StoreException e) {
      return false;
    }
  }

  @Test
  void aChangeWhoseAnswerIsLostIsNotAskedForAgainAndABatchIsOnce() throws Exception {
    try (TcpLink link = TcpLink.to(Engines.postgres().port());
        var direct = PostgresStore.of(url);
        var store = PostgresStore.of(Databases.through(url, link.port()));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      direct.update("CREATE TABLE t (v text)");
      Future<Long> change = threads.submit(() -> store.update("INSERT INTO t SELECT pg_sleep(60)::text"));
      awaitSleeping(direct, 1);
      link.cut();
      var unknown = assertThrows(ExecutionException.class, change::get).getCause();
      assertTrue(String.valueOf(unknown).contains("whether the change took effect is not known"),
          () -> "" + unknown);
      link.heal();
      // A trigger holds the events back, so that their connection can be cut in the middle.
      var sink = PostgresEventSink.on(store.database(), "events");
      sink.append(Map.of("n", 0));
      direct.migrate(Migrations.of("CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
          + " PERFORM pg_sleep(1); RETURN NULL; END $$;"
          + " CREATE TRIGGER hold AFTER INSERT ON events FOR EACH STATEMENT EXECUTE FUNCTION hold()"));
      Future<?> batch = threads.submit(() -> sink.appendAll(List.of(Map.of("n", 1), Map.of("n", 2))));
      Databases.await("the batch is on its way", () -> direct.query(Long.class, "SELECT count(*) FROM pg_stat_activity"
          + " WHERE query LIKE 'COPY%' AND state = 'active' AND wait_event = 'PgSleep'").equals(List.of(1L)));
      link.cut();
      link.heal();
      batch.get();
      assertEquals(List.of(3L), direct.query(Long.class, "SELECT count(*) FROM events"));
    }
  }

  private static void awaitSleeping(PostgresStore direct, long count) throws InterruptedException {
    Databases.await("the statement runs", () -> direct.query(Long.class, "SELECT count(*) FROM pg_stat_activity"
        + " WHERE query LIKE 'INSERT INTO t SELECT pg_sleep%' AND state = 'active'").equals(List.of(count)));
  }
}
