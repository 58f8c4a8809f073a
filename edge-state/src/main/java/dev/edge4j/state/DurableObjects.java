package dev.edge4j.state;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
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

  private final Host host;
  private final ConcurrentHashMap<String, Namespace<?>> namespaces = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  DurableObjects(ObjectStore store, DurableObjectsOptions options) {
    this.host = new Host(store, options, new Intake(), new WaitGraph());
    Thread.ofVirtual().name("edge4j-objects-idle").start(this::sweep);
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
    return new DurableObjects(ShardFiles.open(folder, options.shards()), options);
  }

  /**
   * Declares the objects of one kind.
   *
   * @param name 1 to 64 of {@code a-z 0-9 - _}; part of every object's identity on disk
   * @param type the interface its stubs have: of methods whose types say all (no type variables, no wildcards)
   * @param factory makes an instance, inside a turn; usually the constructor of a {@link DurableObject}
   * @throws IllegalStateException if the name is taken
   * @throws IllegalArgumentException if the name or the interface will not do
   */
  public <T> Namespace<T> namespace(String name, Class<T> type, Function<ObjectState, ? extends T> factory) {
    Limits.checkNamespace(name);
    var namespace = new Namespace<T>(name, type, factory, host);
    if (namespaces.putIfAbsent(name, namespace) != null) {
      throw new IllegalStateException("namespace: \"" + name + "\" is declared already (expected: once)");
    }
    return namespace;
  }

  /**
   * Lets go of the objects that have been idle for long enough by the clock of the options; how many there were. Happens by itself
   * from time to time.
   */
  public int evictIdle() {
    return namespaces.values().stream().mapToInt(Namespace::evictIdle).sum();
  }

  /** Closes as {@link #close(Duration)} does, with thirty seconds for the turns. */
  @Override
  public void close() {
    close(DRAIN);
  }

  /**
   * Takes no more calls, waits for those taken, and closes the files. A turn that is not done in time fails at its commit.
   *
   * @throws IllegalStateException if called inside a turn, which would wait for itself
   */
  public void close(Duration atMost) {
    host.caller().ifPresent(id -> {
      throw new IllegalStateException("close inside a turn of " + id + " (expected: outside of turns)");
    });
    if (!host.intake().drain(atMost)) {
      LOG.warn("closing while turns still run: they fail at their commit");
    }
    closed.countDown();
    host.store().close();
  }

  private void sweep() {
    Duration idleAfter = host.options().idleAfter();
    long period = idleAfter.compareTo(MAX_PERIOD) > 0 ? MAX_PERIOD.toMillis() : Math.max(10, idleAfter.toMillis());
    try {
      while (!closed.await(period, TimeUnit.MILLISECONDS)) {
        evictIdle();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
