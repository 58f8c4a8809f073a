package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code c.failure()} is what was thrown and is answered as an error; what somebody has caught is none. */
class FailureIsSeenByGatesTest {
  private final List<Optional<Throwable>> seen = new ArrayList<>();
  private final App app = new App();

  FailureIsSeenByGatesTest() {
    app.use(new Gate() {
      @Override
      public Verdict before(Context c) {
        return Verdict.pass();
      }

      @Override
      public Response after(Context c, Response response) {
        seen.add(c.failure());
        return response;
      }
    });
  }

  @Test
  void whateverOnErrorMakesOfIt() {
    var failure = new IllegalStateException("broken");
    app.onError((c, _) -> c.text(418, "never mind"));
    app.get("/", _ -> {
      throw failure;
    });
    assertEquals(418, app.request("/").status());
    assertSame(failure, seen.getFirst().orElseThrow());
  }

  @Test
  void belowAMountToo() {
    var inner = new App();
    inner.get("/", _ -> {
      throw new NotFound("gone");
    });
    app.mount("/in", inner);
    app.request("/in");
    assertEquals(NotFound.class, seen.getFirst().orElseThrow().getClass());
  }

  @Test
  void anErrorThatNoHandlerMayCatchToo() {
    app.get("/", _ -> {
      throw new AssertionError("no");
    });
    assertThrows(AssertionError.class, () -> app.request("/"));
    assertEquals(AssertionError.class, seen.getFirst().orElseThrow().getClass());
  }

  @Test
  void nothingWhereNothingFailedOrSomebodyCaughtIt() {
    app.use((c, next) -> {
      try {
        return next.proceed();
      } catch (IllegalStateException e) {
        return c.text("caught");
      }
    });
    app.get("/", c -> c.text("ok"));
    app.get("/caught", _ -> {
      throw new IllegalStateException("broken");
    });
    app.request("/");
    app.request("/caught");
    assertEquals(List.of(Optional.empty(), Optional.empty()), seen);
  }
}
