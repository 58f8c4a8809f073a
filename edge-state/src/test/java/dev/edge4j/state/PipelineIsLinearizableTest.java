package dev.edge4j.state;

import dev.edge4j.state.store.Commit;
import dev.edge4j.state.store.ObjectStore;
import dev.edge4j.state.store.Slot;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** What is laid over the store while commits are on their way, and lifted when they are there, is never seen missing. */
class PipelineIsLinearizableTest {
  private static final boolean LONG = Boolean.getBoolean("edge4j.long");

  @Test
  void onRealThreads() {
    new StressOptions().iterations(LONG ? 50 : 3)
        .invocationsPerIteration(LONG ? 3_000 : 100)
        .threads(3)
        .actorsBefore(1)
        .actorsPerThread(3)
        .actorsAfter(1)
        .sequentialSpecification(Sequential.class)
        .check(Pipeline.class);
  }

  /** A register as one thread sees it. */
  public static class Sequential {
    private int value;

    public int swap(int other) {
      int before = value;
      value = other;
      return before;
    }

    public int clear() {
      return swap(0);
    }

    public int read() {
      return value;
    }

    public int drop() {
      return 0;
    }
  }

  interface Register {
    int swap(int value);

    int clear();

    @ReadOnly
    int read();
  }

  /** Keeps nothing in memory: each turn reads what is stored, or laid over that. */
  record Stored(Storage storage) implements Register {
    @Override
    public int swap(int value) {
      int before = read();
      storage.put("value", value);
      return before;
    }

    @Override
    public int clear() {
      int before = read();
      storage.delete("value");
      return before;
    }

    @Override
    public int read() {
      return storage.get("value", Integer.class).orElse(0);
    }
  }

  /** One register over a store in memory, whose one writer is a thread of its own. */
  public static class Pipeline {
    private static final Executor WRITER = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());

    private final Map<Slot, byte[]> disk = new ConcurrentHashMap<>();
    private final ObjectStore store = (ObjectStore) Proxy.newProxyInstance(ObjectStore.class.getClassLoader(),
        new Class<?>[]{ObjectStore.class}, (proxy, method, arguments) -> switch (method.getName()) {
          case "commit" -> CompletableFuture.supplyAsync(() -> write((Commit) arguments[0]), WRITER);
          case "read" -> Optional.ofNullable(disk.get((Slot) arguments[1]));
          case "known" -> Optional.empty();
          default -> {
            if (method.isDefault()) {
              yield InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            yield method.getReturnType() == Optional.class ? Optional.empty() : List.of(); // nothing is due, ever
          }
        });
    private final Namespace<Register> registers = DurableObjects.of(store, DurableObjectsOptions.defaults())
        .namespace("register", Register.class, state -> new Stored(state.storage()));

    @Operation
    public int swap(@Param(gen = IntGen.class, conf = "1:3") int value) {
      return registers.get("one").swap(value);
    }

    @Operation
    public int clear() {
      return registers.get("one").clear();
    }

    @Operation
    public int read() {
      return registers.get("one").read();
    }

    @Operation
    public int drop() {
      registers.evict("one");
      return 0;
    }

    private boolean write(Commit commit) {
      commit.slots()
          .forEach((slot, value) -> value.ifPresentOrElse(bytes -> disk.put(slot, bytes), () -> disk.remove(
              slot)));
      return true;
    }
  }
}
