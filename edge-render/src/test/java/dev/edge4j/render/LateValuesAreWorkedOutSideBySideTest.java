package dev.edge4j.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.GatewayTimeout;
import dev.edge4j.middleware.ContextStorage;
import dev.edge4j.middleware.Timeout;
import dev.edge4j.testing.TestClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Work behind a late value begins at once, ends in time, and what goes wrong with it is said once, where it is waited for. */
class LateValuesAreWorkedOutSideBySideTest {
  @Test
  void beginsAtOnceAndRunsBesideOthers() throws Exception {
    var both = new CyclicBarrier(2); // neither comes through alone
    Late<Integer> one = Late.of(() -> both.await(5, TimeUnit.SECONDS));
    Late<Integer> other = Late.of(() -> both.await(5, TimeUnit.SECONDS));
    assertEquals(1, one.await().orElseThrow() + other.await().orElseThrow());
    assertTrue(one.isSettled());
  }

  @Test
  void throwsWhatItsWorkThrew() {
    var cause = new IllegalArgumentException("no such product");
    Late<String> late = Late.of(() -> {
      throw cause;
    });
    assertSame(cause, assertThrows(IllegalArgumentException.class, late::await));
    Late<String> broken = Late.of(() -> {
      throw new AssertionError("broken");
    });
    assertThrows(AssertionError.class, broken::await);
  }

  @Test
  void isGivenUpInTimeAndInterrupted() throws Exception {
    var begun = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    Late<String> late = untilInterrupted(begun, interrupted).within(Duration.ofMillis(500));
    begun.await(); // what has not begun is left out, not interrupted
    assertThrows(GatewayTimeout.class, late::await);
    assertTrue(interrupted.await(30, TimeUnit.SECONDS));
    assertTrue(late.isSettled());
    assertEquals(Duration.ZERO, late.remaining());
  }

  private static Late<String> untilInterrupted(CountDownLatch begun, CountDownLatch interrupted) {
    return Late.of(() -> {
      begun.countDown();
      try {
        new CountDownLatch(1).await();
        return "never";
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw e;
      }
    });
  }

  @Test
  void hasAFallbackForErrorsAndForTime() throws Exception {
    Late<String> failing = Late.of(() -> {
      throw new IllegalStateException("store away");
    });
    assertEquals(Optional.of("none"), failing.orElse("none").await());
    assertEquals(Optional.empty(), failing.orEmpty().await());
    Late<String> stuck = Late.of(() -> {
      new CountDownLatch(1).await();
      return "never";
    });
    assertEquals(Optional.of("none"), stuck.within(Duration.ofMillis(1)).orElse("none").await());
  }

  @Test
  void givesNoNull() {
    @SuppressWarnings("NullAway") // what an application may do nevertheless
    Late<String> late = Late.of(() -> null);
    assertThrows(NullPointerException.class, late::await);
  }

  @Test
  void tellsWhoWaitsWhenItIsDone() throws Exception {
    var go = new CountDownLatch(1);
    var told = new CountDownLatch(2);
    Late<String> late = Late.of(() -> {
      go.await();
      return "there";
    });
    late.whenDone(told::countDown);
    assertFalse(late.isSettled());
    go.countDown();
    assertEquals("there", late.await().orElseThrow());
    late.whenDone(told::countDown);
    assertTrue(told.await(5, TimeUnit.SECONDS));
  }

  @Test
  void aCancelledOneIsAFailure() throws Exception {
    Late<String> late = Late.of(() -> {
      new CountDownLatch(1).await();
      return "never";
    });
    late.cancel();
    assertEquals("none", late.orElse("none").await().orElseThrow());
  }

  @Test
  void hasNoMoreTimeThanItsRequest() throws Exception {
    var interrupted = new CountDownLatch(1);
    var left = new AtomicReference<Duration>();
    var app = new App();
    app.use(Timeout.after(Duration.ofSeconds(1)), ContextStorage.create());
    app.get("/", c -> {
      var begun = new CountDownLatch(1);
      Late<String> late = untilInterrupted(begun, interrupted);
      left.set(late.remaining());
      begun.await();
      new CountDownLatch(1).await(30, TimeUnit.SECONDS);
      return c.text("never");
    });
    try (TestClient client = TestClient.inProcess(app)) {
      assertEquals(504, client.get("/").status());
    }
    assertTrue(left.get().compareTo(Duration.ofSeconds(1)) <= 0, left.get().toString());
    assertTrue(interrupted.await(30, TimeUnit.SECONDS));
  }
}
