package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.edge4j.state.store.ShardFiles;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What ran ahead of a commit that then failed is undone with it, and what comes after reads what is on disk. */
@Timeout(60)
class AFailedCommitFailsAllBuiltOnItTest {
  private HeldStore disk;
  private DurableObjects objects;
  private Counter counter;

  @BeforeEach
  void open(@TempDir Path folder) {
    disk = new HeldStore(ShardFiles.open(folder, 1));
    objects = DurableObjects.of(disk.asStore(), DurableObjectsOptions.defaults());
    counter = objects.namespace("counter", Counter.class, Counter.Stored::new).get("one");
    counter.add(1);
    disk.hold();
  }

  @AfterEach
  void close() {
    disk.release();
    objects.close();
  }

  @Test
  void laterTurnsFailWithIt() {
    var first = add(10, 1);
    var second = add(100, 2);
    var third = Threads.call(counter::value);
    disk.failOne();
    assertEquals(Outcome.UNKNOWN, Threads.outcome(first));
    disk.releaseOne(); // refused: what it was built on is not there
    assertEquals(Outcome.NOT_EXECUTED, Threads.outcome(second));
    disk.release();
    // The third ran before the failure or after it; what it saw of the two is undone either way.
    assertEquals(1, third.exceptionally(failure -> {
      assertInstanceOf(ObjectException.class, failure);
      return 1L;
    }).join());
    assertEquals(1, counter.value());
    assertEquals(3, counter.add(2));
  }

  /** The store notices that a commit fails while those of the same group before it are not on disk yet. */
  @Test
  void whatCameBeforeIsNotForgotten() {
    var first = add(10, 1);
    var second = add(100, 2);
    disk.breakLast(); // one fence for both
    var third = Threads.call(() -> counter.add(1000));
    assertFalse(first.isDone() || second.isDone() || third.isDone());
    disk.releaseApplied();
    assertEquals(11, first.join());
    disk.release();
    assertEquals(Outcome.NOT_EXECUTED, Threads.outcome(second));
    assertEquals(1011, third.join());
  }

  private CompletableFuture<Long> add(long amount, int held) {
    var reply = Threads.call(() -> counter.add(amount));
    disk.awaitHeld(held);
    return reply;
  }
}
