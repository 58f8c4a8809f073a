package dev.edge4j.server.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.server.limits.Counters;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a handler may rely on, whichever scheduler runs it. */
@Timeout(60)
class BothSchedulersKeepTheirContractTest {
  /** The two. */
  enum Kind {
    INLINE_THEN_HOP, HOP;

    Scheduler scheduler() {
      return this == HOP ? new Hop(new Counters()) : new InlineThenHop(new Counters());
    }
  }

  private final Loop loops = new Loop();
  private final EventLoop loop = loops.next();

  @AfterEach
  void close() {
    loops.close();
  }

  private <T> CompletableFuture<T> start(Kind kind, Callable<? extends T> task) {
    return start(kind.scheduler(), task);
  }

  private <T> CompletableFuture<T> start(Scheduler scheduler, Callable<? extends T> task) {
    return Tried.start(scheduler, loop, Tried.unknownPace(), task);
  }

  @ParameterizedTest
  @EnumSource
  void aTaskHasAVirtualThreadAndItsResultIsDeliveredOnTheLoop(Kind kind) {
    assertTrue(start(kind, () -> Thread.currentThread().isVirtual()).join());
    assertEquals("edge4j-request", start(kind, () -> Thread.currentThread().getName()).join());
    assertFalse(start(kind, loop::inEventLoop).join(), "as far as Netty is concerned it is elsewhere");
  }

  @ParameterizedTest
  @EnumSource
  void whoWaitsDoesNotHoldTheLoop(Kind kind) throws InterruptedException {
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    CompletableFuture<String> waiting = start(kind, () -> {
      entered.countDown();
      release.await();
      return "done";
    });
    assertTrue(entered.await(10, TimeUnit.SECONDS));
    loop.submit(release::countDown).syncUninterruptibly();
    assertEquals("done", waiting.join());
  }

  @ParameterizedTest
  @EnumSource
  void errorsAreAnsweredToo(Kind kind) {
    CompletableFuture<String> thrown = start(kind, () -> {
      throw new StackOverflowError("deep");
    });
    assertInstanceOf(StackOverflowError.class, assertThrows(CompletionException.class, thrown::join).getCause());
    CompletableFuture<String> later = start(kind, () -> {
      Thread.sleep(1);
      throw new IOException("late");
    });
    assertInstanceOf(IOException.class, assertThrows(CompletionException.class, later::join).getCause());
  }

  private static final InheritableThreadLocal<String> INHERITED = new InheritableThreadLocal<>();

  @ParameterizedTest
  @EnumSource
  void nothingIsInheritedFromTheLoop(Kind kind) {
    loop.submit(() -> INHERITED.set("of the loop")).syncUninterruptibly();
    assertEquals("nothing", start(kind, () -> INHERITED.get() == null ? "nothing" : INHERITED.get()).join());
  }

  @ParameterizedTest
  @EnumSource
  void theClassLoaderIsThatOfWhoStartedTheServer(Kind kind) throws IOException {
    Thread current = Thread.currentThread();
    ClassLoader before = current.getContextClassLoader();
    try (var own = new URLClassLoader(new URL[0], before)) {
      current.setContextClassLoader(own);
      Scheduler scheduler = kind.scheduler();
      current.setContextClassLoader(before);
      assertSame(own, start(scheduler, () -> Thread.currentThread().getContextClassLoader()).join());
    }
  }

  @ParameterizedTest
  @EnumSource
  void interruptsArrive(Kind kind) throws InterruptedException {
    var thread = new CompletableFuture<Thread>();
    CompletableFuture<String> waiting = start(kind, () -> {
      thread.complete(Thread.currentThread());
      try {
        new CountDownLatch(1).await();
        return "not interrupted";
      } catch (InterruptedException e) {
        return "interrupted";
      }
    });
    thread.join().interrupt();
    assertEquals("interrupted", waiting.join());
  }

  @ParameterizedTest
  @EnumSource
  void childrenRunWhereverTheirParentWas(Kind kind) {
    assertEquals("child", start(kind, () -> {
      var made = new CompletableFuture<String>();
      Thread child = Thread.ofVirtual().start(() -> made.complete("child"));
      String text = made.get();
      child.join();
      return text;
    }).join());
  }

  /** Resumed on the loop, a virtual thread in the queue of a lock that the loop wants would stop both for ever. */
  @ParameterizedTest
  @EnumSource
  @SuppressWarnings("LockNotBeforeTry") // held across what the test looks at
  void aLockThatTheLoopWantsTooIsNoDeadlock(Kind kind) throws InterruptedException {
    var lock = new ReentrantLock(true);
    lock.lock();
    CompletableFuture<String> waiting = start(kind, () -> {
      lock.lock();
      try {
        return "had it";
      } finally {
        lock.unlock();
      }
    });
    while (!lock.hasQueuedThreads()) {
      Thread.onSpinWait();
    }
    var onLoop = loop.submit(() -> {
      lock.lock();
      lock.unlock();
    });
    while (lock.getQueueLength() < 2) {
      Thread.onSpinWait();
    }
    lock.unlock();
    assertTrue(onLoop.await(10, TimeUnit.SECONDS));
    assertEquals("had it", waiting.join());
  }

  @ParameterizedTest
  @EnumSource
  void whoStillRunsWhenTheLoopShutsDownFinishes(Kind kind) throws InterruptedException {
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var finished = new CountDownLatch(1);
    CompletableFuture<String> waiting = start(kind, () -> {
      entered.countDown();
      release.await();
      finished.countDown();
      return "done";
    });
    assertTrue(entered.await(10, TimeUnit.SECONDS));
    loops.close();
    release.countDown();
    assertTrue(finished.await(10, TimeUnit.SECONDS));
    assertInstanceOf(Tried.Lost.class, assertThrows(CompletionException.class, waiting::join).getCause());
  }

  @ParameterizedTest
  @EnumSource
  void whoWritesABodyHasLeftTheLoop(Kind kind) {
    Scheduler scheduler = kind.scheduler();
    assertTrue(start(scheduler, () -> {
      scheduler.leaveLoop();
      return loop.submit(() -> true).get(10, TimeUnit.SECONDS);
    }).join());
  }
}
