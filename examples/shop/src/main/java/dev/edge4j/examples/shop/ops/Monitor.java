package dev.edge4j.examples.shop.ops;

import dev.edge4j.examples.shop.edge.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * What the shop knows of its last minute: how long each layer took, who answered, what has happened. Its memory does not grow with the
 * requests: layers and versions are names of the program's own. Safe for use by many threads; nobody waits.
 */
public final class Monitor {
  private static final int MOST_NAMES = 32;
  private static final int EVENTS = 40;
  private static final int SAMPLES = 120;

  /** A line of the event log. */
  public record Event(Instant at, String text) {}

  /**
   * One second of the drawings.
   *
   * @param requests answered within it
   */
  public record Sample(Duration lag, long requests, Duration p95) {}

  /** What is counted in five seconds. */
  private record Slot(Histogram total, Map<String, Histogram> layers, Map<String, LongAdder> steps,
      Map<String, LongAdder> versions, LongAdder failed) {
    static Slot fresh() {
      return new Slot(new Histogram(), new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), new ConcurrentHashMap<>(),
          new LongAdder());
    }
  }

  private final InstantSource clock;
  private final Supplier<Duration> lag;
  private final Rolling<Slot> slots;
  private final LongAdder requests = new LongAdder();
  private final ConcurrentLinkedDeque<Event> events = new ConcurrentLinkedDeque<>();
  private final ConcurrentLinkedDeque<Sample> samples = new ConcurrentLinkedDeque<>();
  private volatile long sampled;

  /** Knows nothing yet; asks {@code lag} how far the edge copy is behind, which must not block. */
  public Monitor(InstantSource clock, Supplier<Duration> lag) {
    this.clock = clock;
    this.lag = lag;
    this.slots = new Rolling<>(clock, Slot::fresh);
  }

  /** Counts a request. */
  public void record(Measured request) {
    Slot slot = slots.now();
    requests.increment();
    slot.total().add(request.total());
    if (request.status() >= 500) {
      slot.failed().increment();
    }
    for (Span span : request.spans()) {
      histogram(slot.layers(), span.layer()).add(span.duration());
    }
    request.step().ifPresent(step -> counter(slot.steps(), step).increment());
    request.version().ifPresent(version -> counter(slot.versions(), version).increment());
  }

  /** Adds a line to the event log, whose oldest ones are dropped. */
  public void event(String text) {
    events.addFirst(new Event(clock.instant(), text));
    while (events.size() > EVENTS) {
      events.pollLast();
    }
  }

  /** Takes the sample of a second; to be called once in each. */
  public void sample() {
    long all = requests.sum();
    samples.addLast(new Sample(lag.get(), all - sampled, view().total().p95()));
    sampled = all;
    while (samples.size() > SAMPLES) {
      samples.pollFirst();
    }
  }

  /** Requests counted since the start. */
  public long requests() {
    return requests.sum();
  }

  /** The latest events, the newest first. */
  public List<Event> events() {
    return List.copyOf(events);
  }

  /** The samples of the last two minutes, the oldest first. */
  public List<Sample> samples() {
    return List.copyOf(samples);
  }

  /** How far the edge copy is behind now. */
  public Duration lag() {
    return lag.get();
  }

  /** The last minute. */
  public LastMinute view() {
    Slot sum = Slot.fresh();
    slots.each(slot -> {
      sum.total().add(slot.total());
      slot.layers().forEach((name, counts) -> histogram(sum.layers(), name).add(counts));
      slot.steps().forEach((name, count) -> counter(sum.steps(), name).add(count.sum()));
      slot.versions().forEach((name, count) -> counter(sum.versions(), name).add(count.sum()));
      sum.failed().add(slot.failed().sum());
    });
    List<LastMinute.Layer> layers = new ArrayList<>();
    new TreeMap<>(sum.layers()).forEach((name, counts) -> layers.add(LastMinute.Layer.of(name, counts)));
    return new LastMinute(LastMinute.Layer.of("total", sum.total()), layers, sums(sum.steps()), sums(sum.versions()),
        sum.failed().sum());
  }

  private static Map<String, Long> sums(Map<String, LongAdder> counters) {
    var sums = new TreeMap<String, Long>();
    counters.forEach((name, counter) -> sums.put(name, counter.sum()));
    return sums;
  }

  private static Histogram histogram(Map<String, Histogram> all, String name) {
    return named(all, name, Histogram::new);
  }

  private static LongAdder counter(Map<String, LongAdder> all, String name) {
    return named(all, name, LongAdder::new);
  }

  /** A name too many is counted among the others: none is ever made of what a client sends, and this keeps it so. */
  private static <V> V named(Map<String, V> all, String name, Supplier<V> fresh) {
    boolean known = all.containsKey(name) || all.size() < MOST_NAMES;
    return all.computeIfAbsent(known ? name : "others", _ -> fresh.get());
  }
}
