package dev.edge4j.state.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.state.DurableObjectsOptions;
import dev.edge4j.state.ObjectException;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.Outcome;
import dev.edge4j.state.store.Commit;
import dev.edge4j.state.store.ObjectStore;
import dev.edge4j.state.store.Slot;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What follows from a commit is done once it is on disk, in the order of the turns, and the failure of one thing is that thing's alone. */
@SuppressWarnings("FutureReturnValueIgnored") // looked at where the test is about it
class AfterwardsRunInOrderTest {
  private static final ObjectId ID = new ObjectId("test", "one");

  private final Deque<CompletableFuture<Object>> disk = new ArrayDeque<>();
  private final List<Commit> commits = new ArrayList<>();
  private final List<Integer> done = new ArrayList<>();
  private boolean refusing;
  private final ObjectStore store = (ObjectStore) Proxy.newProxyInstance(getClass().getClassLoader(),
      new Class<?>[]{ObjectStore.class}, (_, method, arguments) -> switch (method.getName()) {
        case "commit" -> {
          if (refusing) {
            throw new IllegalStateException("the store is broken");
          }
          commits.add((Commit) arguments[0]);
          disk.add(new CompletableFuture<>());
          yield disk.getLast();
        }
        case "alarms" -> throw new IllegalStateException("the alarms cannot be read");
        case "read" -> Optional.empty();
        default -> throw new AssertionError(method);
      });
  private final Host host = new Host(store, DurableObjectsOptions.defaults(), Steps.NONE, Signals.NONE);
  private final Activation<Object> activation = new Activation<>(ID, store, 1, _ -> {});

  @Test
  void thoseOfTurnsWithoutWritesToo() {
    commit(true, 1);
    commit(false, 2);
    commit(false, 3);
    commit(true, 4);
    commit(false, 5);
    assertEquals(List.of(), done);
    disk.remove().complete("on disk");
    assertEquals(List.of(1, 2, 3), done);
    disk.remove().complete("on disk");
    assertEquals(List.of(1, 2, 3, 4, 5), done);
    commit(false, 6);
    assertEquals(List.of(1, 2, 3, 4, 5, 6), done);
  }

  @Test
  void howeverManyWaitForOneCommit() {
    commit(true, 0);
    IntStream.rangeClosed(1, 50_000).forEach(i -> commit(false, i));
    disk.remove().complete("on disk");
    assertEquals(IntStream.rangeClosed(0, 50_000).boxed().toList(), done);
  }

  @Test
  void oneThatThrowsHoldsNothingUp() {
    var buffer = buffer(true, 1);
    buffer.afterwards()
        .add(() -> {
          throw new AssertionError("afterwards");
        });
    buffer.afterwards().add(() -> done.add(2));
    CompletableFuture<?> durable = activation.commit(host, buffer, Optional.empty());
    disk.remove().complete("on disk");
    durable.join();
    assertEquals(List.of(1, 2), done);
    commit(false, 3).join();
  }

  @Test
  void noneAfterACommitThatFailed() {
    commit(true, 1);
    commit(false, 2);
    disk.remove().completeExceptionally(new ObjectException("no", Outcome.NOT_EXECUTED));
    assertEquals(List.of(), done);
    assertThrows(CompletionException.class, () -> commit(false, 3).join());
    assertEquals(List.of(), done);
  }

  @Test
  void aStoreThatThrowsIsACommitThatFailed() {
    refusing = true;
    CompletableFuture<?> durable = commit(true, 1);
    assertEquals(Outcome.UNKNOWN, outcome(durable));
    assertTrue(activation.isBroken());
  }

  /** It is not known what the object is now, so nothing may be built on it. */
  @Test
  void aCommitThatCannotEvenBeMadeBreaksTheActivation() {
    var buffer = buffer(true, 1);
    buffer.alarms().put("alarm", Optional.empty());
    CompletableFuture<?> durable = activation.commit(host, buffer, Optional.empty());
    assertEquals(Outcome.NOT_EXECUTED, outcome(durable));
    assertTrue(activation.isBroken());
    assertEquals(List.of(), commits);
  }

  @Test
  void nothingIsHeldOnceItIsOnDisk() {
    Slot slot = new Slot(Slot.Kind.ENTRY, "key");
    commit(true, 1);
    commit(true, 2);
    disk.remove().complete("on disk");
    assertTrue(activation.read(slot).isPresent(), "the second write is not on disk");
    disk.remove().complete("on disk");
    assertTrue(activation.read(slot).isEmpty(), "the store is asked again");
  }

  private static Outcome outcome(CompletableFuture<?> durable) {
    var failure = assertThrows(CompletionException.class, durable::join);
    return assertInstanceOf(ObjectException.class, failure.getCause()).outcome();
  }

  private CompletableFuture<?> commit(boolean writes, int number) {
    return activation.commit(host, buffer(writes, number), Optional.empty());
  }

  private TurnBuffer buffer(boolean writes, int number) {
    var buffer = new TurnBuffer();
    if (writes) {
      buffer.slots().put(new Slot(Slot.Kind.ENTRY, "key"), Optional.of(new byte[]{(byte) number}));
    }
    buffer.afterwards().add(() -> done.add(number));
    return buffer;
  }
}
