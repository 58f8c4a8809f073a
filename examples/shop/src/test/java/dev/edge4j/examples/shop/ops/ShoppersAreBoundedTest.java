package dev.edge4j.examples.shop.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Virtual shoppers are no more, stay no longer and ask no more at once than is said; and they visit nobody else. */
@Timeout(60)
class ShoppersAreBoundedTest {
  private static final Duration PAUSE = Duration.ofMillis(1);

  private final Monitor monitor = new Monitor(() -> Instant.EPOCH, () -> Duration.ZERO);

  @Test
  void theyComeOnceAskAFewAtATimeAndLeave() throws Exception {
    var crowd = new Crowd(monitor);
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    Set<String> cookies = ConcurrentHashMap.newKeySet();
    var allHere = new CountDownLatch(200);
    assertTrue(crowd.send((path, cookie) -> {
      if (cookies.add(cookie)) {
        allHere.countDown();
      }
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      inside.decrementAndGet();
      return path.startsWith("/") ? 200 : 500;
    }, 200, Duration.ofSeconds(20), PAUSE));
    assertFalse(crowd.send((_, _) -> 200, 1, Duration.ofSeconds(1), PAUSE), "one crowd at a time");
    allHere.await();
    assertTrue(crowd.status().running());
    crowd.close();
    assertTrue(crowd.awaitEnd(Duration.ofSeconds(20)));
    assertEquals(200, cookies.size());
    assertTrue(most.get() <= 32, "at once: " + most);
    assertEquals(0, crowd.status().failed());
    assertTrue(crowd.send((_, _) -> 503, 1, Duration.ofMillis(50), PAUSE), "the next one may come");
    assertTrue(crowd.awaitEnd(Duration.ofSeconds(20)), "their time is over by itself");
    assertEquals(crowd.status().asked(), crowd.status().failed());
  }

  @Test
  void noOtherMachineIsEverAsked() {
    var crowd = new Crowd(monitor);
    for (String other : Set.of("http://192.0.2.1/", "http://10.0.0.1:8080", "http://[2001:db8::1]/", "mailto:a")) {
      assertThrows(IllegalArgumentException.class, () -> crowd.send(URI.create(other), 1, Duration.ofSeconds(1)),
          other);
    }
    assertFalse(crowd.status().running());
  }

  @Test
  void aCrowdThatIsTooLargeIsRefused() {
    var crowd = new Crowd(monitor);
    URI here = URI.create("http://127.0.0.1:9");
    assertThrows(IllegalArgumentException.class, () -> crowd.send(here, 1_001, Duration.ofSeconds(1)));
    assertThrows(IllegalArgumentException.class, () -> crowd.send(here, 0, Duration.ofSeconds(1)));
    assertThrows(IllegalArgumentException.class, () -> crowd.send(here, 1, Duration.ofSeconds(31)));
  }
}
