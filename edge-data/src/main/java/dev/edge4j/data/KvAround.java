package dev.edge4j.data;

import dev.edge4j.Deadline;
import dev.edge4j.kv.KvStore;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the calls of one class of keys and values: guarded and told, unless the store is local, where nothing waits or fails. */
record KvAround(String name, KvStore store, Promise.Kv promise, Duration timeout, StoreCalls calls) {
  <T> T call(Supplier<T> work) {
    if (store.isLocal()) {
      return work.get();
    }
    var ask = StoreCalls.Ask.of(name, MeshCall.Kind.KEYS, store.getClass().getSimpleName(), promise);
    return calls.call(ask, store, Deadline.in(timeout, calls.time()), Optional.empty(), work);
  }

  void run(Runnable work) {
    var _ = call(() -> {
      work.run();
      return "";
    });
  }
}
