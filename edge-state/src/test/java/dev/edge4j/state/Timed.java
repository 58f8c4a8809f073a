package dev.edge4j.state;

import dev.edge4j.state.runtime.Step;
import dev.edge4j.state.runtime.Steps;
import dev.edge4j.state.store.ObjectStore;
import dev.edge4j.state.store.ShardFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Objects of a folder whose clock a test moves, where alarms, messages and effects are done only when the test says so, and whose process may "end" at a
 * step. Reopened, they are a new process.
 */
final class Timed implements AutoCloseable {
  private final Path folder;
  private final UnaryOperator<DurableObjectsOptions> options;
  private final AtomicReference<Optional<Step>> endsAt = new AtomicReference<>(Optional.empty());
  final MovedClock clock = new MovedClock();
  /** Hears of every step. */
  volatile Consumer<Step> atStep = _ -> {};
  private ObjectStore store;
  private DurableObjects objects;

  Timed(Path folder) {
    this(folder, with -> with);
  }

  Timed(Path folder, UnaryOperator<DurableObjectsOptions> options) {
    this.folder = folder;
    this.options = options;
    this.store = files();
    this.objects = open();
  }

  private ObjectStore files() {
    return ShardFiles.open(folder, with().shards());
  }

  private DurableObjectsOptions with() {
    return options.apply(DurableObjectsOptions.defaults().withShards(2).withClock(clock));
  }

  private DurableObjects open() {
    Steps steps = (step, id) -> {
      atStep.accept(step);
      if (endsAt.get().equals(Optional.of(step))) {
        throw new End();
      }
    };
    return DurableObjects.of(store, with(), steps, false);
  }

  DurableObjects objects() {
    return objects;
  }

  /** Ends the process as soon as that step is taken while what is due is done. */
  void endAt(Step step) {
    endsAt.set(Optional.of(step));
    try {
      objects.runDue();
    } catch (End _) {
      reopen();
      return;
    }
    throw new AssertionError(step + " was not taken");
  }

  void reopen() {
    objects.close();
    endsAt.set(Optional.empty());
    store = files();
    objects = open();
  }

  /** Forgets replies that have expired; how many. */
  long forgotten() {
    return store.forgetReplies(clock.instant());
  }

  void runDue() {
    objects.runDue();
  }

  void runDueIn(Duration time) {
    clock.move(time);
    objects.runDue();
  }

  @Override
  public void close() {
    objects.close();
  }

  static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private static final class End extends Error {
    private static final long serialVersionUID = 1L;
  }
}
