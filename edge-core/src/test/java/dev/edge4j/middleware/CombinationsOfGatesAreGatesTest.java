package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Handler;
import dev.edge4j.Middleware;
import dev.edge4j.Next;
import dev.edge4j.NotFound;
import dev.edge4j.Verdict;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.resilience.AdaptiveLimit;
import dev.edge4j.resilience.BreakerOptions;
import dev.edge4j.resilience.Bulkhead;
import dev.edge4j.resilience.CircuitBreaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
    assertEquals(List.of("a", "after a", "b", "handler", "after b"), log);
  }

  @Test
  void theLastRefusalLeaves() {
    assertEquals("b", answer(Some.of(gate("a", Does.REFUSE), gate("b", Does.REFUSE))));
    assertEquals(List.of("a", "after a", "b", "after b"), log);
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
    assertEquals(List.of("a", "b", "after b", "after a", "c", "handler", "after c"), log);
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

  /** Holds a place from one half to the other, as a bulkhead does. */
  private static BulkheadLimit holding(Bulkhead bulkhead) {
    return BulkheadLimit.by(bulkhead);
  }

  private static Gate throwing() {
    return new Gate() {
      @Override
      public Verdict before(Context c) {
        throw new IllegalStateException("before");
      }
    };
  }

  private int status(Middleware combined, Handler handler) {
    var app = new App();
    app.use(combined);
    app.get("/", handler);
    return app.request(Request.get("/")).status();
  }

  @Test
  void whatARefusedGateHoldsIsGivenBack() {
    var bulkhead = Bulkhead.of(1);
    Gate refusing = Every.of(holding(bulkhead), gate("a", Does.REFUSE));
    assertEquals(200, status(Some.of(refusing, gate("b", Does.PASS)), c -> c.text("ok")));
    assertEquals(0, bulkhead.inUse());
    assertEquals(200, status(Some.of(refusing, gate("b", Does.WAIT_AND_PASS)), c -> c.text("ok")));
    assertEquals(401, status(Some.of(gate("b", Does.WAIT_AND_REFUSE), refusing), c -> c.text("ok")));
    assertEquals(0, bulkhead.inUse());
  }

  @Test
  void whatAGateHoldsIsGivenBackWhateverIsThrown() {
    var bulkhead = Bulkhead.of(1);
    Handler broken = _ -> {
      throw new NotFound("nothing");
    };
    Gate holding = holding(bulkhead);
    Gate waiting = gate("a", Does.WAIT_AND_PASS);
    for (Gate combined : List.of(Every.of(holding, waiting), Every.of(waiting, holding), Every.of(holding, gate("a",
        Does.PASS)), Some.of(gate("a", Does.WAIT_AND_REFUSE), holding))) {
      assertEquals(404, status(combined, broken), combined.name());
      assertEquals(0, bulkhead.inUse(), combined.name());
    }
    for (Gate combined : List.of(Every.of(holding, throwing()), Every.of(waiting, holding, throwing()))) {
      assertEquals(500, status(combined, c -> c.text("ok")), combined.name());
      assertEquals(0, bulkhead.inUse(), combined.name());
    }
  }

  @Test
  void aSecondHalfThatFailsLeavesTheOthers() {
    var bulkhead = Bulkhead.of(1);
    Gate failing = new Gate() {
      @Override
      public Verdict before(Context c) {
        return Verdict.pass();
      }

      @Override
      public Response after(Context c, Response response) {
        throw new IllegalStateException("after");
      }
    };
    assertEquals(500, status(Every.of(holding(bulkhead), failing), c -> c.text("ok")));
    assertEquals(0, bulkhead.inUse());
  }

  /** In one branch of two it held a place and gave it back: in the other it holds another. */
  @Test
  void aGateThatIsAskedTwiceHoldsTwiceOneAfterTheOther() {
    var bulkhead = Bulkhead.of(1);
    var breaker = CircuitBreaker.of("one", BreakerOptions.defaults().withWindow(Duration.ofMinutes(1), 1));
    var limit = AdaptiveLimit.of(1, 1, 1);
    for (Gate gate : List.of(holding(bulkhead), CircuitBreaking.by(breaker), AdaptiveConcurrency.by(limit))) {
      var held = new AtomicInteger();
      assertEquals(500, status(Some.of(Every.of(gate, gate("a", Does.REFUSE)), Every.of(gate, gate("b", Does.PASS))),
          _ -> {
            held.set(bulkhead.inUse() + limit.inFlight());
            throw new IllegalStateException("broken");
          }));
      assertEquals(gate instanceof CircuitBreaking ? 0 : 1, held.get(), gate.name());
    }
    assertEquals(0, bulkhead.inUse() + limit.inFlight());
    assertEquals(CircuitBreaker.Position.OPEN, breaker.position());
  }
}
