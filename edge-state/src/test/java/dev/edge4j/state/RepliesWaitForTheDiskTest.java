package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.edge4j.state.store.ShardFiles;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reply leaves once all that it may tell of is on disk; the next turn does not wait for that. */
@Timeout(60)
class RepliesWaitForTheDiskTest {
  interface Register {
    void write(int value);

    /** A turn that writes nothing. */
    int readInTurn();

    @ReadOnly
    int read();

    /** Calls another object. */
    int writeThere(String other, int value);
  }

  private final CountDownLatch otherCalled = new CountDownLatch(1);
  private HeldStore disk;
  private DurableObjects objects;
  private Namespace<Register> registers;

  @BeforeEach
  void open(@TempDir Path folder) {
    disk = new HeldStore(ShardFiles.open(folder, 1));
    objects = DurableObjects.of(disk.asStore(), DurableObjectsOptions.defaults());
    registers = objects.namespace("register", Register.class, StoredRegister::new);
    registers.get("one").write(1);
    disk.hold();
  }

  @AfterEach
  void close() {
    disk.release();
    objects.close();
  }

  @Test
  void theReplyOfAWrite() {
    CompletableFuture<?> reply = write(2);
    disk.awaitHeld(1);
    assertFalse(reply.isDone());
    disk.releaseOne();
    reply.join();
  }

  @Test
  void theRepliesOfThoseWhoHaveSeenIt() {
    var write = write(2);
    disk.awaitHeld(1);
    var turn = Threads.call(registers.get("one")::readInTurn);
    var reader = Threads.call(registers.get("one")::read);
    // Another object, whose turns come after: the two above have long run.
    assertEquals(0, Threads.call(registers.get("two")::read).join());
    assertEquals(0, Threads.call(registers.get("two")::readInTurn).join());
    assertFalse(turn.isDone() || reader.isDone() || write.isDone());
    disk.releaseOne();
    assertEquals(2, turn.join());
    assertEquals(2, reader.join());
  }

  @Test
  void theNextTurnRunsMeanwhile() {
    var first = write(2);
    disk.awaitHeld(1);
    var second = write(3);
    disk.awaitHeld(2); // its turn is over, the commit before is not on disk
    assertFalse(first.isDone() || second.isDone());
    disk.releaseOne();
    first.join();
    assertFalse(second.isDone());
    disk.releaseOne();
    second.join();
    assertEquals(3, registers.get("one").read());
  }

  @Test
  void aCallOfAnotherObjectWaitsForWhatTheCallerHasSeen() {
    var first = write(2);
    disk.awaitHeld(1);
    var second = Threads.call(() -> registers.get("one").writeThere("two", 7));
    Threads.await(otherCalled);
    assertEquals(0, registers.get("two").read());
    assertEquals(1, disk.held());
    disk.failOne();
    assertEquals(Outcome.UNKNOWN, Threads.outcome(first));
    assertEquals(ObjectException.class, Threads.failure(second).getClass());
    assertEquals(0, registers.get("two").read(), "told of something that never was");
  }

  private CompletableFuture<?> write(int value) {
    return Threads.call(() -> {
      registers.get("one").write(value);
      return true;
    });
  }

  private final class StoredRegister extends DurableObject implements Register {
    private int value;

    StoredRegister(ObjectState state) {
      super(state);
      value = storage().get("value", Integer.class).orElse(0);
    }

    @Override
    public void write(int other) {
      value = other;
      storage().put("value", other);
    }

    @Override
    public int readInTurn() {
      return value;
    }

    @Override
    public int read() {
      return value;
    }

    @Override
    public int writeThere(String other, int its) {
      otherCalled.countDown();
      registers.get(other).write(its);
      return value;
    }
  }
}
