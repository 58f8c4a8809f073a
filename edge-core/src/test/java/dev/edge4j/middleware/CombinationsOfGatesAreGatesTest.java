package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Middleware;
import dev.edge4j.Next;
import dev.edge4j.Verdict;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** One of several, all of several, none where a condition holds: decided as the gates themselves decide, second halves included. */
class CombinationsOfGatesAreGatesTest {
  private final List<String> log = new ArrayList<>();

  /** What a gate of the test does. */
  enum Does {
    PASS, REFUSE, WAIT_AND_PASS, WAIT_AND_REFUSE
  }

  private Gate gate(String name, Does does) {
    return new Gate() {
      @Override
      public Verdict before(Context c) {
        log.add(name);
        return switch (does) {
          case PASS -> Verdict.pass();
          case REFUSE -> Verdict.answer(c.text(401, name));
          case WAIT_AND_PASS, WAIT_AND_REFUSE -> Verdict.offload();
        };
      }

      @Override
      public Response handle(Context c, Next next) throws Exception {
        return after(c, does == Does.WAIT_AND_PASS ? next.proceed() : c.text(401, name));
      }

      @Override
      public Response after(Context c, Response response) {
        log.add("after " + name);
        return response;
      }

      @Override
      public String name() {
        return name;
      }
    };
  }

  private String answer(Middleware combined) {
    var app = new App();
    app.use(combined);
    app.get("/", c -> {
      log.add("handler");
      return c.text("ok");
    });
    return app.request(Request.get("/")).text();
  }

  @Test
  void theFirstThatPassesIsEnough() {
    assertEquals("ok", answer(Some.of(gate("a", Does.REFUSE), gate("b", Does.PASS), gate("c", Does.REFUSE))));
    assertEquals(List.of("a", "b", "handler", "after b"), log);
  }

  @Test
  void theLastRefusalLeaves() {
    assertEquals("b", answer(Some.of(gate("a", Does.REFUSE), gate("b", Does.REFUSE))));
    assertEquals(List.of("a", "b", "after b"), log);
  }

  @Test
  void allOfEveryAreAskedUntilOneRefuses() {
    assertEquals("b", answer(Every.of(gate("a", Does.PASS), gate("b", Does.REFUSE), gate("c", Does.PASS))));
    assertEquals(List.of("a", "b", "after b", "after a"), log);
  }

  /** Whatever the gates do, waiting or not, the outcome is the one of logic, and second halves run once for those that count. */
  @Property(tries = 300)
  void theyAreOrAndAnd(@ForAll @Size(min = 2, max = 4) List<Does> all) {
    List<Gate> gates = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      gates.add(gate("" + i, all.get(i)));
    }
    List<Boolean> passes = all.stream().map(d -> d == Does.PASS || d == Does.WAIT_AND_PASS).toList();
    int first = passes.indexOf(true);
    int deciding = first < 0 ? all.size() - 1 : first;
    log.clear();
    assertEquals(first < 0 ? "" + deciding : "ok", answer(Some.of(gates.toArray(Gate[]::new))));
    assertEquals(deciding + 1, log.stream().filter(line -> line.length() == 1).count());
    assertEquals(1, log.stream().filter(("after " + deciding)::equals).count());
    int refusing = passes.indexOf(false);
    log.clear();
    assertEquals(refusing < 0 ? "ok" : "" + refusing, answer(Every.of(gates.toArray(Gate[]::new))));
    List<String> afters = new ArrayList<>();
    for (int i = refusing < 0 ? all.size() - 1 : refusing; i >= 0; i--) {
      afters.add("after " + i);
    }
    assertEquals(afters, log.stream().filter(line -> line.startsWith("after")).toList());
  }

  @Test
  void aGateIsPassedByWithBothHalves() {
    assertEquals("ok", answer(Except.when(c -> c.path().equals("/"), gate("a", Does.REFUSE))));
    assertEquals(List.of("handler"), log);
    assertEquals("a", answer(Except.when(c -> c.path().equals("/other"), gate("a", Does.WAIT_AND_REFUSE))));
  }

  @Test
  void aMiddlewareIsPassedBy() {
    Middleware refusing = (c, next) -> c.text(403, "no");
    assertEquals("ok", answer(Except.when(c -> true, refusing)));
    assertEquals("no", answer(Except.when(c -> false, refusing)));
  }

  @Test
  void combinationsNestAndKeepTheFastLane() {
    Gate nested = Some.of(Every.of(gate("a", Does.PASS), gate("b", Does.REFUSE)), gate("c", Does.PASS));
    assertEquals("ok", answer(nested));
    assertEquals(List.of("a", "b", "c", "handler", "after c"), log);
    assertEquals("Some(Every(a and b) or c)", nested.name());
    var app = new App();
    app.use(nested);
    app.get("/", c -> c.text("ok"));
    assertEquals("[Some(Every(a and b) or c)]", app.routes().getFirst().middleware().toString());
  }

  @Test
  void oneIsNoCombination() {
    assertThrows(IllegalArgumentException.class, () -> Some.of(gate("a", Does.PASS)));
    assertThrows(IllegalArgumentException.class, Every::of);
  }
}
