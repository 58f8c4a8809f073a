package dev.edge4j.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Exchange;
import dev.edge4j.Gate;
import dev.edge4j.Handler;
import dev.edge4j.Next;
import dev.edge4j.Verdict;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Rule 4 as a law over chains of any make: which halves run, how often and in what order, against a model that only counts. */
class EveryChainRunsAfterOnceTest {
  /** What an element of a chain does. */
  enum Kind {
    PASS, ANSWER, OFFLOAD, THROW_BEFORE, THROW_AFTER, MIDDLEWARE, MIDDLEWARE_THAT_THROWS, MIDDLEWARE_THAT_ANSWERS
  }

  /** How a chain ends. */
  enum End {
    HANDLER, INLINE, HANDLER_THAT_THROWS, MOUNTED
  }

  @Property
  void eachGateThatWasEnteredHasOneAfterInReverseOrder(@ForAll @Size(max = 6) List<Kind> kinds, @ForAll End end) {
    var seen = new ArrayList<String>();
    App app = app(kinds, end, seen);
    app.request("/x");
    assertEquals(expected(kinds), seen);
    seen.clear();
    Exchange exchange = app.open(Request.get("/x"));
    if (exchange.fastLane().isEmpty()) {
      Response _ = exchange.shed();
    }
    assertEquals(seen.stream().filter(line -> line.startsWith("entered")).count(),
        seen.stream().filter(line -> line.startsWith("after")).count(), "a shed");
  }

  /** Gates enter one after the other until one element ends the way in; then those entered leave, the last one first. */
  private static List<String> expected(List<Kind> kinds) {
    var lines = new ArrayList<String>();
    var entered = new ArrayList<Integer>();
    for (int i = 0; i < kinds.size(); i++) {
      Kind kind = kinds.get(i);
      if (kind == Kind.PASS || kind == Kind.ANSWER || kind == Kind.THROW_AFTER) {
        lines.add("entered " + i);
        entered.addFirst(i);
      }
      if (kind == Kind.ANSWER || kind == Kind.THROW_BEFORE || kind == Kind.MIDDLEWARE_THAT_ANSWERS) {
        break;
      }
    }
    entered.forEach(i -> lines.add("after " + i));
    return lines;
  }

  private static App app(List<Kind> kinds, End end, List<String> seen) {
    var app = new App();
    app.onError((c, e) -> c.text(500, String.valueOf(e.getMessage())));
    for (int i = 0; i < kinds.size(); i++) {
      switch (kinds.get(i)) {
        case MIDDLEWARE -> app.use((_, next) -> next.proceed());
        case MIDDLEWARE_THAT_ANSWERS -> app.use((c, _) -> c.text("early"));
        case MIDDLEWARE_THAT_THROWS -> app.use((_, next) -> {
          next.proceed();
          throw new Fault("middleware");
        });
        default -> app.use(new Element(kinds.get(i), i, seen));
      }
    }
    switch (end) {
      case HANDLER -> app.get("/x", c -> c.text("x"));
      case INLINE -> app.get("/x", Handler.inline(c -> c.text("x")));
      case HANDLER_THAT_THROWS -> app.get("/x", _ -> {
        throw new Fault("handler");
      });
      case MOUNTED -> {
        var inner = new App();
        inner.get("/x", c -> c.text("x"));
        app.mount("/", inner);
      }
    }
    return app;
  }

  /** Without a stack, as thousands of them are logged. */
  private static final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Fault(String message) {
      super(message, null, false, false);
    }
  }

  private record Element(Kind kind, int place, List<String> seen) implements Gate {
    @Override
    public Verdict before(Context c) {
      if (kind == Kind.THROW_BEFORE) {
        throw new Fault("before");
      }
      if (kind == Kind.OFFLOAD) {
        return Verdict.offload();
      }
      seen.add("entered " + place);
      return kind == Kind.ANSWER ? Verdict.answer(c.text("answer")) : Verdict.pass();
    }

    @Override
    public Response after(Context c, Response response) {
      seen.add("after " + place);
      if (kind == Kind.THROW_AFTER) {
        throw new Fault("after");
      }
      return response;
    }

    @Override
    public Response handle(Context c, Next next) throws Exception {
      return next.proceed();
    }
  }
}
