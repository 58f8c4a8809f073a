package dev.edge4j.state;

import dev.edge4j.state.delivery.Deliveries;
import dev.edge4j.state.delivery.Hints;
import dev.edge4j.state.runtime.Host;
import dev.edge4j.state.runtime.LocalNamespace;
import dev.edge4j.state.runtime.Opening;
import dev.edge4j.state.runtime.Steps;
import dev.edge4j.state.store.ObjectStore;
import dev.edge4j.state.store.RoutedFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of durable objects. Each has one instance at most, in this process, and runs one turn at a time; different objects run
 * side by side. Safe for use by many threads.
 */
public final class DurableObjects implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DurableObjects.class);
  private static final Duration MAX_PERIOD = Duration.ofSeconds(30);
  private static final Duration DRAIN = Duration.ofSeconds(30);

  static {
    Opening.by((store, options, steps) -> {
      DurableObjects objects = of(store, options, steps, false);
      return new Opening.Opened(objects, objects::runDue);
    });
  }

  private final Host host;
  private final Deliveries deliveries;
  private final CountDownLatch closed = new CountDownLatch(1);

  private DurableObjects(Host host, Deliveries deliveries) {
    this.host = host;
    this.deliveries = deliveries;
  }

  /** The objects of a store, for tests of stores. */
  static DurableObjects of(ObjectStore store, DurableObjectsOptions options) {
    return of(store, options, Steps.NONE, true);
  }

  /** For tests that stop the world, and may have nothing done by itself but only by {@link #runDue}. */
  static DurableObjects of(ObjectStore store, DurableObjectsOptions options, Steps steps, boolean byItself) {
    var hints = new Hints(options.clock());
    var host = new Host(store, options, steps, hints);
    var deliveries = new Deliveries(host, hints);
    var objects = new DurableObjects(host, deliveries);
    if (byItself) {
      deliveries.start();
      Thread.ofVirtual().name("edge4j-objects-idle").start(objects::sweep);
    }
    return objects;
  }

  /**
   * Opens the objects of a folder, which is made if it is not there.
   *
   * @throws java.io.UncheckedIOException if the folder is open elsewhere, or a file of it is missing, damaged or of another set;
   *     the message names it
   */
  public static DurableObjects embedded(Path folder) {
    return embedded(folder, DurableObjectsOptions.defaults());
  }

  /** As {@link #embedded(Path)}, with options. */
  public static DurableObjects embedded(Path folder, DurableObjectsOptions options) {
    return of(RoutedFiles.open(folder, options.shards()), options);
  }

  /**
   * Declares the objects of one kind that ask for nothing, see {@link ObjectClass#of}.
   *
   * @throws IllegalStateException if the name is taken
   * @throws IllegalArgumentException if the name or the interface will not do
   */
  public <T> Namespace<T> namespace(String name, Class<T> type, Function<ObjectState, ? extends T> factory) {
    return namespace(ObjectClass.of(name, type, factory));
  }

  /** Declares the objects of one kind; throws as {@link #namespace(String, Class, Function)} does. */
  public <T> Namespace<T> namespace(ObjectClass<T> declared) {
    LocalNamespace<T> namespace = host.add(new LocalNamespace<>(declared, host));
    deliveries.wake();
    return namespace;
  }

  /** What the objects of each class do now, in order of name; looks at each object that is in memory, and wakes none. */
  public List<NamespaceStats> stats() {
    return host.namespaces()
        .stream()
        .map(LocalNamespace::stats)
        .sorted(Comparator.comparing(NamespaceStats::namespace))
        .toList();
  }

  /** What was given up: alarms, messages and effects that failed as often as their {@link RetryPolicy} allows; the oldest first, so many at most. */
  public List<DeadLetter> deadLetters(int limit) {
    return host.store().deadLetters(limit);
  }

  /**
   * Has a dead letter tried again, at once and from the first attempt on. A message goes to the end of its queue and is still executed once; an alarm is set
   * again in its object. False if there is none of that number.
   *
   * @throws IllegalStateException if it is an alarm whose namespace is not declared, or whose name the object has set for something else
   * @throws ObjectException if the object cannot be changed; the dead letter stays
   */
  public boolean retryDeadLetter(long number) {
    return deliveries.retry(number);
  }

  /** Throws a dead letter away; false if there is none of that number. */
  public boolean discardDeadLetter(long number) {
    return host.store().takeDeadLetter(number, false, host.options().clock().instant()).isPresent();
  }

  /** Does what is due by the clock now, and what comes of it, before it returns. */
  void runDue() {
    deliveries.runDue();
  }

  /**
   * Lets go of the objects that have been idle for long enough by the clock of the options; how many there were. Happens by itself
   * from time to time.
   */
  public int evictIdle() {
    return host.namespaces().stream().mapToInt(LocalNamespace::evictIdle).sum();
  }

  /** Closes as {@link #close(Duration)} does, with thirty seconds for the turns. */
  @Override
  public void close() {
    close(DRAIN);
  }

  /**
   * Begins no more alarms, messages and effects, takes no more calls, waits for what runs, and closes the files. A turn that is not done in time fails at its
   * commit; an effect that is not done in time runs again at the next start.
   *
   * @throws IllegalStateException if called inside a turn, which would wait for itself
   */
  public void close(Duration atMost) {
    host.caller().ifPresent(id -> {
      throw new IllegalStateException("close inside a turn of " + id + " (expected: outside of turns)");
    });
    long began = System.nanoTime();
    boolean delivered = deliveries.close(atMost.dividedBy(2)); // an effect that hangs must not take all the time of the turns
    Duration left = atMost.minusNanos(System.nanoTime() - began);
    boolean drained = host.intake().drain(left.isNegative() ? Duration.ZERO : left);
    if (!delivered) {
      LOG.warn("closing while alarms, messages or effects still run: they are done again at the next start");
    }
    if (!drained) {
      LOG.warn("closing while turns still run: they fail at their commit");
    }
    host.namespaces().forEach(LocalNamespace::closeSockets);
    closed.countDown();
    host.store().close();
  }

  private void sweep() {
    Duration idleAfter = host.options().idleAfter();
    long period = idleAfter.compareTo(MAX_PERIOD) > 0 ? MAX_PERIOD.toMillis() : Math.max(10, idleAfter.toMillis());
    long swept = System.nanoTime();
    try {
      while (!closed.await(period, TimeUnit.MILLISECONDS)) {
        evictIdle();
        if (System.nanoTime() - swept >= MAX_PERIOD.toNanos()) {
          forgetReplies();
          swept = System.nanoTime();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Forgets the stored replies that have expired. */
  void forgetReplies() {
    try {
      while (host.store().forgetReplies(host.options().clock().instant()) > 0) {
        LOG.debug("expired replies forgotten");
      }
    } catch (RuntimeException e) {
      LOG.warn("expired replies cannot be forgotten, will try again: {}", e.toString());
    }
  }
}
