package dev.edge4j.data.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.data.testing.Aside;
import dev.edge4j.data.testing.Engines;
import dev.edge4j.data.testing.TcpLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While the link is cut or stalled, nobody waits longer than the timeout; once it is whole again, everything works again. */
@Aside
class CallsFailSoonWhileRedisIsAwayTest {
  private static final Duration TIMEOUT = Duration.ofMillis(300);
  /** Far more than the timeout, far less than what would be a hang: the machine may be busy. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private final String prefix = Servers.prefix();
  private TcpLink link;
  private Redis redis;
  private RedisKv kv;

  @BeforeEach
  void open() throws InterruptedException {
    link = TcpLink.to(Engines.redis().port());
    redis = Redis.of("redis://127.0.0.1:" + link.port(), RedisOptions.defaults()
        .withTimeout(TIMEOUT)
        .withConnectTimeout(Duration.ofMillis(500))
        .withHeartbeat(Duration.ofMillis(200))
        .withLongestPause(Duration.ofMillis(100))
        .withCapacity(50));
    kv = RedisKv.on(redis, prefix);
    Servers.await("the first put", this::works);
  }

  @AfterEach
  void close() {
    kv.close();
    redis.close();
    link.close();
  }

  private boolean works() {
    try {
      kv.put("a", "1".getBytes(UTF_8));
      return kv.get("a").isPresent();
    } catch (StoreException e) {
      return false;
    }
  }

  private StoreException fails() {
    long began = System.nanoTime();
    StoreException e = assertThrows(StoreException.class, () -> kv.get("a"));
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertTrue(took.compareTo(SOON) < 0, () -> "took " + took);
    return e;
  }

  @Test
  void aCutLink() throws Exception {
    link.cut();
    Servers.await("the loss is noticed", () -> !redis.isConnected());
    // Soon after the loss a call waits for the connection, later it does not.
    Servers.await("it has been away for a while", () -> fails().getMessage().contains("has been away"));
    link.heal();
    Servers.await("it works again", this::works);
  }

  @Test
  void aStalledLink() throws Exception {
    link.stall();
    fails();
    Servers.await("the silence is noticed", () -> !redis.isConnected());
    Servers.await("it has been away for a while", () -> fails().getMessage().contains("has been away"));
    link.heal();
    Servers.await("it works again", this::works);
  }

  @Test
  void aWriteWhoseAnswerIsLateMayHaveHappened() throws Exception {
    link.stall();
    StoreException write = assertThrows(StoreException.class, () -> kv.put("late", "2".getBytes(UTF_8)));
    assertTrue(write.outcomeUnknown(), write.getMessage());
    Servers.await("it has been away for a while", () -> fails().getMessage().contains("has been away"));
    StoreException notSent = assertThrows(StoreException.class, () -> kv.put("late", "3".getBytes(UTF_8)));
    assertFalse(notSent.outcomeUnknown(), notSent.getMessage());
  }

  @Test
  void aReadWhoseAnswerIsLateHasChangedNothing() throws Exception {
    link.stall();
    assertFalse(fails().outcomeUnknown());
  }

  @Test
  void manyCallersOfAStalledLink() throws Exception {
    link.stall();
    List<Future<StoreException>> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        answers.add(threads.submit(this::fails));
      }
    }
    long busy = 0;
    for (Future<StoreException> answer : answers) {
      busy += answer.get().reason() == Reason.BUSY ? 1 : 0;
    }
    assertTrue(busy > 0, "of 200 calls at a time 50 may wait");
    link.heal();
    Servers.await("it works again", this::works);
  }

  @Test
  void whatIsOnItsWayFailsAsTheLinkIsCut() throws Exception {
    link.stall();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<StoreException> answer = threads.submit(this::fails);
      link.cut();
      assertEquals(Reason.FAILED, answer.get().reason());
    }
  }

  @Test
  void aShortDeadlineOfOneIsNoHarmToOthers() throws Exception {
    try (Redis calm = Redis.of("redis://127.0.0.1:" + link.port(), Servers.patient())) {
      RedisKv shared = RedisKv.on(calm, prefix);
      link.stall();
      AtomicBoolean answered = new AtomicBoolean();
      Thread other = Thread.ofVirtual().start(() -> answered.set(shared.get("a").isPresent()));
      Deadline soon = Deadline.in(Duration.ofMillis(500), TimeSource.system());
      StoreException e = assertThrows(StoreException.class, () -> QueryDeadline.within(soon, () -> shared.get("a")));
      assertTrue(e.getMessage().contains("did not answer entry within"), e.getMessage());
      assertTrue(calm.isConnected());
      link.heal();
      other.join();
      assertTrue(answered.get(), "who has more time gets an answer, over the same connection");
      shared.close();
    }
  }

  @Test
  void aDeadlineThatIsOverFailsAtOnce() throws Exception {
    Deadline over = Deadline.in(Duration.ZERO, TimeSource.system());
    assertThrows(StoreException.class, () -> QueryDeadline.within(over, () -> kv.get("a")));
    Servers.await("it works", this::works);
  }

  @Test
  void aClientStartsBeforeItsServer() throws Exception {
    link.cut();
    try (Redis early = Redis.of("redis://127.0.0.1:" + link.port(), Servers.patient().withTimeout(TIMEOUT))) {
      assertFalse(early.isConnected());
      RedisKv store = RedisKv.on(early, prefix);
      assertThrows(StoreException.class, () -> store.get("a"));
      link.heal();
      Servers.await("it connects", early::isConnected);
      store.close();
    }
  }

  @Test
  void aClosedClientSaysSo() {
    redis.close();
    assertEquals(Reason.CLOSED, fails().reason());
    redis.close();
  }
}
