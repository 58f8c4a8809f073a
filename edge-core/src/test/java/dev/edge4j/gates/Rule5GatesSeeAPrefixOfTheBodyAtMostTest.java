package dev.edge4j.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Exchange;
import dev.edge4j.Gate;
import dev.edge4j.Handler;
import dev.edge4j.Verdict;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.http.Response;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rule 5: a gate sees no request body but the prefix it declares, and the handler still sees the whole. How the prefix arrives over
 * a socket is {@link PrefixesArriveWithoutBlockingTest}.
 */
class Rule5GatesSeeAPrefixOfTheBodyAtMostTest {
  private final Trace trace = new Trace();
  private final App app = new App();

  /** Writes down the prefix it sees. */
  private Gate peeking(String name, int bytes) {
    return new Gate() {
      @Override
      public Verdict before(Context c) {
        trace.add(name + " " + new String(c.bodyPrefix(), StandardCharsets.UTF_8));
        return Verdict.pass();
      }

      @Override
      public int bodyPrefix() {
        return bytes;
      }
    };
  }

  private Response post(String body) {
    return app.request(Request.post("/").withBody("text/plain", body.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void eachSeesAsMuchAsItDeclaresAndTheHandlerTheWhole() {
    app.use(peeking("a", 3), peeking("b", 6), peeking("c", 2), peeking("none", 0));
    app.post("/", c -> c.text(c.bodyText()));
    assertEquals("0123456789", post("0123456789").text());
    assertEquals(List.of("a 012", "b 012345", "c 01", "none "), trace.lines());
  }

  @Test
  void aShorterBodyIsSeenWhole() {
    app.use(peeking("a", 100));
    app.post("/", c -> c.text(c.bodyText()));
    assertEquals("short", post("short").text());
    assertEquals("", post("").text());
    assertEquals("", app.request(Request.post("/")).text());
    assertEquals(List.of("a short", "a ", "a "), trace.lines());
  }

  @Test
  void theWholeIsThereForRawReadersToo() {
    app.use(peeking("a", 3));
    app.post("/", c -> {
      var first = new String(c.request().body().stream().readNBytes(4), StandardCharsets.UTF_8);
      return c.text(first + "|" + new String(c.request().body().stream().readAllBytes(), StandardCharsets.UTF_8));
    });
    assertEquals("0123|456", post("0123456").text());
  }

  @Test
  void aMountedApplicationsGatesSeeTheirsToo() {
    var inner = new App();
    inner.use(peeking("inner", 5));
    inner.post("/", c -> c.text(c.bodyText()));
    app.use(peeking("outer", 2));
    app.mount("/", inner);
    assertEquals("0123456", post("0123456").text());
    assertEquals(List.of("outer 01", "inner 01234"), trace.lines());
  }

  @Test
  void aGateBehindAMiddlewareSeesItsOwnEvenIfThatHasReadTheBody() {
    app.use((c, next) -> {
      if (c.query("read").isPresent()) {
        trace.add("m " + c.bodyText());
      }
      return next.proceed();
    });
    app.use(peeking("late", 3));
    app.post("/", c -> c.text(c.bodyText()));
    byte[] body = "012345".getBytes(StandardCharsets.UTF_8);
    assertEquals("012345", app.request(Request.post("/").withBody("text/plain", body)).text());
    assertEquals("012345", app.request(Request.post("/?read=1").withBody("text/plain", body)).text());
    assertEquals(List.of("late 012", "m 012345", "late 012"), trace.lines());
  }

  @Test
  void whoIsNoGateSeesWhatWasBuffered() {
    app.use(peeking("a", 3));
    app.post("/", c -> c.text(new String(c.bodyPrefix(), StandardCharsets.UTF_8)));
    assertEquals("012", post("0123456").text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes", "text", "json", "form", "raw"})
  void readingTheBodyIsAnErrorThatNamesTheGateAndTheWayOut(String way) {
    app.onError((c, e) -> c.text(500, String.valueOf(e.getMessage())));
    app.use(new Reader(reading(way)));
    app.post("/", c -> c.text("x"));
    Request request = Request.post("/")
        .withBody(way.equals("form") ? "application/x-www-form-urlencoded"
            : "application/json", new byte[]{'1'});
    String told = app.request(request).text();
    assertTrue(told.startsWith("Reader reads the request's body") && told.contains("bodyPrefix()"), told);
  }

  private static Function<Context, Object> reading(String way) {
    return switch (way) {
      case "bytes" -> Context::bodyBytes;
      case "text" -> Context::bodyText;
      case "json" -> c -> c.body(Integer.class);
      case "form" -> Context::form;
      default -> c -> c.request().body().stream();
    };
  }

  private record Reader(Function<Context, Object> read) implements Gate {
    @Override
    public Verdict before(Context c) {
      Object _ = read.apply(c);
      return Verdict.pass();
    }
  }

  @Test
  void anAfterSeesNoneEither() {
    app.use(new Gate() {
      @Override
      public Verdict before(Context c) {
        return Verdict.pass();
      }

      @Override
      public Response after(Context c, Response response) {
        return response.withHeader("Body", c.bodyText());
      }
    });
    app.post("/", c -> c.text(c.bodyText()));
    assertEquals(500, post("x").status());
  }

  @Test
  void anInlineHandlerMayNotReadItEither() {
    app.onError((c, e) -> c.text(500, String.valueOf(e.getMessage())));
    app.post("/", Handler.inline(c -> c.text(c.bodyText())));
    assertTrue(post("x").text().startsWith("an inline handler reads the request's body"));
  }

  @Test
  void whatIsBehindAGateMayReadAgain() {
    app.use(trace.offloading("a"), (c, next) -> {
      trace.add(c.bodyText());
      return next.proceed();
    });
    app.onError((c, e) -> c.text(500, c.bodyText()));
    app.post("/", _ -> {
      throw new IllegalStateException("x");
    });
    assertEquals("body", post("body").text());
    assertEquals(List.of("a before", "a handle", "body"), trace.lines());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Gate.MAX_BODY_PREFIX + 1})
  void aPrefixOutOfBoundsIsRefusedAtRegistration(int bytes) {
    var e = assertThrows(IllegalArgumentException.class, () -> app.use(peeking("a", bytes)));
    assertTrue(String.valueOf(e.getMessage()).contains("expected: 0 to 65536 bytes"), e.getMessage());
  }

  @Test
  void aServerIsToldHowMuchToBuffer() {
    app.use(trace.passing("first"), peeking("a", 3));
    app.post("/", c -> c.text("x"));
    boolean[] there = {false};
    var body = new RequestBody() {
      @Override
      public InputStream stream() {
        return new ByteArrayInputStream("0123".getBytes(StandardCharsets.UTF_8));
      }

      @Override
      public boolean isReady(int bytes) {
        return there[0];
      }
    };
    Exchange exchange = app.open(Request.post("/").withBody(body));
    assertTrue(exchange.fastLane().isEmpty());
    assertEquals(3, exchange.bodyWanted());
    assertEquals(List.of("first before"), trace.lines());
    there[0] = true;
    assertTrue(exchange.fastLane().isEmpty());
    assertEquals(0, exchange.bodyWanted());
    assertEquals(List.of("first before", "a 012"), trace.lines());
    assertEquals("x", exchange.slowLane().text());
  }
}
