package dev.edge4j.data.libsql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.engines.SqldServer;
import dev.edge4j.data.testing.Aside;
import dev.edge4j.data.testing.TcpLink;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a killed server or a dead link does to writes: what was acknowledged is there, and what nobody can know is said so. */
@Aside
@Timeout(60)
class NoWriteIsLostOrDoneTwiceTest {
  private static final String INSERT = "INSERT INTO written (id) VALUES (:id)";

  private final SqldServer server = SqldServer.start();

  @AfterEach
  void end() {
    server.close();
  }

  private static LibsqlStore table(LibsqlStore store) {
    store.update("CREATE TABLE written (id INTEGER)"); // no key: a write that was done twice shows
    return store;
  }

  private static List<Long> ids(LibsqlStore store) {
    return store.query(Long.class, "SELECT id FROM written");
  }

  @Test
  void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
    Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    Set<Long> unknown = ConcurrentHashMap.newKeySet();
    var stop = new AtomicBoolean();
    var next = new AtomicLong();
    try (LibsqlStore store = table(LibsqlStore.of(server.url()));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = IntStream.range(0, 8).<Future<?>>mapToObj(_ -> threads.submit(() -> {
        while (!stop.get()) {
          write(store, next.incrementAndGet(), acknowledged, unknown);
        }
      })).toList();
      for (int kill = 1; kill <= 2; kill++) {
        await(() -> acknowledged.size() > 50);
        server.kill();
        server.restart();
        int before = acknowledged.size();
        await(() -> acknowledged.size() > before + 50);
      }
      stop.set(true);
      for (Future<?> writer : writers) {
        writer.get();
      }
      List<Long> there = ids(store);
      Set<Long> once = new HashSet<>(there);
      assertEquals(there.size(), once.size(), "none was done twice");
      assertTrue(once.containsAll(acknowledged));
      once.removeAll(acknowledged);
      assertTrue(unknown.containsAll(once), "what is there and was not acknowledged was said to be unknown");
    }
  }

  private static void write(LibsqlStore store, long id, Set<Long> acknowledged, Set<Long> unknown) {
    try {
      store.update(INSERT, Map.of("id", id));
      acknowledged.add(id);
    } catch (StoreException e) {
      if (e.outcomeUnknown()) {
        unknown.add(id);
      }
    }
  }

  private static boolean answers(LibsqlStore store) {
    try {
      return ids(store).isEmpty();
    } catch (StoreException e) {
      return false; // the first call of all takes longer
    }
  }

  private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(5);
    }
  }

  @Test
  void aTransactionThatWasOpenAtAKillIsGone() {
    try (LibsqlStore store = table(LibsqlStore.of(server.url()))) {
      var lost = assertThrows(StoreException.class, () -> store.transaction(tx -> {
        tx.update(INSERT, Map.of("id", 1));
        server.kill();
        server.restart();
        assertThrows(StoreException.class, () -> tx.update(INSERT, Map.of("id", 2)));
        return 0;
      }));
      assertFalse(lost.getMessage().contains("unknown"), lost.getMessage());
      assertEquals(List.of(), ids(store));
      store.transaction(tx -> tx.update(INSERT, Map.of("id", 3)));
      assertEquals(List.of(3L), ids(store));
    }
  }

  @Test
  void aServerThatIsNotThereIsNotAskedInVain() {
    server.kill();
    try (LibsqlStore store = LibsqlStore.of(server.url())) {
      var refused = assertThrows(StoreException.class, () -> store.update("CREATE TABLE written (id INTEGER)"));
      assertTrue(refused.getMessage().contains("no connection"), refused.getMessage());
      assertFalse(refused.getMessage().contains("unknown"), refused.getMessage());
    }
  }

  @Test
  void overAStalledLinkEachCallEndsInTime() throws Exception {
    LibsqlOptions hasty = LibsqlOptions.defaults().withTimeout(Duration.ofSeconds(1));
    try (TcpLink link = TcpLink.to(server.port());
        LibsqlStore near = table(LibsqlStore.of(server.url()));
        LibsqlStore far = LibsqlStore.of("http://127.0.0.1:" + link.port(), hasty)) {
      await(() -> answers(far));
      link.stall();
      var read = assertThrows(StoreException.class, () -> ids(far));
      assertFalse(read.getMessage().contains("unknown"), read.getMessage());
      var write = assertThrows(StoreException.class, () -> far.update(INSERT, Map.of("id", 1)));
      assertTrue(write.outcomeUnknown(), write.getMessage());
      var batch = assertThrows(StoreException.class, () -> far.batch(List.of(new LibsqlStore.Change(INSERT, Map.of("id",
          2)))));
      assertTrue(batch.outcomeUnknown(), batch.getMessage());
      assertThrows(StoreException.class, () -> far.transaction(tx -> tx.update(INSERT, Map.of("id", 3))));
      assertThrows(StoreException.class, () -> far.forEach(Long.class, "SELECT id FROM written", Map.of(), _ -> {}));
      long begin = System.nanoTime();
      Deadline soon = Deadline.in(Duration.ofMillis(50), TimeSource.system());
      assertThrows(StoreException.class, () -> QueryDeadline.within(soon, () -> ids(far)));
      assertTrue(Duration.ofNanos(System.nanoTime() - begin).toSeconds() < 20, "the sooner deadline holds");
      link.heal();
      await(() -> {
        try {
          return !ids(far).contains(3L);
        } catch (StoreException e) {
          return false; // a loaded machine takes its time
        }
      });
      List<Long> there = ids(near);
      assertEquals(new HashSet<>(there).size(), there.size(), "none was done twice");
    }
  }

  @Test
  void aReadIsSentOnceMoreWhenItsConnectionIsCut() {
    try (TcpLink link = TcpLink.to(server.port());
        LibsqlStore store = table(LibsqlStore.of("http://127.0.0.1:" + link.port()))) {
      for (int i = 0; i < 20; i++) {
        link.cut();
        link.heal(); // the connection that was kept is gone, and the client may not know it yet
        assertEquals(List.of(), ids(store));
      }
      link.cut();
      assertThrows(StoreException.class, () -> ids(store));
    }
  }

  @Test
  void aCommitWhoseAnswerIsLostIsSaidToBeUnknown() {
    LibsqlOptions hasty = LibsqlOptions.defaults().withTimeout(Duration.ofSeconds(3));
    try (TcpLink link = TcpLink.to(server.port());
        LibsqlStore near = table(LibsqlStore.of(server.url()));
        LibsqlStore far = LibsqlStore.of("http://127.0.0.1:" + link.port(), hasty)) {
      var lost = assertThrows(StoreException.class, () -> far.transaction(tx -> {
        long changed = tx.update(INSERT, Map.of("id", 1));
        link.stall();
        return changed;
      }));
      assertTrue(lost.outcomeUnknown(), lost.getMessage());
      link.heal();
      assertTrue(ids(near).size() <= 1);
    }
  }
}
