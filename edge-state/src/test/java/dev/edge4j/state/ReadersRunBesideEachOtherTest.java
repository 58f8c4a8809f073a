package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.state.runtime.Waiting;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls that change nothing run beside each other, never beside a turn that may, and cannot change anything. */
@Timeout(60)
class ReadersRunBesideEachOtherTest {
  interface Read {
    @ReadOnly
    int read(int number);

    int write(int number);
  }

  private DurableObjects objects;

  @BeforeEach
  void open(@TempDir Path folder) {
    objects = DurableObjects.embedded(folder, DurableObjectsOptions.defaults().withShards(1));
  }

  @AfterEach
  void close() {
    objects.close();
  }

  @Test
  void allAtOnce() {
    var all = new CountDownLatch(20); // each waits for the others
    Read read = declare(_ -> new Both(number -> {
      all.countDown();
      Threads.await(all);
      return number;
    }, number -> number));
    List<CompletableFuture<Integer>> replies = IntStream.range(0, 20)
        .mapToObj(i -> Threads.call(() -> read.read(i)))
        .toList();
    assertEquals(IntStream.range(0, 20).boxed().toList(), replies.stream().map(CompletableFuture::join).toList());
  }

  @Test
  void neverBesideATurn() throws Exception {
    var readers = new AtomicInteger();
    var turns = new AtomicInteger();
    var wrong = new AtomicBoolean();
    Read object = declare(_ -> new Both(number -> {
      readers.incrementAndGet();
      LockSupport.parkNanos(1_000); // lets another in, if there is one
      wrong.compareAndSet(false, turns.get() > 0);
      readers.decrementAndGet();
      return number;
    }, number -> {
      wrong.compareAndSet(false, turns.incrementAndGet() > 1);
      LockSupport.parkNanos(1_000); // lets another in, if there is one
      wrong.compareAndSet(false, readers.get() > 0);
      turns.decrementAndGet();
      return number;
    }));
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> replies = IntStream.range(0, 600)
          .mapToObj(i -> callers.submit(() -> i % 3 == 0 ? object.write(i) : object.read(i)))
          .toList();
      for (int i = 0; i < replies.size(); i++) {
        assertEquals(i, replies.get(i).get());
      }
    }
    assertFalse(wrong.get());
  }

  @Test
  void aTurnThatWaitsIsNotPassedByLaterReaders() {
    var first = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    var order = new CopyOnWriteArrayList<String>();
    Namespace<Read> namespace = objects.namespace("read", Read.class, _ -> new Both(number -> {
      if (number == 0) {
        begun.countDown();
        Threads.await(first);
      }
      order.add("read " + number);
      return number;
    }, number -> {
      order.add("write " + number);
      return number;
    }));
    Read object = namespace.get("one");
    var zero = Threads.call(() -> object.read(0));
    Threads.await(begun);
    var write = Threads.call(() -> object.write(1));
    Threads.awaitThat(() -> Waiting.of(namespace, "one") == 1);
    var late = Threads.call(() -> object.read(2));
    Threads.awaitThat(() -> Waiting.of(namespace, "one") == 2);
    first.countDown();
    List.of(zero, write, late).forEach(CompletableFuture::join);
    assertEquals(List.of("read 0", "write 1", "read 2"), order);
  }

  @Test
  void theyChangeNothing() {
    Read object = declare(state -> new Both(number -> switch (number) {
      case 0 -> refused(() -> state.storage().put("key", 1));
      case 1 -> refused(() -> state.storage().delete("key"));
      case 2 -> refused(state.storage()::deleteAll);
      case 3 -> refused(() -> state.attributes().set("name", "value"));
      case 4 -> refused(() -> state.alarms().cancel("name"));
      case 5 -> refused(() -> state.storage().transaction(() -> 1));
      case 6 -> refused(() -> state.outside(() -> 1));
      default -> state.storage().list("").size();
    }, number -> number));
    for (int way = 0; way < 7; way++) {
      assertEquals(1, object.read(way), "way " + way);
    }
    assertEquals(0, object.read(7));
  }

  @Test
  void theFirstOfThemWakesTheObjectOnce() {
    var made = new AtomicInteger();
    Read object = declare(state -> {
      state.storage().put("made", made.incrementAndGet());
      return new Both(_ -> state.storage().get("made", Integer.class).orElse(0), _ -> 0);
    });
    List<CompletableFuture<Integer>> replies = IntStream.range(0, 50)
        .mapToObj(i -> Threads.call(() -> object.read(i)))
        .toList();
    replies.forEach(reply -> assertEquals(1, reply.join()));
    assertEquals(1, made.get());
  }

  @Test
  void whatTheConstructorThrowsArrivesAsInATurn() {
    var broken = new AtomicBoolean(true);
    Read object = declare(state -> {
      state.storage().put("made", 1);
      if (broken.get()) {
        throw new IllegalArgumentException("not yet");
      }
      return new Both(_ -> state.storage().list("").size(), _ -> 0);
    });
    assertEquals("not yet", assertThrows(IllegalArgumentException.class, () -> object.read(1)).getMessage());
    broken.set(false);
    assertEquals(1, object.read(1));
  }

  private record Both(Function<Integer, Integer> reader, Function<Integer, Integer> writer) implements Read {
    @Override
    public int read(int number) {
      return reader.apply(number);
    }

    @Override
    public int write(int number) {
      return writer.apply(number);
    }
  }

  private interface Change {
    void run() throws Exception;
  }

  private static int refused(Change change) {
    return String.valueOf(assertThrows(IllegalStateException.class, change::run).getMessage())
        .startsWith("a read-only call of read/one would change it") ? 1 : 0;
  }

  private Read declare(Function<ObjectState, Read> factory) {
    return objects.namespace("read", Read.class, factory).get("one");
  }
}
