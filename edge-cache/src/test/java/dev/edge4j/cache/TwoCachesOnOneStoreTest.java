package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.bus.Backplane;
import dev.edge4j.cache.bus.Message;
import dev.edge4j.cache.shared.TagVersions;
import dev.edge4j.cache.support.TestClock;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.kv.MemoryKv;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * Whatever two caches on one store do, neither shows a value older than the last invalidation that was acknowledged longer ago than
 * the bounds that {@link CacheBuilder#backplane} states, nor older than its own last one.
 */
class TwoCachesOnOneStoreTest {
  private static final Duration MEMORY_FOR = Duration.ofSeconds(3);

  enum Action {
    READ, BEGIN_LOAD, END_LOAD, INVALIDATE, PUT, INVALIDATE_TAG, CLEAR, WAIT
  }

  /** What one node does; how long, if it waits. */
  record Step(Action action, int node, int millis) {}

  enum Told {
    NOTHING, ALL, SOME
  }

  /** What is played, and what is held to be true of it. */
  record Setup(Told told, Told claimed, Duration memoryFor) {
    static Setup honest(Told told) {
      return new Setup(told, told, MEMORY_FOR);
    }
  }

  /** An acknowledged change of what the origin has. */
  private record Change(long at, int node, boolean ofKey, int value) {}

  /** A bus that loses every other message, by chance. */
  private record LossyBus(Backplane bus, Random random, Told told) implements Backplane {
    @Override
    public void publish(Message message) {
      if (told == Told.ALL || (told == Told.SOME && random.nextBoolean())) {
        bus.publish(message);
      }
    }

    @Override
    public Subscription subscribe(Consumer<Message> listener) {
      return bus.subscribe(listener);
    }

    @Override
    public boolean isLocal() {
      return true;
    }

    @Override
    public void close() {
      bus.close();
    }
  }

  /** A load that is held up after it has asked the origin. */
  private record HeldLoad(Future<Integer> answer, CountDownLatch gate, long began, int atLeast) {}

  /** One register at the origin, two caches before it. */
  private static final class Game implements AutoCloseable {
    private final Setup setup;
    private final TestClock clock = new TestClock();
    private final MemoryKv kv = new MemoryKv(1_000, clock);
    private final AtomicInteger origin = new AtomicInteger();
    private final List<Change> changes = new ArrayList<>();
    private final List<Cache<String, Integer>> nodes = new ArrayList<>();
    private final List<Optional<HeldLoad>> held = new ArrayList<>(List.of(Optional.empty(), Optional.empty()));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private long longestLoad;

    Game(Setup setup, long seed) {
      this.setup = setup;
      var bus = new LossyBus(Backplane.inProcess(), new Random(seed), setup.told);
      for (int i = 0; i < 2; i++) {
        nodes.add(node(kv, clock, setup.memoryFor).backplane(bus).build());
      }
      if (setup.told == Told.NOTHING) {
        nodes.replaceAll(_ -> node(kv, clock, setup.memoryFor).build());
      }
    }

    /** What is wrong with that history, if anything is. */
    Optional<String> play(List<Step> steps) throws Exception {
      for (Step step : steps) {
        Optional<String> wrong = play(step);
        if (wrong.isPresent()) {
          return wrong.map(what -> what + " at " + step + " of " + steps);
        }
      }
      return Optional.empty();
    }

    private Optional<String> play(Step step) throws Exception {
      Cache<String, Integer> cache = nodes.get(step.node);
      switch (step.action) {
        case READ -> {
          int atLeast = atLeast(step.node);
          Optional<Integer> seen = read(step.node);
          return seen.filter(value -> value < atLeast).map(value -> value + " instead of " + atLeast);
        }
        case BEGIN_LOAD -> begin(step.node);
        case END_LOAD -> {
          return end(step.node);
        }
        case INVALIDATE -> change(step.node, true, _ -> cache.invalidate("k"));
        case PUT -> change(step.node, true, value -> cache.put("k", value));
        case INVALIDATE_TAG -> change(step.node, false, _ -> cache.invalidateTag("t"));
        case CLEAR -> change(step.node, false, _ -> cache.clear());
        case WAIT -> clock.advance(Duration.ofMillis(step.millis));
      }
      return Optional.empty();
    }

    private void change(int node, boolean ofKey, Consumer<Integer> invalidation) {
      int value = origin.incrementAndGet();
      invalidation.accept(value);
      changes.add(new Change(clock.millis(), node, ofKey, value));
    }

    private Optional<Integer> read(int node) {
      Cache<String, Integer> cache = nodes.get(node);
      if (held.get(node).isPresent()) {
        return cache.peek("k").map(CacheResult::value); // anything else would wait for the load
      }
      int value = cache.get("k", _ -> origin.get());
      Waiting.until(cache::isQuiet);
      return Optional.of(value);
    }

    private void begin(int node) {
      if (held.get(node).isPresent()) {
        return;
      }
      int atLeast = atLeast(node);
      var entered = new CompletableFuture<Boolean>();
      var gate = new CountDownLatch(1);
      Future<Integer> answer = threads.submit(() -> {
        try {
          return nodes.get(node).get("k", _ -> {
            int value = origin.get();
            entered.complete(true);
            Waiting.until(gate);
            return value;
          });
        } finally {
          entered.complete(false);
        }
      });
      if (entered.join()) {
        held.set(node, Optional.of(new HeldLoad(answer, gate, clock.millis(), atLeast)));
      } else {
        Waiting.until(() -> answer.isDone() && nodes.get(node).isQuiet()); // a layer had it
      }
    }

    private Optional<String> end(int node) throws Exception {
      Optional<HeldLoad> load = held.set(node, Optional.empty());
      if (load.isEmpty()) {
        return Optional.empty();
      }
      longestLoad = Math.max(longestLoad, clock.millis() - load.get().began);
      load.get().gate.countDown();
      int value = load.get().answer.get();
      Waiting.until(nodes.get(node)::isQuiet);
      return value < load.get().atLeast ? Optional.of(value + " was loaded, not " + load.get().atLeast)
          : Optional.empty();
    }

    private int atLeast(int node) {
      return changes.stream()
          .filter(change -> change.node == node || clock.millis() - change.at >= bound(change))
          .mapToInt(Change::value)
          .max()
          .orElse(0);
    }

    /** The documented bounds. */
    private long bound(Change change) {
      if (setup.claimed == Told.ALL) {
        return 0;
      }
      return change.ofKey ? MEMORY_FOR.toMillis() + longestLoad : TagVersions.TRUST.toMillis();
    }

    @Override
    public void close() {
      held.forEach(load -> load.ifPresent(waiting -> waiting.gate.countDown()));
      nodes.forEach(Cache::close);
      threads.close();
    }
  }

  private static CacheBuilder<String, Integer> node(MemoryKv kv, InstantSource clock, Duration memoryFor) {
    return Cache.<String, Integer>named("test")
        .freshFor(Duration.ofDays(1))
        .options(o -> o.withSoftTimeout(Duration.ofDays(1))) // machine time
        .memoryFor(memoryFor)
        .tags(_ -> List.of("t"))
        .kv(kv, Integer.class)
        .clock(clock);
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    return Combinators
        .combine(Arbitraries.of(Action.class), Arbitraries.integers().between(0, 1),
            Arbitraries.of(1, 500, 1_000, 2_999, 3_000))
        .as(Step::new)
        .list()
        .ofMinSize(4)
        .ofMaxSize(30);
  }

  @Property(tries = 150)
  void nobodyIsBehindForLongerThanTheBound(@ForAll Told told, @ForAll("histories") List<Step> steps, @ForAll long seed)
      throws Exception {
    try (var game = new Game(Setup.honest(told), seed)) {
      assertEquals(Optional.empty(), game.play(steps));
    }
  }

  @Test
  void aMemoryThatIsTrustedForTooLongIsFoundOut() throws Exception {
    assertTrue(isFoundOut(new Setup(Told.NOTHING, Told.NOTHING, MEMORY_FOR.multipliedBy(2))));
  }

  @Test
  void aBusThatTellsNothingIsFoundOut() throws Exception {
    assertTrue(isFoundOut(new Setup(Told.SOME, Told.ALL, MEMORY_FOR)));
  }

  private static boolean isFoundOut(Setup setup) throws Exception {
    var random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      List<Step> steps = random.ints(30, 0, Action.values().length)
          .mapToObj(action -> new Step(Action.values()[action], random.nextInt(2), random.nextBoolean() ? 1_000
              : 3_000))
          .toList();
      try (var game = new Game(setup, i)) {
        if (game.play(steps).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  /** The node that invalidates never sees anything older, whatever the other loads and stores at that very moment. */
  @Test
  void alsoWithThreads() throws Exception {
    var kv = new MemoryKv(1_000, InstantSource.system());
    Duration memoryFor = Duration.ofMillis(1);
    Duration bound = memoryFor.plusSeconds(1); // a thread may be kept waiting between a load and the look at the clock
    Cache<String, Integer> writes = node(kv, InstantSource.system(), memoryFor).build();
    Cache<String, Integer> reads = node(kv, InstantSource.system(), memoryFor).build();
    var origin = new AtomicInteger();
    var acknowledged = new ConcurrentSkipListMap<Long, Integer>(Map.of(Long.MIN_VALUE, 0));
    long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    Loader<String, Integer> loader = _ -> {
      int value = origin.get();
      LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(100_000));
      return value;
    };
    List<Future<?>> running = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      running.add(threads.submit(() -> {
        while (System.nanoTime() < end) {
          int value = origin.incrementAndGet();
          writes.invalidate("k");
          acknowledged.put(System.nanoTime(), value);
          for (int i = 0; i < 3; i++) {
            int seen = writes.get("k", loader);
            assertTrue(seen >= value, () -> seen + " instead of " + value);
            LockSupport.parkNanos(1_500_000);
          }
        }
      }));
      for (int i = 0; i < 3; i++) {
        running.add(threads.submit(() -> {
          while (System.nanoTime() < end) {
            int least = acknowledged.floorEntry(System.nanoTime() - bound.toNanos()).getValue();
            int seen = reads.get("k", loader);
            assertTrue(seen >= least, () -> seen + " instead of " + least);
          }
        }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
  }
}
