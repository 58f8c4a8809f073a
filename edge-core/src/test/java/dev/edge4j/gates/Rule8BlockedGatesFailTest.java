package dev.edge4j.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.GateBlockedError;
import dev.edge4j.Handler;
import dev.edge4j.Verdict;
import dev.edge4j.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Rule 8: in tests each gate runs on a thread that fails if it parks, with a budget of CPU. The failure names the gate. */
class Rule8BlockedGatesFailTest {
  private static final long WAIT = TimeUnit.MILLISECONDS.toNanos(20);

  private final App app = new App();

  /** What the gate of a test does. */
  private record Doing(Runnable before, Runnable after) implements Gate {
    @Override
    public Verdict before(Context c) {
      before.run();
      return Verdict.pass();
    }

    @Override
    public Response after(Context c, Response response) {
      after.run();
      return response;
    }
  }

  private static Doing before(Runnable action) {
    return new Doing(action, () -> {});
  }

  private GateBlockedError blocked(Gate gate) {
    app.onError((c, _) -> c.text(200, "hidden"));
    app.use(gate);
    app.get("/", c -> c.text("x"));
    return assertThrows(GateBlockedError.class, () -> app.request("/"));
  }

  private static void assertTells(String part, GateBlockedError error) {
    String message = String.valueOf(error.getMessage());
    assertTrue(message.startsWith("Doing") && message.contains(part), message);
  }

  @Test
  void oneThatParks() {
    assertTells("parked, slept or waited ", blocked(before(Rule8BlockedGatesFailTest::park)));
  }

  /** A thread of a pool may have been left a permit, with which it does not park. */
  private static void park() {
    long end = System.nanoTime() + WAIT;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  @Test
  void oneThatSleepsAndTheErrorSaysWhere() {
    // As a user would write it; the test itself waits for nothing.
    GateBlockedError error = blocked(before(Rule8BlockedGatesFailTest::sleepLong));
    assertTells("java.lang.Thread.sleepNanos0", error);
    assertTells("sleepLong(Rule8BlockedGatesFailTest.java:", error);
  }

  private static void sleepLong() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void oneThatWaitsForAnother() {
    var never = new CompletableFuture<String>();
    GateBlockedError error = blocked(before(() -> {
      try {
        never.get(20, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw new IllegalStateException("no answer", e);
      } catch (InterruptedException | ExecutionException e) {
        throw new AssertionError(e);
      }
    }));
    assertTells("blocked", error);
    assertEquals("no answer", error.getSuppressed()[0].getMessage());
  }

  @Test
  void oneThatTakesALockWhichAnotherHolds() throws InterruptedException {
    var lock = new ReentrantLock();
    var held = new CompletableFuture<Boolean>();
    Thread holder = Thread.ofPlatform().start(() -> {
      lock.lock();
      try {
        held.complete(true);
        while (!lock.hasQueuedThreads()) {
          Thread.onSpinWait();
        }
        park();
      } finally {
        lock.unlock();
      }
    });
    assertTrue(held.join());
    var counted = new int[1];
    assertTells("blocked", blocked(before(() -> {
      lock.lock();
      try {
        counted[0]++;
      } finally {
        lock.unlock();
      }
    })));
    assertEquals(1, counted[0]);
    holder.join();
  }

  @Test
  void oneThatEntersAMonitorWhichAnotherHolds() throws InterruptedException {
    var monitor = new Object();
    var held = new CompletableFuture<Thread>();
    Thread gate = Thread.currentThread();
    Thread holder = Thread.ofPlatform().start(() -> {
      synchronized (monitor) {
        held.complete(Thread.currentThread());
        while (gate.getState() != Thread.State.BLOCKED) {
          Thread.onSpinWait();
        }
        park();
      }
    });
    held.join();
    var warm = new AtomicBoolean();
    app.use(before(() -> {
      if (warm.getAndSet(true)) { // in its first run a class could be loaded by another thread
        synchronized (monitor) {
          held.join();
        }
      }
    }));
    app.get("/", c -> c.text("x"));
    assertEquals(200, app.request("/").status());
    assertTells("held up by a monitor 1 times", assertThrows(GateBlockedError.class, () -> app.request("/")));
    holder.join();
  }

  @Test
  void oneThatReadsASocketWhichNeverAnswers() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var socket = new Socket(silent.getInetAddress(), silent.getLocalPort())) {
      socket.setSoTimeout(500);
      GateBlockedError error = blocked(before(() -> read(socket)));
      assertTells("waited for the network, seen in sun.nio.ch.", error);
      assertInstanceOf(UncheckedIOException.class, error.getSuppressed()[0]);
    }
  }

