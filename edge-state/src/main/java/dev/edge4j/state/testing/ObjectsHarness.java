package dev.edge4j.state.testing;

import dev.edge4j.state.DurableObjects;
import dev.edge4j.state.DurableObjectsOptions;
import dev.edge4j.state.runtime.Opening;
import dev.edge4j.state.runtime.Step;
import dev.edge4j.state.store.ObjectStore;
import dev.edge4j.state.store.RoutedFiles;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Durable objects in a test: real files, a clock that moves when told, and crashes where the test wants them.
 *
 * {@snippet lang = java :
 * try (var harness = ObjectsHarness.open(folder, objects -> objects.namespace("cart", Cart.class, StoredCart::new))) {
 *   harness.app().get("ada").add(7, 1);
 *   harness.advance(Duration.ofDays(1));                    // its alarms have run
 *   harness.crashAt(CrashPoint.COMMIT_DURABLE, 1);          // the next commit is on disk, and nobody hears of it
 *   assertThrows(ObjectException.class, () -> harness.app().get("ada").add(8, 1));
 *   harness.restart();
 *   assertEquals(2, harness.app().get("ada").size());
 * }
 * }
 *
 * <p>Nothing happens by itself: alarms, messages and effects run in {@link #advance} and {@link #runDue}, idle objects stay until
 * {@link #advance} has made them idle for long enough; {@link dev.edge4j.state.Namespace#evict} drops one at once. The methods are
 * for one thread, the test's; the objects may be called by many.
 *
 * @param <A> what the program under test makes of the durable objects when it starts: its namespaces
 */
public final class ObjectsHarness<A> implements AutoCloseable {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private static final Duration SMALL_STEP = Duration.ofSeconds(1);

  private final Path folder;
  private final DurableObjectsOptions options;
  private final VirtualClock clock;
  private final Function<? super DurableObjects, ? extends A> start;
  private World<A> world;

  /** One process, from its start to its end. */
  private record World<A>(ObjectStore store, Crash crash, Opening.Opened opened, A app) {}

  private ObjectsHarness(Path folder, DurableObjectsOptions options, VirtualClock clock,
      Function<? super DurableObjects, ? extends A> start) {
    this.folder = folder;
    this.options = options.withClock(clock);
    this.clock = clock;
    this.start = start;
    this.world = begin(folder, this.options, start);
  }

  /** Opens a folder with the default options; throws as {@link DurableObjects#embedded(Path)} does. */
  public static <A> ObjectsHarness<A> open(Path folder, Function<? super DurableObjects, ? extends A> start) {
    return open(folder, DurableObjectsOptions.defaults(), start);
  }

  /**
   * Opens a folder. The clock of the options is replaced by one that stands at the start of 2030 until {@link #advance} moves it.
   *
   * @param start what the program does when it starts: declares its objects; called again by {@link #restart}
   */
  public static <A> ObjectsHarness<A> open(Path folder, DurableObjectsOptions options,
      Function<? super DurableObjects, ? extends A> start) {
    return new ObjectsHarness<>(folder, options, new VirtualClock(START), start);
  }

  /** What the program made when it was last started. */
  public A app() {
    return world.app();
  }

  /** The objects of the program as it was last started. */
  public DurableObjects objects() {
    return world.opened().objects();
  }

  /** The clock that alarms, stored replies and idle objects go by. */
  public InstantSource clock() {
    return clock;
  }

  /**
   * Moves the clock. What becomes due on the way runs at its own time, one time after another, and is done when this returns; objects
   * that have been idle for long enough have left memory.
   *
   * @throws IllegalStateException if the process has crashed before
   */
  public void advance(Duration time) {
    Instant target = clock.instant().plus(time);
    runDue();
    while (!hasCrashed() && clock.instant().isBefore(target)) {
      clock.moveTo(nextStop(target));
      runDue();
    }
    if (!hasCrashed()) {
      world.opened().objects().evictIdle();
    }
  }

  /** When something is due next. What is due already waits for something before it that is tried again later: small steps then. */
  private Instant nextStop(Instant target) {
    Instant now = clock.instant();
    Instant next = Stream.of(world.store().nextAlarm(now), world.store().nextMessage(now))
        .flatMap(Optional::stream)
        .min(Instant::compareTo)
        .orElse(target);
    Instant stop = next.isAfter(now) ? next : now.plus(SMALL_STEP);
    return stop.isBefore(target) ? stop : target;
  }

  /**
   * Runs the alarms, messages and effects that are due now, and those that become due by it, and waits for them.
   *
   * @throws IllegalStateException if the process has crashed before
   */
  public void runDue() {
    checkAlive();
    world.opened().runDue().run();
  }

  /**
   * Loses the process at the n-th such point from now, once: no thread takes a further step or commits, and who waits for a reply gets
   * an {@link dev.edge4j.state.ObjectException}. Go on with {@link #restart}.
   *
   * @throws IllegalArgumentException if {@code n} is below 1
   */
  public void crashAt(CrashPoint point, int n) {
    checkAlive();
    if (n < 1) {
      throw new IllegalArgumentException("crash at number " + n + " (expected: at least 1)");
    }
    world.crash().at(Step.valueOf(point.name()), n);
  }

  /** Loses the process here and now, as {@link #crashAt} does. */
  public void crash() {
    world.crash().end();
  }

  /** Whether the process was lost, and not started again. */
  public boolean hasCrashed() {
    return world.crash().hasEnded();
  }

  /** Ends the process if it has not crashed, letting it finish its turns, and starts it from what is on disk. The clock goes on. */
  public void restart() {
    close();
    world = begin(folder, options, start);
  }

  /** Ends the process, as at its orderly end unless it has crashed. */
  @Override
  public void close() {
    if (!hasCrashed()) {
      world.opened().objects().close();
      world.crash().end();
    }
    world.store().close();
  }

  private void checkAlive() {
    if (hasCrashed()) {
      throw new IllegalStateException("the process has crashed or was closed (expected: restart before anything else)");
    }
  }

  private static <A> World<A> begin(Path folder, DurableObjectsOptions options,
      Function<? super DurableObjects, ? extends A> start) {
    load();
    ObjectStore store = RoutedFiles.open(folder, options.shards());
    try {
      var crash = new Crash();
      Opening.Opened opened = Opening.open(crash.over(store), options, crash);
      return new World<>(store, crash, opened, start.apply(opened.objects()));
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
  }

  private static void load() {
    try {
      MethodHandles.lookup().ensureInitialized(DurableObjects.class);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e); // it is public
    }
  }
}
