package dev.edge4j.data;

import static dev.edge4j.data.Promises.eventual;
import static dev.edge4j.data.Promises.strong;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Deadline;
import dev.edge4j.GatewayTimeout;
import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.data.testing.CopiedStore;
import dev.edge4j.data.testing.HookedStore;
import dev.edge4j.middleware.Timeout;
import dev.edge4j.resilience.BreakerOptions;
import dev.edge4j.testing.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No call to a store is without a deadline, a place among those that run, and a breaker that knows how the last ones ended. */
class EveryCallHasADeadlineAndAPlaceTest {
  private static final String ONE = "SELECT 1";

  private final HookedStore store;

  EveryCallHasADeadlineAndAPlaceTest(@TempDir Path folder) {
    this.store = new HookedStore(SqliteStore.open(folder.resolve("a.db")));
  }

  @Test
  void theClassesTimeoutIsWhatTheStoreIsTold() {
    var told = new AtomicReference<>(Duration.ZERO);
    store.before(() -> told.set(QueryDeadline.atMost(Duration.ofHours(1))));
    try (DataMesh mesh = DataMesh.builder()
        .time(new VirtualClock())
        .sql("quick", store, strong())
        .sql("usual", store, strong())
        .timeout("quick", Duration.ofMillis(300))
        .build()) {
      ask(mesh.session(), "quick");
      assertEquals(Duration.ofMillis(300), told.get());
      ask(mesh.session(), "usual");
      assertEquals(Duration.ofSeconds(10), told.get());
      mesh.session().update("quick", "CREATE TABLE a (b TEXT)", Map.of());
      assertEquals(Duration.ofMillis(300), told.get());
    }
    assertEquals(Deadline.none(), QueryDeadline.current());
  }

  @Test
  void theRequestsDeadlineComesFirstWhereItIsSooner() {
    var told = new AtomicReference<>(Duration.ZERO);
    store.before(() -> told.set(QueryDeadline.atMost(Duration.ofHours(1))));
    try (DataMesh mesh = DataMesh.builder().sql("rows", store, strong()).build()) {
      var app = new App();
      app.use((c, next) -> {
        ask(mesh.session(c), "rows");
        return next.proceed();
      });
      app.use(Timeout.after(Duration.ofSeconds(5)));
      app.get("/", c -> c.text(ask(mesh.session(c), "rows")));
      assertEquals("1", app.request("/").text());
      assertTrue(told.get().compareTo(Duration.ofSeconds(5)) <= 0, told::toString);
    }
  }

  @Test
  void onceItIsOverNobodyIsAsked() {
    var asked = new AtomicInteger();
    store.before(asked::incrementAndGet);
    var clock = new VirtualClock();
    try (DataMesh mesh = DataMesh.builder().time(clock).sql("rows", store, strong()).build()) {
      MeshSession session = mesh.session();
      session.visit().until(Deadline.in(Duration.ofSeconds(1), clock));
      ask(session, "rows");
      clock.advance(Duration.ofSeconds(1));
      assertThrows(GatewayTimeout.class, () -> ask(session, "rows"));
      assertThrows(GatewayTimeout.class, () -> session.update("rows", "CREATE TABLE a (b TEXT)", Map.of()));
      assertEquals(1, asked.get());
    }
  }

  @Test
  void aStoreThatFailsIsLeftAloneForAWhile() {
    var clock = new VirtualClock();
    var asked = new AtomicInteger();
    store.before(() -> {
      asked.incrementAndGet();
      throw new StoreException(StoreException.Reason.FAILED, "no connection");
    });
    try (DataMesh mesh = DataMesh.builder()
        .time(clock)
        .sql("rows", store, strong())
        .limits(store, StoreLimits.defaults()
            .withBreaker(BreakerOptions.defaults().withWindow(Duration.ofSeconds(10), 4)))
        .build()) {
      for (int i = 0; i < 10; i++) {
        assertThrows(StoreException.class, () -> ask(mesh.session(), "rows"));
      }
      assertEquals(4, asked.get());
      var error = assertThrows(StoreException.class, () -> ask(mesh.session(), "rows"));
      assertTrue(error.getMessage().startsWith("the store of rows (hooked) has failed too often"), error.getMessage());
      assertTrue(mesh.session().explain("rows").toString().endsWith("PRIMARY, breaker OPEN"));
      store.before(asked::incrementAndGet);
      clock.advance(Duration.ofSeconds(10));
      assertEquals("1", ask(mesh.session(), "rows"));
    }
  }