  private static void read(Socket socket) {
    try {
      assertEquals(-1, socket.getInputStream().read());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anAfterAndAnInlineHandlerAreWatchedToo() {
    assertTells("Doing.after blocked", blocked(new Doing(() -> {}, () -> park())));
    var other = new App();
    other.get("/ping", Handler.inline(c -> {
      park();
      return c.text("pong");
    }));
    var error = assertThrows(GateBlockedError.class, () -> other.request("/ping"));
    assertTrue(String.valueOf(error.getMessage()).startsWith("the inline handler of GET /ping blocked"),
        error.getMessage());
  }

  @Test
  void shortWaitsFailOnceTheyAreAHabit() {
    app.use(before(() -> LockSupport.parkNanos(1_000)));
    app.get("/", c -> c.text("x"));
    var error = assertThrows(GateBlockedError.class, () -> {
      for (int i = 0; i < 4; i++) { // the third wait is one too many, and a permit may have spared us one
        assertEquals(200, app.request("/").status());
      }
    });
    assertTells("blocked", error);
  }

  @Test
  void oneThatBurnsCpu() {
    app.use(before(Rule8BlockedGatesFailTest::burn));
    app.get("/", c -> c.text("x"));
    var error = assertThrows(GateBlockedError.class, () -> {
      for (int i = 0; i < 100; i++) {
        assertEquals(200, app.request("/").status());
      }
    });
    assertTells("of CPU in the best of its last 30 runs (expected: at most 1,000;", error);
  }

  private static void burn() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aFineOneNeverFails() {
    app.use(before(() -> {}));
    app.get("/", Handler.inline(c -> c.text("x")));
    for (int i = 0; i < 20_000; i++) {
      assertEquals(200, app.request("/").status());
    }
  }

  @Test
  void onAVirtualThreadAGateMayBlock() throws InterruptedException {
    app.use(before(() -> park()));
    app.get("/", c -> c.text("x"));
    var status = new CompletableFuture<Integer>();
    Thread.ofVirtual().start(() -> status.complete(app.request("/").status())).join();
    assertEquals(200, status.join());
  }

  @Test
  void behindAMiddlewareItMayToo() throws IOException {
    app.use((_, next) -> next.proceed());
    app.use(before(() -> park()));
    app.get("/", c -> c.text("x"));
    assertEquals(200, app.request("/").status());
    try (var served = new Served(app)) {
      assertEquals(200, served.get("/").status());
    }
  }

  @Test
  void inAnApplicationMountedBehindOneItMayToo() throws IOException {
    var inner = new App();
    inner.use(new Doing(() -> park(), () -> LockSupport.parkNanos(WAIT)));
    inner.get("/", Handler.inline(c -> {
      park();
      return c.text("x");
    }));
    app.use((_, next) -> next.proceed());
    app.mount("/in", inner);
    assertEquals(200, app.request("/in").status());
    try (var served = new Served(app)) {
      assertEquals(200, served.get("/in").status());
    }
  }

  @Test
  void oneOfAMountedApplicationThatLeads() {
    var inner = new App();
    inner.use(before(() -> park()));
    inner.get("/", c -> c.text("x"));
    app.mount("/in", inner);
    assertTells("blocked", assertThrows(GateBlockedError.class, () -> app.request("/in")));
  }

  @Test
  void aServerAnswers500InSpiteOfAnyOnErrorAndGoesOn() throws IOException {
    app.onError((c, _) -> c.text(200, "hidden"));
    app.use("/blocked", before(() -> park()));
    app.get("/blocked", c -> c.text("x"));
    app.get("/", c -> c.text("fine"));
    try (var served = new Served(app)) {
      assertEquals(500, served.get("/blocked").status());
      assertEquals("fine", served.get("/").body());
    }
  }
}
