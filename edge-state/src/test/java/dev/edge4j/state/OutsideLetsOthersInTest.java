package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.state.store.ShardFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A turn that waits for something outside holds nobody up; what it did before is on disk by then, and it is told what it has missed. */
@Timeout(60)
class OutsideLetsOthersInTest {
  /** An object that does what the test wants: each call is code that runs in its turn. */
  interface Any {
    String run(String what);
  }

  private final CountDownLatch out = new CountDownLatch(1);
  private final CountDownLatch back = new CountDownLatch(1);
  private final List<Object> seen = new CopyOnWriteArrayList<>();
  private HeldStore disk;
  private DurableObjects objects;

  @BeforeEach
  void open(@TempDir Path folder) {
    disk = new HeldStore(ShardFiles.open(folder, 1));
    objects = DurableObjects.of(disk.asStore(), DurableObjectsOptions.defaults());
  }

  @AfterEach
  void close() {
    back.countDown();
    disk.release();
    objects.close();
  }

  @Test
  void othersRunMeanwhileAndTheTurnGoesOnAlone() {
    Any any = declare(state -> what -> switch (what) {
      case "go" -> {
        state.storage().put("steps", "before");
        String there = outside(state, this::stay);
        yield state.storage().get("steps", String.class).orElse("") + there;
      }
      default -> put(state, "steps", "other");
    });
    var turn = Threads.call(() -> any.run("go"));
    Threads.await(out);
    assertEquals("before", any.run("other"));
    assertFalse(turn.isDone());
    back.countDown();
    assertEquals("other, back", turn.join());
  }

  @Test
  void whatItDidBeforeIsOnDiskBeforeTheWorkBegins() {
    Any any = declare(state -> _ -> {
      state.storage().put("steps", "before");
      return outside(state, this::stay);
    });
    disk.hold();
    var turn = Threads.call(() -> any.run("go"));
    disk.awaitHeld(1);
    assertEquals(1, out.getCount());
    disk.releaseOne();
    Threads.await(out);
    back.countDown();
    assertEquals(", back", turn.join());
  }

  @Test
  void ifThatFailsTheWorkNeverBegins() {
    Any any = declare(state -> what -> {
      if (what.equals("go")) {
        state.storage().put("steps", "before");
        return outside(state, this::stay);
      }
      return state.storage().get("steps", String.class).orElse("nothing");
    });
    disk.hold();
    var turn = Threads.call(() -> any.run("go"));
    disk.awaitHeld(1);
    disk.failOne();
    assertEquals(Outcome.UNKNOWN, Threads.outcome(turn));
    assertEquals(1, out.getCount());
    disk.release();
    assertEquals("nothing", any.run("read"));
  }

  @Test
  void itIsToldWhetherAnotherTurnHasRun() {
    Any any = declare(state -> what -> {
      if (what.equals("go")) {
        long mark = state.mark();
        outside(state, () -> "nobody comes");
        boolean first = state.changedSince(mark);
        outside(state, this::stay);
        return first + " " + state.changedSince(mark) + " " + state.changedSince(state.mark());
      }
      return what;
    });
    var turn = Threads.call(() -> any.run("go"));
    Threads.await(out);
    any.run("other");
    back.countDown();
    assertEquals("false true false", turn.join());
  }

  /** The other turn has begun before the mark, and goes on after it. */
  @Test
  void aTurnThatComesBackCountsAsAnother() {
    var secondOut = new CountDownLatch(1);
    var secondBack = new CountDownLatch(1);
    Any any = declare(state -> what -> {
      if (what.equals("first")) {
        return outside(state, this::stay);
      }
      long mark = state.mark();
      outside(state, () -> {
        secondOut.countDown();
        Threads.await(secondBack);
        return "";
      });
      return String.valueOf(state.changedSince(mark));
    });
    var first = Threads.call(() -> any.run("first"));
    Threads.await(out);
    var second = Threads.call(() -> any.run("second"));
    Threads.await(secondOut);
    back.countDown();
    first.join();
    secondBack.countDown();
    assertEquals("true", second.join());
  }

  @Test
  void ifItsObjectWasResetItIsToldAndCanDoNoMore() {
    Any any = declare(state -> what -> {
      switch (what) {
        case "go" -> {
          state.storage().put("steps", "before");
          seen.add(assertThrows(ObjectResetException.class, () -> outside(state, this::stay)));
          seen.add(assertThrows(ObjectResetException.class, () -> state.storage().put("steps", "after")));
          return "as if nothing were";
        }
        case "throw" -> throw new IllegalStateException("thrown");
        default -> {
          return state.storage().get("steps", String.class).orElse("nothing");
        }
      }
    });
    var turn = Threads.call(() -> any.run("go"));
    Threads.await(out);
    assertThrows(IllegalStateException.class, () -> any.run("throw"));
    back.countDown();
    assertInstanceOf(ObjectResetException.class, Threads.failure(turn));
    assertEquals(Outcome.UNKNOWN, Threads.outcome(turn));
    assertEquals(2, seen.size());
    assertEquals("before", any.run("read"));
  }

