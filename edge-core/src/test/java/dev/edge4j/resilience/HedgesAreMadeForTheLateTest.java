package dev.edge4j.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call that is late is made once more, and no more of them than a twentieth; the loser is told and leaves nothing open. */
@Timeout(30)
class HedgesAreMadeForTheLateTest {
  private final AtomicInteger calls = new AtomicInteger();
  private final CountDownLatch never = new CountDownLatch(1);

  private final AtomicLong now = new AtomicLong();

  /** One to which late is what takes longer than that, by a clock that goes on with the calls alone. */
  private Hedge trained(int calls, Duration took) throws Exception {
    Hedge hedge = Hedge.of(now::get);
    for (int i = 0; i < calls; i++) {
      assertEquals("quick", hedge.call(() -> {
        now.addAndGet(took.toNanos());
        return "quick";
      }));
    }
    now.addAndGet(Duration.ofSeconds(10).toNanos()); // brings back what calls that were late by chance have cost
    return hedge;
  }

  private Hedge trained() throws Exception {
    return trained(100, Duration.ofMillis(1));
  }

  @Test
  void theSecondAnswersForTheFirst() throws Exception {
    Hedge hedge = trained();
    long before = hedge.hedged();
    var interrupted = new CompletableFuture<String>();
    String answer = hedge.call(() -> {
      if (calls.getAndIncrement() > 0) {
        return "second";
      }
      try {
        never.await();
        return "first";
      } catch (InterruptedException e) {
        interrupted.complete("told");
        throw e;
      }
    });
    assertEquals("second", answer);
    assertEquals("told", interrupted.get(10, TimeUnit.SECONDS));
    assertEquals(before + 1, hedge.hedged());
  }

  @Test
  void whatTheLoserStillBringsIsClosed() throws Exception {
    Hedge hedge = trained();
    var closed = new CompletableFuture<String>();
    var go = new CountDownLatch(1);
    AutoCloseable answer = hedge.call(() -> {
      if (calls.getAndIncrement() > 0) {
        return () -> {};
      }
      while (true) { // deaf to interrupts
        try {
          go.await();
          return () -> closed.complete("closed");
        } catch (InterruptedException _) {
          // goes on
        }
      }
    });
    answer.close();
    go.countDown();
    assertEquals("closed", closed.get(10, TimeUnit.SECONDS));
  }

  @Test
  void untilEnoughIsKnownNothingIsLate() throws Exception {
    Hedge hedge = trained(19, Duration.ofSeconds(1));
    assertTrue(hedge.late().isEmpty());
    assertEquals("quick", hedge.call(() -> "quick"));
    assertTrue(hedge.late().isPresent());
    assertEquals(0, hedge.hedged());
  }

  @Test
  void aFailureIsNoReasonToAskAgain() throws Exception {
    Hedge hedge = trained(25, Duration.ofSeconds(1));
    assertThrows(IOException.class, () -> hedge.call(() -> {
      calls.incrementAndGet();
      throw new IOException("on purpose");
    }));
    assertEquals(1, calls.get());
  }

  @Test
  void theSecondIsWaitedForIfTheFirstFailsLate() throws Exception {
    Hedge hedge = trained();
    var second = new CountDownLatch(1);
    assertEquals("second", hedge.call(() -> {
      if (calls.getAndIncrement() == 0) {
        second.await();
        throw new IOException("too late");
      }
      second.countDown();
      while (!Thread.currentThread().isInterrupted() && calls.get() < 2) {
        Thread.onSpinWait();
      }
      return "second";
    }));
  }

  @Test
  void ifBothFailTheLastOneSaysWhy() throws Exception {
    Hedge hedge = trained();
    var second = new CountDownLatch(1);
    IOException e = assertThrows(IOException.class, () -> hedge.call(() -> {
      if (calls.getAndIncrement() == 0) {
        second.await();
        throw new IOException("failed");
      }
      second.countDown();
      throw new IOException("failed");
    }));
    assertEquals("failed", e.getMessage());
    assertEquals(2, calls.get());
  }

  @Test
  void theyAreATwentiethAtMost() throws Exception {
    Hedge hedge = Hedge.create();
    for (int i = 0; i < 20; i++) {
      assertEquals("quick", hedge.call(() -> "quick"));
    }
    for (int i = 0; i < 400; i++) {
      var first = new AtomicInteger();
      var go = new CountDownLatch(1);
      hedge.call(() -> {
        if (first.getAndIncrement() > 0) {
          go.countDown();
          return "hedged";
        }
        boolean _ = go.await(2, TimeUnit.MILLISECONDS);
        return "late";
      });
    }
    assertTrue(hedge.hedged() <= 420 / 20 + 10 + 30, () -> hedge.hedged() + " of 420");
    assertTrue(hedge.hedged() >= 1, () -> hedge.hedged() + " of 420");
  }

  @Test
  void anInterruptEndsBoth() throws Exception {
    Hedge hedge = trained();
    var both = new CountDownLatch(2);
    var ended = new CountDownLatch(2);
    var thrown = new CompletableFuture<Throwable>();
    Thread asking = Thread.ofVirtual().start(() -> {
      try {
        hedge.call(() -> {
          both.countDown();
          try {
            never.await();
          } finally {
            ended.countDown();
          }
          return "never";
        });
      } catch (Throwable e) {
        thrown.complete(e);
      }
    });
    assertTrue(both.await(10, TimeUnit.SECONDS));
    asking.interrupt();
    assertTrue(thrown.get(10, TimeUnit.SECONDS) instanceof InterruptedException);
    assertTrue(ended.await(10, TimeUnit.SECONDS));
  }

  @Property(tries = 300)
  void aQuantileIsAnEighthTooHighAtMost(@ForAll @Size(min = 1, max = 200) long[] any) {
    long[] nanos = Arrays.stream(any).map(one -> 1_000 + Math.floorMod(one, 100_000_000_000L)).toArray();
    var latencies = new Latencies(Duration.ofMinutes(1), 0);
    for (long one : nanos) {
      latencies.add(one, 0);
    }
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    for (double share : new double[]{0.5, 0.95, 1}) {
      long exact = sorted[(int) Math.ceil(share * sorted.length) - 1];
      long read = latencies.quantile(share, 1, 0).orElseThrow();
      assertTrue(read >= exact && read <= exact + exact / 8 + 1_000, () -> read + " for " + exact);
    }
  }

  @Property(tries = 300)
  void bucketsAreInOrder(@ForAll @LongRange(min = 0, max = 1_000_000_000_000_000L) long nanos) {
    int bucket = Latencies.bucket(nanos);
    assertTrue(Latencies.upper(bucket) >= nanos);
    assertTrue(bucket == 0 || Latencies.upper(bucket - 1) <= Math.max(nanos, 1_000));
  }

  @Test
  void whatNobodyCameForIsClosed() throws Exception {
    var closed = new CompletableFuture<String>();
    AutoCloseable result = () -> closed.complete("closed");
    var race = new Race<>(() -> result);
    race.start();
    assertTrue(race.await(TimeUnit.SECONDS.toNanos(10)));
    race.close(); // as by an interrupt at the moment when it came
    assertEquals("closed", closed.get(10, TimeUnit.SECONDS));
  }
}
