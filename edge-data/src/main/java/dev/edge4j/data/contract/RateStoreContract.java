package dev.edge4j.data.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.middleware.ratelimit.RateDecision;
import dev.edge4j.middleware.ratelimit.RatePolicy;
import dev.edge4j.middleware.ratelimit.RatePolicy.Algorithm;
import dev.edge4j.middleware.ratelimit.RateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a {@link RateStore} promises, by each algorithm. */
@SuppressWarnings("exports") // JUnit is there for who runs this, and for nobody else
public abstract class RateStoreContract {
  private static final Duration SECOND = Duration.ofSeconds(1);
  /** So long that nothing comes back while a test runs. */
  private static final Duration DAY = Duration.ofDays(1);

  private RateStore store;

  @SuppressWarnings("NullAway.Init") // before each test
  protected RateStoreContract() {}

  /** A store in which nothing is counted yet. */
  protected abstract RateStore open() throws Exception;

  /** Closes what {@link #open} has opened; nothing by default. */
  protected void close() throws Exception {}

  /** Lets time pass as the store sees it: turns its clock forward, or waits until the store's own clock has moved. */
  protected abstract void pass(Duration time) throws Exception;

  @BeforeEach
  public final void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  public final void closeStore() throws Exception {
    close();
  }

  private static List<RatePolicy> policies(int requests, Duration window) {
    List<RatePolicy> policies = new ArrayList<>();
    for (Algorithm algorithm : Algorithm.values()) {
      policies.add(RatePolicy.of(requests, window).withAlgorithm(algorithm).withName(algorithm.name()));
    }
    return policies;
  }

  private RateDecision take(RatePolicy policy, int tokens) throws Exception {
    return store.take(policy.name() + ":ann", policy, tokens);
  }

  /** The first may come back while the store's own clock goes on. */
  private RateDecision takeUntilRefused(RatePolicy policy) throws Exception {
    RateDecision last = take(policy, 1);
    for (int i = 0; i < 1_000 && last.allowed(); i++) {
      last = take(policy, 1);
    }
    assertFalse(last.allowed());
    return last;
  }

  @Test
  public void takesAllOrNothing() throws Exception {
    for (RatePolicy policy : policies(5, DAY)) {
      RateDecision three = take(policy, 3);
      assertTrue(three.allowed());
      assertEquals(2, three.remaining());
      assertEquals(0, three.retryAfterNanos());

      RateDecision tooMany = take(policy, 3);
      assertFalse(tooMany.allowed());
      assertEquals(2, tooMany.remaining());
      assertTrue(tooMany.retryAfterNanos() > 0);

      assertEquals(0, take(policy, 2).remaining());
      assertFalse(take(policy, 1).allowed());
    }
  }

  @Test
  public void eachKeyHasAQuotaOfItsOwn() throws Exception {
    for (RatePolicy policy : policies(1, DAY)) {
      assertTrue(take(policy, 1).allowed());
      assertTrue(store.take(policy.name() + ":bea", policy, 1).allowed());
      assertFalse(take(policy, 1).allowed());
    }
  }

  @Test
  public void whoWaitsAsLongAsItIsToldIsLetThrough() throws Exception {
    for (RatePolicy policy : policies(4, SECOND)) {
      assertTrue(take(policy, 4).allowed());
      RateDecision refused = takeUntilRefused(policy);
      pass(Duration.ofNanos(refused.retryAfterNanos()));
      assertTrue(take(policy, 1).allowed());
    }
  }

  @Test
  public void theQuotaIsFullAgainWhenItIsTold() throws Exception {
    for (RatePolicy policy : policies(4, SECOND)) {
      RateDecision taken = take(policy, 4);
      pass(Duration.ofNanos(taken.resetNanos()));
      assertTrue(take(policy, 4).allowed());
    }
  }

  @Test
  public void aBurstBoundsWhatComesAtOnce() throws Exception {
    RatePolicy policy = RatePolicy.of(10, DAY).withBurst(2);
    assertTrue(take(policy, 2).allowed());
    assertFalse(take(policy, 1).allowed());
  }

  @Test
  public void manyTogetherGetTheLimitAndNoMore() throws Exception {
    for (RatePolicy policy : policies(50, DAY)) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        tasks.add(() -> {
          int allowed = 0;
          for (int i = 0; i < 20; i++) {
            allowed += take(policy, 1).allowed() ? 1 : 0;
          }
          return allowed;
        });
      }
      int allowed = 0;
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (Future<Integer> future : threads.invokeAll(tasks)) {
          allowed += future.get();
        }
      }
      assertEquals(50, allowed);
    }
  }
}
