package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.cache.support.TestClock;
import dev.edge4j.cache.support.Waiting;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** That a key has no value is remembered, for a time of its own. */
class NothingIsRememberedTooTest {
  private final TestClock clock = new TestClock();
  private final AtomicInteger loads = new AtomicInteger();

  private Cache<String, String> cache(Duration negativeFor) {
    return Cache.<String, String>named("test")
        .freshFor(Duration.ofSeconds(60))
        .staleFor(Duration.ofSeconds(60))
        .negativeFor(negativeFor)
        .clock(clock)
        .build();
  }

  private Optional<String> nothing(String key) {
    loads.incrementAndGet();
    return Optional.empty();
  }

  @Test
  void forAsLongAsSaid() {
    Cache<String, String> cache = cache(Duration.ofSeconds(10));
    cache.find("k", this::nothing);
    clock.advance(Duration.ofSeconds(10).minusMillis(1));
    assertEquals(Optional.empty(), cache.find("k", this::nothing));
    assertEquals(1, loads.get());
    assertThrows(NoSuchElementException.class, () -> cache.get("k", _ -> "value"));
    clock.advance(Duration.ofMillis(1));
    assertEquals(Optional.of("value"), cache.find("k", _ -> Optional.of("value")));
  }

  @Test
  void notAtAllUnlessAsked() {
    Cache<String, String> cache = cache(Duration.ZERO);
    cache.find("k", this::nothing);
    cache.find("k", this::nothing);
    assertEquals(2, loads.get());
  }

  @Test
  void aValueThatIsGoneIsServedNoLonger() {
    Cache<String, String> cache = cache(Duration.ZERO);
    cache.get("k", _ -> "value");
    clock.advance(Duration.ofSeconds(60));
    Waiting.until(() -> cache.find("k", this::nothing).isEmpty());
  }
}