  /** Instances that are equal are two all the same. */
  @Test
  void anInstanceLikeTheOldOneIsAnother() {
    record Twin(Function<String, String> work) implements Any {
      @Override
      public String run(String what) {
        return work.apply(what);
      }

      @Override
      public boolean equals(Object other) {
        return other instanceof Twin;
      }

      @Override
      public int hashCode() {
        return 1;
      }
    }
    Namespace<Any> namespace = objects.namespace("twin", Any.class,
        state -> new Twin(what -> what.equals("go") ? outside(state, this::stay) : what));
    Any any = namespace.get("one");
    var turn = Threads.call(() -> any.run("go"));
    Threads.await(out);
    assertTrue(namespace.evict("one"));
    assertEquals("wakes it", any.run("wakes it"));
    back.countDown();
    assertInstanceOf(ObjectResetException.class, Threads.failure(turn));
  }

  @Test
  void aTurnThatWasResetLeavesTheNewInstanceAlone() {
    Any any = declare(state -> {
      var made = new Object();
      return what -> {
        if (what.equals("throw")) {
          throw new IllegalStateException("thrown");
        }
        seen.add(made);
        return what.equals("go") ? outside(state, this::stay) : what;
      };
    });
    var turn = Threads.call(() -> any.run("go"));
    Threads.await(out);
    assertThrows(IllegalStateException.class, () -> any.run("throw"));
    any.run("wakes it");
    back.countDown();
    assertInstanceOf(ObjectResetException.class, Threads.failure(turn));
    any.run("again");
    assertNotSame(seen.get(0), seen.get(1));
    assertEquals(seen.get(1), seen.get(2));
  }

  @Test
  void whatTheWorkThrowsIsThrownInTheTurn() {
    Any any = declare(state -> what -> {
      if (what.equals("read")) {
        return state.storage().get("steps", String.class).orElse("nothing");
      }
      try {
        outside(state, () -> {
          throw new IllegalArgumentException("no route");
        });
      } catch (IllegalArgumentException e) {
        put(state, "steps", String.valueOf(e.getMessage()));
      }
      return outside(state, () -> {
        throw new IllegalArgumentException("no route again");
      });
    });
    assertEquals("no route again", assertThrows(IllegalArgumentException.class, () -> any.run("go")).getMessage());
    assertEquals("no route", any.run("read"));
  }

  /** What cannot cross is wrapped, and says that a part of the turn stands. */
  @Test
  void aThrowAfterwardsDoesNotClaimThatNothingWasDone() {
    Any any = declare(state -> what -> {
      if (what.equals("part")) {
        put(state, "steps", "part");
      }
      outside(state, () -> "");
      throw new AssertionError("after");
    });
    assertEquals(Outcome.UNKNOWN, assertThrows(ObjectException.class, () -> any.run("part")).outcome());
    assertEquals(Outcome.NOT_EXECUTED, assertThrows(ObjectException.class, () -> any.run("nothing")).outcome());
  }

  @Test
  void whereItWouldShowHalfOfSomethingItIsRefused() {
    Any waking = objects.namespace("waking", Any.class, state -> {
      outside(state, this::stay);
      return what -> what;
    }).get("one");
    assertTrue(String.valueOf(assertThrows(IllegalStateException.class, () -> waking.run("go")).getMessage())
        .startsWith("outside in a constructor or a transaction of waking/one"));
    Any any = declare(state -> _ -> state.storage().transaction(() -> {
      put(state, "steps", "half");
      return outside(state, this::stay);
    }));
    assertThrows(IllegalStateException.class, () -> any.run("go"));
    assertEquals(1, out.getCount());
  }

  @Test
  void theSameRequestMeanwhileIsAnsweredByTheFirst() {
    var runs = new ArrayList<String>();
    Any any = declare(state -> what -> {
      runs.add(what);
      return outside(state, this::stay);
    }, CallOptions.request("r1"));
    var first = Threads.call(() -> any.run("go"));
    Threads.await(out);
    var second = Threads.call(() -> any.run("go"));
    assertEquals(Outcome.NOT_EXECUTED, Threads.outcome(Threads.call(() -> any.run("something else"))));
    assertFalse(second.isDone());
    back.countDown();
    assertEquals(", back", first.join());
    assertEquals(", back", second.join());
    assertEquals(", back", any.run("go"));
    assertEquals(List.of("go"), runs);
  }

  @Test
  void ifTheFirstFailsSoDoesTheSecond() {
    Any any = declare(state -> what -> {
      outside(state, this::stay);
      throw new IllegalStateException("first");
    }, CallOptions.request("r1"));
    List<CompletableFuture<String>> both = new ArrayList<>();
    both.add(Threads.call(() -> any.run("go")));
    Threads.await(out);
    both.add(Threads.call(() -> any.run("go")));
    // In the order of the mailbox: when this one is refused, the second has been taken up.
    assertEquals(Outcome.NOT_EXECUTED, Threads.outcome(Threads.call(() -> any.run("something else"))));
    back.countDown();
    both.forEach(reply -> assertEquals("first", Threads.failure(reply).getMessage()));
  }

  private Any declare(Function<ObjectState, Any> factory) {
    return declare(factory, CallOptions.defaults());
  }

  private Any declare(Function<ObjectState, Any> factory, CallOptions options) {
    return objects.namespace("any", Any.class, factory).get("one", options);
  }

  private String stay() {
    out.countDown();
    Threads.await(back);
    return ", back";
  }

  /** What was there before. */
  private static String put(ObjectState state, String key, String value) {
    String before = state.storage().get(key, String.class).orElse("nothing");
    state.storage().put(key, value);
    return before;
  }

  private static String outside(ObjectState state, Callable<String> work) {
    try {
      return state.outside(work);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
