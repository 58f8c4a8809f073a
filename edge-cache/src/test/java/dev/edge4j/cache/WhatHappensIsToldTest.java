package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.cache.support.FailingKv;
import dev.edge4j.cache.support.TestLoader;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A listener hears what the figures count, event by event. */
class WhatHappensIsToldTest {
  private final VirtualClock clock = new VirtualClock();
  private final TestLoader<String> loader = new TestLoader<>();
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private final FailingKv kv = new FailingKv(new MemoryKv(100, clock));

  private final CacheListener<String> listener = new CacheListener<>() {
    @Override
    public void hit(String key, Layer layer, boolean stale) {
      heard.add("hit " + key + " " + layer + (stale ? " stale" : ""));
    }

    @Override
    public void miss(String key) {
      heard.add("miss " + key);
    }

    @Override
    public void degraded(String key) {
      heard.add("degraded " + key);
    }

    @Override
    public void loaded(String key, Duration took, boolean background) {
      heard.add("loaded " + key + " in " + took.toSeconds() + (background ? " behind" : ""));
    }

    @Override
    public void loadFailed(String key, Throwable cause) {
      heard.add("failed " + key + " " + cause.getClass().getSimpleName());
    }

    @Override
    public void invalidated(String key, boolean soft) {
      heard.add((soft ? "expired " : "invalidated ") + key);
    }

    @Override
    public void tagInvalidated(String tag, boolean soft) {
      heard.add((soft ? "expired tag " : "invalidated tag ") + tag);
    }

    @Override
    public void cleared(boolean soft) {
      heard.add(soft ? "expired all" : "cleared");
    }

    @Override
    public void kvFailed() {
      heard.add("kv failed");
    }
  };

  private CacheBuilder<String, String> builder() {
    return Cache.<String, String>named("test").freshFor(Duration.ofMinutes(1)).clock(clock).listener(listener);
  }

  private void expect(String... events) {
    Waiting.until(() -> heard.size() >= events.length);
    assertEquals(List.of(events), List.copyOf(heard));
    heard.clear();
  }

  @Test
  void missesHitsAndLoads() {
    Cache<String, String> cache = builder().staleIfError(Duration.ofHours(1)).build();
    cache.get("k", key -> {
      clock.advance(Duration.ofSeconds(3));
      return loader.load(key);
    });
    expect("loaded k in 3", "miss k");
    cache.get("k", loader);
    cache.lookup("k", loader);
    expect("hit k L1", "hit k L1");
    clock.advance(Duration.ofMinutes(1));
    loader.broken = true;
    cache.get("k", loader);
    expect("failed k IllegalStateException", "hit k L1 stale", "degraded k");
    cache.invalidate("k");
    assertThrows(IllegalStateException.class, () -> cache.get("k", loader));
    expect("invalidated k", "failed k IllegalStateException", "miss k");
    CacheStats stats = cache.stats();
    assertEquals(new CacheStats(3, 0, 2, 1, 0, 0, 3, 2, 0, 0, 0, 1, 0), stats);
    assertEquals(0.6, stats.hitRate());
  }

  @Test
  void refreshesAndInvalidations() {
    Cache<String, String> cache = builder().staleFor(Duration.ofHours(1)).build();
    cache.put("k", "given");
    clock.advance(Duration.ofMinutes(1));
    cache.get("k", loader);
    Waiting.until(() -> heard.contains("loaded k in 0 behind"));
    heard.clear();
    cache.expire("k");
    cache.invalidateTag("t");
    cache.expireTag("t");
    cache.clear();
    cache.expireAll();
    expect("expired k", "invalidated tag t", "expired tag t", "cleared", "expired all");
  }

  @Test
  void failuresOfTheStore() {
    Cache<String, String> cache = builder().kv(kv, String.class).build();
    kv.cut = true;
    cache.get("k", loader);
    Waiting.until(() -> heard.contains("kv failed"));
  }

  @Test
  void aListenerThatFailsDisturbsNobody() {
    Cache<String, String> cache = Cache.<String, String>named("test").listener(new CacheListener<String>() {
      @Override
      public void hit(String key, Layer layer, boolean stale) {
        throw new IllegalStateException("no ear");
      }
    }).build();
    cache.put("k", "given");
    assertEquals("given", cache.get("k", loader));
  }
}
