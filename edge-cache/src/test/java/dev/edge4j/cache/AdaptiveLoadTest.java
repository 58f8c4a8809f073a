package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.support.Waiting;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A loader may say how long its value is fresh, its tags, that it is not to be kept, or that the old one is still right. */
class AdaptiveLoadTest {
  private final VirtualClock clock = new VirtualClock();
  private final MemoryKv kv = new MemoryKv(1_000, clock);

  private CacheBuilder<String, String> builder() {
    return Cache.<String, String>named("test").freshFor(Duration.ofMinutes(1)).clock(clock);
  }

  @Test
  void itsOwnFreshness() {
    Cache<String, String> cache = builder().build();
    cache.get("k", (_, load) -> load.of("one").withFreshFor(Duration.ofSeconds(10)));
    clock.advance(Duration.ofSeconds(10).minusMillis(1));
    assertEquals("one", cache.get("k", _ -> "two"));
    clock.advance(Duration.ofMillis(1));
    assertEquals("two", cache.get("k", _ -> "two"));
  }

  @Test
  void itsOwnTags() {
    Cache<String, String> cache = builder().tags(value -> List.of("value:" + value)).build();
    for (String tag : List.of("value:one", "extra")) {
      cache.invalidate("k");
      cache.get("k", (_, load) -> load.of("one").withTags(List.of("extra")));
      cache.invalidateTag(tag);
      assertEquals("two", cache.get("k", _ -> "two"), tag);
    }
  }

  @Test
  void notStoredAndWhatWasThereIsForgotten() {
    Cache<String, String> cache = builder().kv(kv, String.class).staleFor(Duration.ofMinutes(1)).build();
    cache.get("k", _ -> "old");
    Waiting.until(() -> kv.get("cache:test:=k").isPresent());
    clock.advance(Duration.ofMinutes(1));
    cache.get("k", (_, load) -> load.of("only now").notStored());
    Waiting.until(() -> cache.peek("k").isEmpty());
    Waiting.until(() -> kv.get("cache:test:=k").isEmpty());
    Waiting.until(cache::isQuiet); // who comes before has what the refresh began with
    assertEquals("only now", cache.get("k", (_, load) -> load.of("only now").notStored()));
    assertEquals("next", cache.get("k", _ -> "next"));
  }

  @Test
  void thatThereIsNothingForItsOwnTime() {
    Cache<String, String> cache = builder().build();
    assertEquals(Optional.empty(),
        cache.find("k", (_, load) -> load.absent().withFreshFor(Duration.ofSeconds(5)).withTags(List.of("tea"))));
    assertThrows(NoSuchElementException.class, () -> cache.get("k", _ -> "one"));
    cache.invalidateTag("tea");
    assertEquals("one", cache.get("k", _ -> "one"));
  }

  @Test
  void aRefreshSeesWhatItReplacesAndMayKeepIt() {
    Cache<String, String> cache = builder().staleFor(Duration.ofMinutes(1)).build();
    List<String> seen = new CopyOnWriteArrayList<>();
    AdaptiveLoader<String, String> conditional = (_, load) -> {
      seen.add(load.previous() + " " + load.etag());
      return load.etag().equals(Optional.of("\"1\"")) ? load.unchanged() : load.of("one").withEtag("\"1\"");
    };
    cache.get("k", conditional);
    clock.advance(Duration.ofMinutes(1));
    assertTrue(cache.lookup("k", conditional).stale());
    Waiting.until(() -> !cache.lookup("k", conditional).stale());
    assertEquals(new CacheResult<>("one", Layer.L1, Duration.ZERO, false, false, false), cache.lookup("k",
        conditional));
    assertEquals(List.of("Optional.empty Optional.empty", "Optional[one] Optional[\"1\"]"), seen);
    clock.advance(Duration.ofMinutes(1));
    Waiting.until(() -> cache.get("k", conditional).equals("one") && seen.size() == 3);
    assertEquals("Optional[one] Optional[\"1\"]", seen.getLast(), "the validator is kept with what is unchanged");
  }

  @Test
  void theStoreMayKeepAValueForThatAlone() {
    builder().kv(kv, String.class)
        .kvFor(Duration.ofHours(1))
        .build()
        .get("k", (_, load) -> load.of("one").withEtag("\"1\""));
    Waiting.until(() -> kv.get("cache:test:=k").isPresent());
    clock.advance(Duration.ofMinutes(59));
    Cache<String, String> restarted = builder().kv(kv, String.class).build();
    assertEquals(Optional.empty(), restarted.peek("k"));
    assertEquals("one", restarted.get("k", (_, load) -> load.unchanged()));
  }

  @Test
  void anInvalidatedValueIsNotCompared() {
    Cache<String, String> cache = builder().kv(kv, String.class).staleFor(Duration.ofMinutes(1)).build();
    List<Optional<String>> previous = new ArrayList<>();
    cache.get("k", (_, load) -> load.of("one").withTags(List.of("tea")));
    cache.invalidateTag("tea");
    cache.get("k", (_, load) -> {
      previous.add(load.previous());
      return load.of("two");
    });
    assertEquals(List.of(Optional.empty()), previous);
    IllegalStateException e = assertThrows(IllegalStateException.class,
        () -> cache.get("other", (_, load) -> load.unchanged()));
    assertTrue(String.valueOf(e.getMessage()).contains("no previous value"));
  }
}
