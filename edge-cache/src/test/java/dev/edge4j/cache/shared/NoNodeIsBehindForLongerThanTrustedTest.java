package dev.edge4j.cache.shared;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.bus.Backplane;
import dev.edge4j.cache.bus.Message;
import dev.edge4j.cache.support.TestClock;
import dev.edge4j.kv.MemoryKv;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * Whatever two nodes on one store do, neither shows a value older than the last invalidation that was acknowledged
 * {@link TagVersions#TRUST} ago, nor older than its own last one: with and without a bus, and with one that loses and delays.
 */
class NoNodeIsBehindForLongerThanTrustedTest {
  private static final int NODES = 2;
  private static final int KEYS = 1;
  private static final Duration RUN = Duration.ofSeconds(Boolean.getBoolean("edge4j.long") ? 60 : 3);

  enum Action {
    READ, BEGIN_LOAD, END_LOAD, INVALIDATE, CLEAR, WAIT, DELIVER
  }

  /** One step of one node; what of the origin, and how long if it waits. */
  record Step(Action action, int node, int key, int millis) {}

  enum Kind {
    NONE, QUICK, UNRELIABLE
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Step> step = Combinators
        .combine(Arbitraries.of(Action.class), Arbitraries.integers().between(0, NODES - 1),
            Arbitraries.integers().between(0, KEYS - 1), Arbitraries.of(1, 500, 999, 1_000, 1_001))
        .as(Step::new);
    return step.list().ofMinSize(5).ofMaxSize(60);
  }

  @Property(tries = 1_000)
  void inAnyOrderOfSteps(@ForAll("histories") List<Step> steps, @ForAll Kind bus) {
    var world = new World(bus);
    steps.forEach(world::take);
  }

  /** A value of the origin, which counts up, and what the node knows of it. */
  private record Cached(long value, Stamp stamp) {}

  private record Load(int key, TagVersions.Before before, long value) {}

  /** When an invalidation was acknowledged, by whom, and the value that the origin had. */
  private record Acknowledged(long at, int node, int key, long value) {}

  private static final class Node {
    final TagVersions tags;
    final Map<Integer, Cached> memory = new HashMap<>();
    final Deque<Load> loads = new ArrayDeque<>();

    Node(TagVersions tags) {
      this.tags = tags;
      tags.expectLife(Duration.ofHours(1));
    }
  }

  private static final class World {
    private final TestClock clock = new TestClock();
    private final MemoryKv kv = new MemoryKv(1_000, clock);
    private final long[] origin = new long[KEYS];
    private final List<Acknowledged> history = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final LossyBackplane lossy = new LossyBackplane();

    World(Kind kind) {
      Backplane quick = Backplane.inProcess();
      for (int i = 0; i < NODES; i++) {
        var complaints = new Complaints(clock);
        Bus bus = switch (kind) {
          case NONE -> Bus.none(complaints);
          case QUICK -> Bus.of(quick, "n", () -> {}, complaints);
          case UNRELIABLE -> Bus.of(lossy, "n", () -> {}, complaints);
        };
        var quiet = new QuietKv(kv, "n:", () -> {}, complaints);
        nodes.add(new Node(new TagVersions(Optional.of(quiet), bus, clock, false)));
      }
    }

    void take(Step step) {
      Node node = nodes.get(step.node);
      switch (step.action) {
        case READ -> read(node, step);
        case BEGIN_LOAD -> node.loads.add(new Load(step.key, node.tags.before(), origin[step.key]));
        case END_LOAD -> end(node);
        case INVALIDATE -> {
          origin[step.key]++;
          node.tags.invalidate("key " + step.key);
          history.add(new Acknowledged(clock.millis(), step.node, step.key, origin[step.key]));
        }
        case CLEAR -> {
          for (int key = 0; key < KEYS; key++) {
            origin[key]++;
          }
          node.tags.clear();
          for (int key = 0; key < KEYS; key++) {
            history.add(new Acknowledged(clock.millis(), step.node, key, origin[key]));
          }
        }
        case WAIT -> clock.advance(Duration.ofMillis(step.millis));
        case DELIVER -> lossy.deliver(step.millis);
      }
    }

    private void end(Node node) {
      Load load = node.loads.poll();
      if (load != null) {
        node.tags.mark(load.before, List.of("key " + load.key))
            .ifPresent(stamp -> node.memory.put(load.key, new Cached(load.value, stamp)));
      }
    }

    private void read(Node node, Step step) {
      Cached cached = node.memory.get(step.key);
      long now = clock.millis();
      if (cached != null && node.tags.standing(cached.stamp, now) == Standing.CURRENT) {
        long atLeast = history.stream()
            .filter(done -> done.key == step.key)
            .filter(done -> done.node == step.node || done.at <= now - TagVersions.TRUST.toMillis())
            .mapToLong(Acknowledged::value)
            .max()
            .orElse(0);
        assertTrue(cached.value >= atLeast, "served " + cached.value + " of key " + step.key + " (expected: " + atLeast
            + " or newer)");
      }
    }
  }

  /** Keeps messages until they are delivered, in another order, or lost. */
  private static final class LossyBackplane implements Backplane {
    private final List<Message> waiting = new ArrayList<>();
    private final List<Consumer<Message>> listeners = new ArrayList<>();

    @Override
    public void publish(Message message) {
      waiting.add(message);
    }

    @Override
    public Subscription subscribe(Consumer<Message> listener) {
      listeners.add(listener);
      return () -> listeners.remove(listener);
    }

    void deliver(int chance) {
      if (!waiting.isEmpty()) {
        Message message = waiting.remove(chance % waiting.size());
        if (chance % 2 == 0) {
          listeners.forEach(listener -> listener.accept(message));
        }
      }
    }

    @Override
    public boolean isLocal() {
      return true;
    }

    @Override
    public void close() {}
  }

  @Test
  void onRealThreadsAndRealTime() throws Exception {
    InstantSource clock = InstantSource.system();
    var complaints = new Complaints(clock);
    var kv = new MemoryKv(1_000, clock);
    var run = new Run(clock, System.nanoTime() + RUN.toNanos());
    List<TagVersions> nodes = new ArrayList<>();
    try (Backplane backplane = Backplane.inProcess();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < 2 * NODES; i++) {
        Bus bus = i % 2 == 0 ? Bus.of(backplane, "n", () -> {}, complaints) : Bus.none(complaints);
        var tags = new TagVersions(Optional.of(new QuietKv(kv, "n:", () -> {}, complaints)), bus, clock);
        tags.expectLife(Duration.ofHours(1));
        nodes.add(tags);
        var random = new Random(i);
        ends.add(threads.submit(() -> run.of(tags, random)));
      }
      for (Future<?> end : ends) {
        end.get(30, TimeUnit.SECONDS);
      }
    } finally {
      nodes.forEach(TagVersions::close);
    }
    assertTrue(run.hits.sum() > 500, run.hits + " hits");
    assertTrue(run.invalidations.sum() > 20, run.invalidations + " invalidations");
  }

  /** What one thread after another does on each node, at full speed, and what it must hold to. */
  private static final class Run {
    private final InstantSource clock;
    private final long end;
    private final AtomicLongArray origin = new AtomicLongArray(KEYS);
    private final Queue<Acknowledged> history = new ConcurrentLinkedQueue<>();
    final LongAdder hits = new LongAdder();
    final LongAdder invalidations = new LongAdder();

    Run(InstantSource clock, long end) {
      this.clock = clock;
      this.end = end;
    }

    void of(TagVersions tags, Random random) {
      Map<Integer, Cached> memory = new HashMap<>();
      while (System.nanoTime() < end) {
        int key = random.nextInt(KEYS);
        if (random.nextInt(5_000) == 0) {
          long written = origin.incrementAndGet(key);
          tags.invalidate("key " + key);
          history.add(new Acknowledged(clock.millis(), 0, key, written));
          invalidations.increment();
        } else {
          read(tags, memory, key);
        }
      }
    }

    private void read(TagVersions tags, Map<Integer, Cached> memory, int key) {
      long now = clock.millis();
      long atLeast = history.stream()
          .filter(done -> done.key == key && done.at <= now - TagVersions.TRUST.toMillis())
          .mapToLong(Acknowledged::value)
          .max()
          .orElse(0);
      Cached cached = memory.get(key);
      if (cached != null && tags.standing(cached.stamp, now) == Standing.CURRENT) {
        hits.increment();
        assertTrue(cached.value >= atLeast, cached.value + " (expected: " + atLeast + " or newer)");
      } else {
        TagVersions.Before before = tags.before();
        long value = origin.get(key);
        tags.mark(before, List.of("key " + key)).ifPresent(stamp -> memory.put(key, new Cached(value, stamp)));
      }
    }
  }
}
