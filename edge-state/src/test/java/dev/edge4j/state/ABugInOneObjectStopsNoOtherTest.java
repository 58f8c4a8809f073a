package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever one object does, the others and their callers notice nothing, and neither do its own later calls. */
@Timeout(60)
class ABugInOneObjectStopsNoOtherTest {
  interface Buggy {
    String run(String how);
  }

  private final CountDownLatch stuck = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private DurableObjects objects;
  private Namespace<Buggy> buggy;
  private Counter good;

  @BeforeEach
  void open(@TempDir Path folder) {
    objects = DurableObjects.embedded(folder, DurableObjectsOptions.defaults().withShards(1));
    buggy = objects.namespace("buggy", Buggy.class, BuggyObject::new);
    good = objects.namespace("counter", Counter.class, Counter.Stored::new).get("good");
  }

  @AfterEach
  void close() {
    go.countDown();
    objects.close();
  }

  @Test
  void whateverItThrows() {
    long expected = 0;
    for (String how : List.of("exception", "error", "no message", "deep", "memory", "interrupted", "no type")) {
      assertThrows(Throwable.class, () -> buggy.get("one").run(how), how);
      assertEquals(++expected, good.add(1));
      assertEquals("fine", buggy.get("one").run("well"));
      assertEquals(List.of(), List.of(buggy.get("one").run("keys").split(","))
          .stream()
          .filter(k -> !k.isEmpty())
          .toList());
    }
  }

  @Test
  void howeverLongItHangs() {
    List<CompletableFuture<String>> hanging = IntStream.range(0, 50)
        .mapToObj(i -> Threads.call(() -> buggy.get("one").run(i == 0 ? "hang" : "well")))
        .toList();
    Threads.await(stuck);
    for (int i = 1; i <= 20; i++) {
      assertEquals(i, good.add(1));
    }
    assertEquals("fine", buggy.get("two").run("well"));
    go.countDown();
    hanging.forEach(CompletableFuture::join);
  }

  @Test
  void aConstructorThatThrowsForOneNameOnly() {
    assertThrows(IllegalStateException.class, () -> buggy.get("never").run("well"));
    assertEquals("fine", buggy.get("one").run("well"));
    assertEquals(1, good.add(1));
  }

  @Test
  void aTurnThatThrowsTakesNoneOfItsGroupWithIt() throws Exception {
    var many = IntStream.range(0, 30)
        .mapToObj(i -> Threads.call(() -> {
          try {
            return buggy.get("big" + i % 3).run("two commits");
          } catch (ObjectException e) {
            return String.valueOf(e.outcome());
          }
        }));
    var counts = IntStream.range(0, 30).mapToObj(_ -> Threads.call(() -> String.valueOf(good.add(1))));
    Stream.concat(many, counts).toList().forEach(CompletableFuture::join);
    assertEquals(30, good.value());
  }

  private final class BuggyObject extends DurableObject implements Buggy {
    BuggyObject(ObjectState state) {
      super(state);
      if (state.id().name().equals("never")) {
        throw new IllegalStateException("never");
      }
    }

    @Override
    public String run(String how) {
      if (how.equals("well")) {
        return "fine";
      }
      if (how.equals("keys")) {
        return String.join(",", storage().list(""));
      }
      storage().put("left", 1);
      return switch (how) {
        case "exception" -> throw new IllegalStateException("exception");
        case "error" -> throw new AssertionError("error");
        case "no message" -> throw new RuntimeException();
        case "deep" -> run(how);
        case "memory" -> throw new OutOfMemoryError("not really");
        case "interrupted" -> {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("interrupted");
        }
        case "no type" -> {
          class Local extends RuntimeException {
            private static final long serialVersionUID = 1L;
          }
          throw new Local();
        }
        case "hang" -> {
          stuck.countDown();
          Threads.await(go);
          yield "late";
        }
        default -> "done";
      };
    }
  }
}
