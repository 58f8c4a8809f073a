package dev.edge4j.state.figures;

import dev.edge4j.state.DurableObject;
import dev.edge4j.state.DurableObjects;
import dev.edge4j.state.DurableObjectsOptions;
import dev.edge4j.state.Namespace;
import dev.edge4j.state.ObjectState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * How many objects there may be: creates them, lists them page by page, wakes one after a start, then many, and says what those in memory
 * weigh. Meant for {@code -Xmx512m}. Arguments: objects, objects awake.
 */
public final class StateScale {
  private static final int CALLERS = 64;
  private static final int PAGE = 1_000;
  private static final int WARM_UP = 2_000;

  /** The object measured: a small cart's worth of state. */
  public interface Parcel {
    /** Counts, and keeps the count. */
    long touch();

    /** The count: a turn that writes nothing. */
    long touched();
  }

  record Content(long touched, String to, List<String> items) {}

  static final class StoredParcel extends DurableObject implements Parcel {
    private Content content;

    StoredParcel(ObjectState state) {
      super(state);
      content = storage().get("content", Content.class)
          .orElse(new Content(0, "12 Long Lane, Little Village", List.of("apples", "pears")));
    }

    @Override
    public long touch() {
      content = new Content(content.touched() + 1, content.to(), content.items());
      storage().put("content", content);
      return content.touched();
    }

    @Override
    public long touched() {
      return content.touched();
    }
  }

  private final Path folder;
  private final int objects;
  private final int awake;

  private StateScale(Path folder, int objects, int awake) {
    this.folder = folder;
    this.objects = objects;
    this.awake = awake;
  }

  /** Prints a line for each figure. */
  public static void main(String[] arguments) throws Exception {
    int objects = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int awake = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
    Path folder = Files.createTempDirectory("edge4j-scale");
    try {
      var scale = new StateScale(folder, objects, awake);
      System.out.printf("heap of at most %d MB%n", Runtime.getRuntime().maxMemory() >> 20);
      scale.create();
      scale.list();
      scale.wakeOne();
      scale.wakeMany();
    } finally {
      delete(folder);
    }
  }

  /** Lets objects go at once, as a program with more objects than memory would. */
  private void create() throws InterruptedException {
    try (var all = open(Duration.ofSeconds(1)); var sweep = Executors.newSingleThreadScheduledExecutor()) {
      Future<?> unused = sweep.scheduleAtFixedRate(all::evictIdle, 1, 1, TimeUnit.SECONDS);
      Namespace<Parcel> parcels = parcels(all);
      long begin = System.nanoTime();
      spread(0, objects, number -> parcels.get(name(number)).touch());
      double seconds = seconds(begin);
      System.out.printf("created %,d: %.1f s, %.0f/s, %.1f us each with %d callers; %.0f bytes each on disk%n", objects,
          seconds, objects / seconds, seconds * 1e6 / objects, CALLERS, (double) size() / objects);
      sweep.shutdownNow();
    }
  }

  private void list() {
    try (var all = open(Duration.ofMinutes(10))) {
      Namespace<Parcel> parcels = parcels(all);
      long begin = System.nanoTime();
      int count = 0;
      List<String> page = parcels.list("", PAGE);
      while (!page.isEmpty()) {
        count += page.size();
        page = parcels.list(page.getLast(), PAGE);
      }
      double seconds = seconds(begin);
      System.out.printf("listed %,d in pages of %,d: %.2f s, %,.0f/s%n", count, PAGE, seconds, count / seconds);
      if (count != objects) {
        throw new IllegalStateException(count + " listed (expected: " + objects + ")");
      }
    }
  }

  private void wakeOne() {
    long begin = System.nanoTime();
    try (var all = open(Duration.ofMinutes(10))) {
      Namespace<Parcel> parcels = parcels(all);
      double opened = seconds(begin);
      long called = System.nanoTime();
      check(parcels.get(name(objects / 2)).touch(), 2);
      System.out.printf("woke one after a start: %.0f ms to open, %.1f ms for the first call%n", opened * 1e3, seconds(
          called) * 1e3);
    }
  }

  /** One caller, so that what is measured is one activation and not what waits beside it. */
  private void wakeMany() throws InterruptedException {
    try (var all = open(Duration.ofMinutes(10))) {
      Namespace<Parcel> parcels = parcels(all);
      List<String> names = new SplittableRandom(1).longs(0, objects)
          .distinct()
          .limit(awake + (long) WARM_UP)
          .mapToObj(StateScale::name)
          .toList();
      List<String> measured = names.subList(0, awake);
      for (String name : names.subList(awake, names.size())) { // for the code to be warm, of others than are measured
        parcels.get(name).touched();
        parcels.get(name).touch();
        parcels.evict(name);
      }
      all.evictIdle();
      long before = used();
      System.out.println("a call that wakes its object: " + time(parcels, measured, Parcel::touched));
      System.out.println("one to an object awake: " + time(parcels, measured, Parcel::touched));
      System.out.println("one to an object awake that writes, alone in its commit: " + time(parcels, measured,
          Parcel::touch));
      System.out.printf("heap for each of %,d awake: %.0f bytes%n", awake, (double) (used() - before) / awake);
    }
  }

  private DurableObjects open(Duration idleAfter) {
    return DurableObjects.embedded(folder, DurableObjectsOptions.defaults().withIdleAfter(idleAfter));
  }

  private static Namespace<Parcel> parcels(DurableObjects objects) {
    return objects.namespace("parcel", Parcel.class, StoredParcel::new);
  }

  /** Names as they come, in no order. */
  private static String name(long number) {
    return Long.toHexString(number * 0x9E3779B97F4A7C15L) + "-" + number;
  }

  private static void spread(long from, long to, LongConsumer work) throws InterruptedException {
    var next = new AtomicLong(from);
    List<Callable<Boolean>> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(() -> {
        for (long number = next.getAndIncrement(); number < to; number = next.getAndIncrement()) {
          work.accept(number);
        }
        return true;
      });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var caller : threads.invokeAll(callers)) {
        caller.resultNow();
      }
    }
  }

  private static String time(Namespace<Parcel> parcels, List<String> names, ToLongFunction<Parcel> call) {
    long[] nanos = new long[names.size()];
    for (int i = 0; i < nanos.length; i++) {
      long begin = System.nanoTime();
      long unused = call.applyAsLong(parcels.get(names.get(i)));
      nanos[i] = System.nanoTime() - begin;
    }
    return quantiles(nanos);
  }

  private static String quantiles(long[] nanos) {
    long[] sorted = Arrays.stream(nanos).sorted().toArray();
    return "p50 %.0f us, p99 %.0f us".formatted(sorted[sorted.length / 2] / 1e3, sorted[(int) (sorted.length * 0.99)]
        / 1e3);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static void check(long is, long expected) {
    if (is != expected) {
      throw new IllegalStateException("touched " + is + " times (expected: " + expected + ")");
    }
  }

  private long size() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is reachable. */
  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
