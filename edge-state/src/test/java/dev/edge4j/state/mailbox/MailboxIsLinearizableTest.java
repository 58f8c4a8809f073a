package dev.edge4j.state.mailbox;

import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * What turns do to a plain field is what one thread would do to it, whoever reads beside, goes out and comes back, or gives up. Tried on real
 * threads: turns run on virtual ones, which the model checker does not steer.
 */
class MailboxIsLinearizableTest {
  private static final boolean LONG = Boolean.getBoolean("edge4j.long");

  @Test
  void onRealThreads() {
    new StressOptions().iterations(LONG ? 50 : 3)
        .invocationsPerIteration(LONG ? 5_000 : 150)
        .threads(3)
        .actorsBefore(1)
        .actorsPerThread(3)
        .actorsAfter(1)
        .sequentialSpecification(Sequential.class)
        .check(Field.class);
  }

  /** The field as one thread sees it. */
  public static class Sequential {
    private int value;

    public int add() {
      return ++value;
    }

    public int addFirst() {
      return ++value;
    }

    public int addAfterComingBack() {
      return ++value;
    }

    public int read() {
      return value;
    }

    public int giveUp() {
      return 0;
    }
  }

  /** A field that only turns change. */
  public static class Field {
    private final Mailbox mailbox = new Mailbox("test", 100);
    private int value;

    @Operation
    public int add() {
      return run(Mailbox.Kind.TURN, 1, () -> ++value);
    }

    @Operation
    public int addFirst() {
      return run(Mailbox.Kind.TURN, 0, () -> ++value);
    }

    @Operation
    public int addAfterComingBack() {
      return run(Mailbox.Kind.TURN, 2, () -> {
        mailbox.leave();
        mailbox.enter();
        return ++value;
      });
    }

    @Operation
    public int read() {
      return run(Mailbox.Kind.READER, 1, () -> value);
    }

    /** Whether it is withdrawn in time or runs makes no difference to the field; that it ends does. */
    @Operation
    public int giveUp() {
      var done = new CompletableFuture<Integer>();
      Runnable work = () -> done.complete(0);
      mailbox.offer(work, Mailbox.Kind.TURN, 1);
      return mailbox.withdraw(work) ? 0 : done.join();
    }

    private int run(Mailbox.Kind kind, int lane, IntSupplier work) {
      var done = new CompletableFuture<Integer>();
      mailbox.offer(() -> done.complete(work.getAsInt()), kind, lane);
      return done.join();
    }
  }
}
