package dev.edge4j.state.delivery;

import dev.edge4j.state.runtime.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what is due in a source and runs it on virtual threads, sixty-four at a time, one of each key. Looks again when its bell rings, when the next thing is
 * due by the clock, and each second in any case: a clock may be moved. Safe for use by many threads.
 */
final class Pump<W> {
  static final Duration LOOKS_EVERY = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(Pump.class);
  private static final Duration LONGEST_REST = Duration.ofMillis(250);
  private static final Duration DECLARED_WITHIN = Duration.ofSeconds(10);
  private static final int AT_ONCE = 64;
  private static final int PAGE = 64;

  private static final class Task {
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private volatile boolean seenAgain;
  }

  private final Source<W> source;
  private final Host host;
  private final Bell bell;
  private final long born = System.nanoTime();
  private final ReentrantLock looking = new ReentrantLock();
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final ConcurrentHashMap<Object, Task> running = new ConcurrentHashMap<>();
  private final Pauses pauses = new Pauses();
  private final Set<String> undeclared = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Optional<Error>> broken = new AtomicReference<>(Optional.empty());
  private volatile boolean stopped;

  Pump(Source<W> source, Host host, Bell bell) {
    this.source = source;
    this.host = host;
    this.bell = bell;
  }

  /** From now on it looks by itself. */
  void start() {
    Thread.ofVirtual().name("edge4j-" + source.name()).start(() -> {
      try {
        while (!stopped) {
          lookAndRest();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  /** Looks at once. */
  void wake() {
    bell.ring();
  }

  /** Begins nothing more. */
  void stop() {
    stopped = true;
    bell.ring();
  }

  /** What was told to wait a moment need not. */
  void endPauses() {
    pauses.end();
  }

  /** Begins all that is due; true if anything was begun or runs. Waits while too many run. */
  boolean look() throws InterruptedException {
    looking.lockInterruptibly();
    try {
      Instant now = host.options().clock().instant();
      boolean busy = false;
      Optional<W> last = Optional.empty();
      while (!stopped) {
        List<W> page = source.due(now, last, PAGE);
        for (W due : page) {
          busy |= !stopped && begin(due);
        }
        if (page.size() < PAGE) {
          break;
        }
        last = Optional.of(page.getLast());
      }
      return busy;
    } finally {
      looking.unlock();
    }
  }

  /** Waits for all that runs; false if it takes longer. */
  boolean awaitIdle(long nanos) throws InterruptedException {
    try {
      CompletableFuture.allOf(running.values().stream().map(task -> task.done).toArray(CompletableFuture<?>[]::new))
          .get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return true;
  }

  /** Throws the {@link Error} that has broken off a run, if there was one: a step that stands for the end of the process. */
  void throwBroken() {
    Optional<Error> error = broken.getAndSet(Optional.empty());
    if (error.isPresent()) {
      throw error.get();
    }
  }

  private void lookAndRest() throws InterruptedException {
    Duration rest = LOOKS_EVERY;
    long began = System.nanoTime();
    try {
      look();
      Instant now = host.options().clock().instant();
      rest = source.next(now)
          .map(next -> Duration.between(now, next))
          .filter(d -> d.compareTo(LOOKS_EVERY) < 0)
          .orElse(LOOKS_EVERY);
    } catch (RuntimeException | Error e) { // whatever it is, alarms must not end with it
      if (!stopped) {
        LOG.warn("{} cannot be looked for, will try again: {}", source.name(), e.toString(), e);
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    Thread.sleep(took.compareTo(LONGEST_REST) < 0 ? took : LONGEST_REST); // looking is never all that is done
    bell.await(rest);
  }

  private boolean begin(W due) throws InterruptedException {
    Object key = source.key(due);
    if (!isDeclared(source.namespace(due)) || pauses.hold(key)) {
      return false;
    }
    var mine = new Task();
    Task there = running.compute(key, (_, task) -> {
      if (task != null) {
        task.seenAgain = true;
      }
      return task == null ? mine : task;
    });
    if (there != mine) {
      return true;
    }
    boolean begun = false;
    try {
      free.acquire();
      if (!stopped) {
        Thread.ofVirtual().name("edge4j-" + source.name() + " " + key).start(() -> run(due, key, mine));
        begun = true;
      } else {
        free.release();
      }
    } finally {
      if (!begun) {
        running.remove(key);
        mine.done.complete(true);
      }
    }
    return begun;
  }

  private void run(W due, Object key, Task task) {
    boolean again = false;
    try {
      Source.Ending ending = source.run(due, () -> stopped);
      again = ending == Source.Ending.MORE;
      if (ending == Source.Ending.LATER) {
        pauses.add(key);
      } else {
        pauses.remove(key);
      }
    } catch (Exception e) {
      if (pauses.add(key) && !stopped) {
        LOG.warn("{}: {} cannot be done now, will be tried again: {}", source.name(), key, e.toString(), e);
      }
    } catch (Error e) {
      broken.set(Optional.of(e));
      pauses.add(key);
      LOG.error("{}: {} broke off", source.name(), key, e);
    } finally {
      free.release();
      running.remove(key);
      task.done.complete(true);
      if (again || task.seenAgain) {
        bell.ring();
      }
    }
  }

  /** Code that declares namespaces runs after the folder was opened, so what is not there yet may soon be. */
  private boolean isDeclared(String namespace) {
    if (host.namespace(namespace).isPresent()) {
      return true;
    }
    if (System.nanoTime() - born > DECLARED_WITHIN.toNanos() && undeclared.add(namespace)) {
      LOG.warn("{} of namespace \"{}\" are due and wait: nobody has declared it", source.name(), namespace);
    }
    return false;
  }
}
