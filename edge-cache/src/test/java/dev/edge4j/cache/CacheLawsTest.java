package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.cache.support.Waiting;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** On random histories of one key the cache answers as a plain model does, which knows no threads, layers or versions. */
class CacheLawsTest {
  /** One step of a history; only {@code Wait} uses the number. */
  enum Kind {
    GET, WAIT, INVALIDATE, EXPIRE, INVALIDATE_TAG, CLEAR, PUT, BREAK, MEND
  }

  record Step(Kind kind, int seconds) {}

  record Settings(int fresh, int swr, int sie, int negative, int error, int pause) {}

  /** What the answer must be: a value (0 for none), and whether it is stale; or a failure. */
  record Answer(boolean failed, int value, boolean stale) {}

  /** The rules, with refreshes that end before the next step. */
  private static final class Model {
    private final Settings s;
    private boolean has;
    private int value;
    private long freshUntil;
    private long swrUntil;
    private long sieUntil;
    private long pausedUntil;
    private long failedUntil;

    Model(Settings settings) {
      this.s = settings;
    }

    Answer get(long now, int next, boolean broken) {
      if (has && now < freshUntil) {
        return new Answer(false, value, false);
      }
      boolean revalidate = has && now < swrUntil && swrUntil > freshUntil;
      boolean cover = has && now < sieUntil && sieUntil > freshUntil;
      if ((revalidate || cover) && now < pausedUntil) {
        return new Answer(false, value, true);
      }
      if (!revalidate && !cover && now < failedUntil) {
        return new Answer(true, 0, false);
      }
      var stale = new Answer(false, value, true);
      boolean answeredByStale = revalidate || (broken && cover);
      if (broken) {
        pausedUntil = now + s.pause;
        if (!answeredByStale) {
          has = false;
          failedUntil = now + s.error;
        }
      } else {
        store(now, next);
      }
      return answeredByStale ? stale : broken ? new Answer(true, 0, false) : new Answer(false, next, false);
    }

    void store(long now, int next) {
      boolean absent = next == 0;
      has = !absent || s.negative > 0;
      value = next;
      freshUntil = now + (absent ? s.negative : s.fresh);
      swrUntil = absent ? freshUntil : freshUntil + s.swr;
      sieUntil = absent ? freshUntil : freshUntil + s.sie;
      pausedUntil = 0;
      failedUntil = 0;
    }

    void forget() {
      has = false;
      failedUntil = 0;
    }

    void expire(long now) {
      long earlier = Math.max(0, freshUntil - now);
      freshUntil -= earlier;
      swrUntil -= earlier;
      sieUntil -= earlier;
      pausedUntil = 0;
      failedUntil = 0;
    }
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Kind> kinds = Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.just(Kind.GET)), Tuple.of(6, Arbitraries.just(Kind.WAIT)),
        Tuple.of(4, Arbitraries.of(Kind.class)));
    return Combinators.combine(kinds, Arbitraries.integers().between(1, 6))
        .as(Step::new)
        .list()
        .ofMinSize(5)
        .ofMaxSize(40);
  }

  @Provide
  Arbitrary<Settings> settings() {
    Arbitrary<Integer> some = Arbitraries.integers().between(0, 8);
    return Combinators.combine(some, some, some, some, some, some)
        .as((fresh, swr, sie, negative, error, pause) -> new Settings(fresh + 1, swr, sie, negative, error, pause));
  }

  private final VirtualClock clock = new VirtualClock();
  private final AtomicBoolean broken = new AtomicBoolean();
  private final AtomicInteger next = new AtomicInteger();

  private Optional<Integer> load(String key) {
    if (broken.get()) {
      throw new IllegalStateException("no " + key);
    }
    return Optional.of(next.get()).filter(value -> value != 0);
  }

  @Property(tries = 300)
  void itAnswersAsTheModel(@ForAll("settings") Settings s, @ForAll("histories") List<Step> steps) {
    Cache<String, Integer> cache = Cache.<String, Integer>named("test")
        .freshFor(Duration.ofSeconds(s.fresh))
        .staleWhileRevalidate(Duration.ofSeconds(s.swr))
        .staleIfError(Duration.ofSeconds(s.sie))
        .negativeFor(Duration.ofSeconds(s.negative))
        .errorFor(Duration.ofSeconds(s.error))
        .options(o -> o.withRefreshPause(Duration.ofSeconds(s.pause)))
        .tags(_ -> List.of("t"))
        .clock(clock)
        .build();
    var model = new Model(s);
    broken.set(false);
    for (Step step : steps) {
      long now = clock.millis() / 1_000;
      switch (step.kind) {
        case GET -> {
          next.set((next.get() + 1) % 4);
          Answer expected = model.get(now, next.get(), broken.get());
          assertEquals(expected, ask(cache), () -> step + " of " + steps);
        }
        case WAIT -> clock.advance(Duration.ofSeconds(step.seconds));
        case INVALIDATE -> {
          cache.invalidate("k");
          model.forget();
        }
        case INVALIDATE_TAG -> {
          cache.invalidateTag("t");
          if (model.value != 0) {
            model.has = false; // what is absent has no tag, and a failure neither
          }
        }
        case CLEAR -> {
          cache.clear();
          model.forget();
        }
        case EXPIRE -> {
          cache.expire("k");
          model.expire(now);
        }
        case PUT -> {
          cache.put("k", 9);
          model.store(now, 9);
        }
        case BREAK -> broken.set(true);
        case MEND -> broken.set(false);
      }
    }
  }

  /** Asks, and waits until the refresh that this began has ended. */
  private Answer ask(Cache<String, Integer> cache) {
    Answer answer;
    try {
      CacheResult<Optional<Integer>> found = cache.lookupOptional("k", this::load);
      answer = new Answer(false, found.value().orElse(0), found.stale());
    } catch (IllegalStateException e) {
      answer = new Answer(true, 0, false);
    }
    Waiting.until(cache::isQuiet);
    return answer;
  }
}
