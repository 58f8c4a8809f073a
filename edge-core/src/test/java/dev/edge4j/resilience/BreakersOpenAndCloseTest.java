package dev.edge4j.resilience;

import static dev.edge4j.resilience.CircuitBreaker.Position.CLOSED;
import static dev.edge4j.resilience.CircuitBreaker.Position.HALF_OPEN;
import static dev.edge4j.resilience.CircuitBreaker.Position.OPEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A breaker's life by example, with the figures it has by default. */
class BreakersOpenAndCloseTest {
  private final List<CircuitBreaker.Position> told = new ArrayList<>();
  private long now = Long.MAX_VALUE - 5_000_000_000L; // the clock wraps on the way
  private double random = 0.5;
  private final CircuitBreaker breaker = CircuitBreaker.of("stock", BreakerOptions.defaults(), () -> now, () -> random,
      told::add);

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private void fail() {
    assertThrows(IOException.class, () -> breaker.call(() -> {
      throw new IOException("refused");
    }));
  }

  private void open() {
    for (int i = 0; i < 20; i++) {
      fail();
    }
    assertEquals(OPEN, breaker.position());
  }

  @Test
  void itOpensAtHalfOfTwentyCalls() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertEquals("ok", breaker.call(() -> "ok"));
    }
    for (int i = 0; i < 9; i++) {
      fail();
    }
    assertEquals(CLOSED, breaker.position());
    fail();
    assertEquals(OPEN, breaker.position());
    var refused = assertThrows(BreakerOpenException.class, () -> breaker.call(() -> "not called"));
    assertEquals("stock", refused.dependency());
    assertEquals(Duration.ofSeconds(5), refused.retryAfter());
    assertEquals("stock has failed too often, and is asked again in 5000 ms", refused.getMessage());
  }

  @Test
  void itClosesAfterThreeProbes() throws Exception {
    open();
    pass(Duration.ofSeconds(5).minusNanos(1));
    assertThrows(BreakerOpenException.class, breaker::pass);
    pass(Duration.ofNanos(1));
    var first = breaker.pass();
    var second = breaker.pass();
    assertEquals(HALF_OPEN, breaker.position());
    var third = breaker.pass();
    assertEquals(Duration.ZERO, assertThrows(BreakerOpenException.class, breaker::pass).retryAfter());
    first.succeeded();
    second.succeeded();
    assertEquals(HALF_OPEN, breaker.position());
    third.succeeded();
    assertEquals(List.of(OPEN, HALF_OPEN, CLOSED), told);
    fail();
    assertEquals(CLOSED, breaker.position(), "it remembers nothing of what was before");
  }

  @Test
  void eachFailedProbeDoublesTheTime() {
    open();
    for (int seconds : new int[]{5, 10, 20, 40, 60, 60}) {
      assertEquals(Duration.ofSeconds(seconds), breaker.retryAfter());
      pass(Duration.ofSeconds(seconds));
      fail();
      assertEquals(OPEN, breaker.position());
    }
  }

  @Test
  void breakersDoNotAskAgainTogether() {
    random = 0;
    open();
    assertEquals(Duration.ofSeconds(4), breaker.retryAfter());
    pass(Duration.ofSeconds(4));
    random = 0.999_999_9;
    fail();
    assertTrue(breaker.retryAfter().compareTo(Duration.ofMillis(11_999)) > 0, breaker.retryAfter().toString());
  }

  @Test
  void slowCallsOpenItToo() {
    List<CircuitBreaker.Pass> passes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      passes.add(breaker.pass());
    }
    pass(Duration.ofSeconds(1).minusNanos(1));
    passes.subList(0, 10).forEach(CircuitBreaker.Pass::succeeded);
    pass(Duration.ofNanos(1));
    passes.subList(10, 19).forEach(CircuitBreaker.Pass::succeeded);
    assertEquals(CLOSED, breaker.position());
    passes.getLast().succeeded();
    assertEquals(OPEN, breaker.position());
  }

  @Test
  void aFailureOfTheCallerIsItsOwnMatter() {
    for (int i = 0; i < 100; i++) {
      var pass = breaker.pass();
      pass.succeeded(); // the answer was 404, say
      pass.failed();
    }
    assertEquals(CLOSED, breaker.position());
  }

  @Test
  void errorsCountAsFailures() {
    for (int i = 0; i < 20; i++) {
      assertThrows(StackOverflowError.class, () -> breaker.call(() -> {
        throw new StackOverflowError();
      }));
    }
    assertEquals(OPEN, breaker.position());
  }

  @Test
  void aProbeThatNeverEndsIsReplaced() {
    open();
    pass(Duration.ofSeconds(5));
    for (int i = 0; i < 3; i++) {
      breaker.pass();
    }
    assertThrows(BreakerOpenException.class, breaker::pass);
    pass(Duration.ofSeconds(5));
    breaker.pass().failed();
    assertEquals(OPEN, breaker.position());
  }

  @Test
  void ofManyThreadsOnlyTheProbesGetThrough() throws Exception {
    open();
    pass(Duration.ofSeconds(5));
    var through = new AtomicInteger();
    var start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      threads.add(Thread.ofVirtual().start(() -> {
        try {
          start.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        breaker.tryPass().ifPresent(_ -> through.incrementAndGet());
      }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(3, through.get());
  }

  @Test
  void nonsenseIsRefused() {
    BreakerOptions options = BreakerOptions.defaults();
    for (Runnable nonsense : List.<Runnable>of(() -> options.withWindow(Duration.ZERO, 1),
        () -> options.withWindow(Duration.ofSeconds(1), 0), () -> options.withFailureRate(0),
        () -> options.withFailureRate(1.1), () -> options.withFailureRate(Double.NaN),
        () -> options.withSlowCalls(Duration.ZERO, 1), () -> options.withSlowCalls(Duration.ofSeconds(1), -1),
        () -> options.withOpen(Duration.ofSeconds(2), Duration.ofSeconds(1)), () -> options.withProbes(0))) {
      var refused = assertThrows(IllegalArgumentException.class, nonsense::run);
      assertTrue(String.valueOf(refused.getMessage()).contains("(expected: "), refused.getMessage());
    }
  }
}