  @Test
  void theFaultOfTheCallerIsNotTheStores() {
    var asked = new AtomicInteger();
    store.before(asked::incrementAndGet);
    try (DataMesh mesh = DataMesh.builder()
        .sql("rows", store, strong())
        .limits(StoreLimits.defaults().withBreaker(BreakerOptions.defaults().withWindow(Duration.ofHours(1), 2)))
        .build()) {
      mesh.session().update("rows", "CREATE TABLE a (b TEXT PRIMARY KEY)", Map.of());
      for (int i = 0; i < 10; i++) {
        assertThrows(MappingException.class, () -> mesh.session().queryOne("rows", String.class, ONE, Map.of("a", 1)));
        assertThrows(IllegalStateException.class, () -> mesh.session().transaction("rows", tx -> {
          throw new IllegalStateException("changed my mind");
        }));
      }
      assertEquals("1", ask(mesh.session(), "rows"));
      assertEquals(22, asked.get());
    }
  }

  @Test
  void onlySoManyCallsRunAtOnce() throws Exception {
    var running = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    store.before(() -> {
      running.countDown();
      awaitIt(goOn);
    });
    try (DataMesh mesh = DataMesh.builder()
        .sql("rows", store, strong())
        .limits(StoreLimits.defaults().withConcurrent(1).withWaiting(0, Duration.ZERO))
        .build()) {
      Thread first = Thread.ofVirtual().start(() -> ask(mesh.session(), "rows"));
      running.await();
      var error = assertThrows(StoreException.class, () -> ask(mesh.session(), "rows"));
      assertEquals("the store of rows (hooked) has no place free: 1 calls run, 0 wait", error.getMessage());
      assertEquals(StoreException.Reason.BUSY, error.reason());
      goOn.countDown();
      first.join();
      assertEquals("1", ask(mesh.session(), "rows"));
    }
  }

  @Test
  void aReplicaWhoseBreakerIsOpenIsLeftForItsOrigin(@TempDir Path folder) {
    CopiedStore origin = CopiedStore.primary(SqliteStore.open(folder.resolve("origin.db")));
    CopiedStore replica = CopiedStore.replicaOf(origin, SqliteStore.open(folder.resolve("replica.db")));
    try (DataMesh mesh = DataMesh.builder()
        .owns(origin)
        .time(new VirtualClock())
        .sql("catalog", replica, eventual(Duration.ofSeconds(5)))
        .limits(replica, StoreLimits.defaults()
            .withBreaker(BreakerOptions.defaults().withWindow(Duration.ofHours(1), 2)))
        .build()) {
      replica.fail(true);
      for (int i = 0; i < 5; i++) {
        assertEquals("1", ask(mesh.session(), "catalog"));
      }
      MeshSession session = mesh.session();
      assertEquals("1", ask(session, "catalog"));
      assertTrue(session.served()
          .getFirst()
          .why()
          .startsWith("the replica failed: the replica of catalog (test) has failed too"),
          session.served()::toString);
    }
  }

  @Test
  void aTimeoutNeedsAClass() {
    var builder = DataMesh.builder().sql("rows", store, strong()).timeout("row", Duration.ofSeconds(1));
    assertEquals("timeout of \"row\" (expected: one of [rows])", assertThrows(IllegalArgumentException.class,
        builder::build).getMessage());
  }

  private static String ask(MeshSession session, String name) {
    return String.valueOf(session.queryOne(name, Long.class, ONE, Map.of()).orElseThrow());
  }

  private static void awaitIt(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
