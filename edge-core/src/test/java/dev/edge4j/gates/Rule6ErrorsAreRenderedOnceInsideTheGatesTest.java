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
import dev.edge4j.http.Body;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.server.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Rule 6: an exception unwinds through middleware and is rendered once, by the nearest onError, on a virtual thread, inside the
 * leading gates; after the head has left it cuts the response off.
 */
class Rule6ErrorsAreRenderedOnceInsideTheGatesTest {
  private final Trace trace = new Trace();
  private final App app = new App();

  private void renderAs(String name) {
    app.onError((c, e) -> {
      trace.add(name + " renders " + e.getMessage() + (Thread.currentThread().isVirtual() ? " virtually" : ""));
      return c.text(500, name + " " + e.getMessage());
    });
  }

  private static Response failing() {
    throw new IllegalStateException("x");
  }

  @Test
  void itUnwindsThroughMiddlewareAndIsRenderedInsideTheGates() {
    renderAs("app");
    app.use(trace.passing("gate"));
    app.use((_, next) -> {
      try {
        return next.proceed();
      } finally {
        trace.add("unwound");
      }
    });
    app.get("/", _ -> failing());
    assertEquals("app x", app.request("/").text());
    assertEquals(List.of("gate before", "unwound", "app renders x", "gate after 500"), trace.lines());
  }

  @Test
  void theNearestGroupRendersItAndIfThatFailsTheNext() {
    renderAs("app");
    var near = app.group("/near");
    near.onError((c, e) -> c.text(500, "near " + e.getMessage()));
    near.get("/x", _ -> failing());
    var broken = app.group("/broken");
    broken.onError((_, _) -> {
      throw new IllegalStateException("the renderer failed");
    });
    broken.get("/x", _ -> failing());
    assertEquals("near x", app.request("/near/x").text());
    assertEquals("app the renderer failed", app.request("/broken/x").text());
    assertEquals(List.of("app renders the renderer failed"), trace.lines());
  }

  @Test
  void aMountedApplicationOwnsItsErrors() {
    renderAs("outer");
    var inner = new App();
    inner.onError((c, e) -> c.text(500, "inner " + e.getMessage()));
    inner.get("/", _ -> failing());
    app.mount("/shop", inner);
    assertEquals("inner x", app.request("/shop").text());
    assertTrue(trace.lines().isEmpty());
  }

  @Test
  void aThrowingBeforeIsSuchAnError() {
    renderAs("app");
    app.use(trace.passing("a"), trace.gate("b", _ -> {
      throw new IllegalStateException("x");
    }));
    app.get("/", c -> c.text("x"));
    Exchange exchange = app.open(Request.get("/"));
    assertTrue(exchange.fastLane().isEmpty(), "errors are rendered on a virtual thread");
    assertEquals("app x", exchange.slowLane().text());
    assertEquals(List.of("a before", "b before", "app renders x", "a after 500"), trace.lines());
  }

  @Test
  void itIsRenderedOnAVirtualThreadWhereverItWasThrown() throws IOException {
    renderAs("app");
    app.use("/gate", trace.gate("b", _ -> {
      throw new IllegalStateException("in a gate");
    }));
    app.get("/gate", c -> c.text("x"));
    app.get("/inline", Handler.inline(_ -> failing()));
    try (var served = new Served(app)) {
      assertEquals("app in a gate", served.get("/gate").body());
      assertEquals("app x", served.get("/inline").body());
    }
    assertEquals(List.of("b before", "app renders in a gate virtually", "app renders x virtually"), trace.lines());
  }

  @Test
  void aThrowingAfterGivesABare500AndTheOthersStillRun() {
    renderAs("app");
    app.use(trace.passing("a"), new Gate() {
      @Override
      public Verdict before(Context c) {
        return Verdict.pass();
      }

      @Override
      public Response after(Context c, Response response) {
        throw new IllegalStateException("x");
      }
    }, trace.passing("c"));
    app.get("/", c -> c.text("x").withHeader("Secret", "told"));
    Response response = app.request("/");
    assertEquals(500, response.status());
    assertEquals("", response.text());
    assertTrue(response.header("Secret").isEmpty());
    assertEquals(List.of("a before", "c before", "c after 200", "a after 500"), trace.lines());
  }

  @Test
  void afterTheHeadHasLeftTheResponseIsCutOffAndNeverEndedAsIfItWereWhole() throws IOException {
    renderAs("app");
    app.use(trace.passing("gate"));
    app.get("/", _ -> Response.of(200).withBody(new Body.Stream(out -> {
      out.write("begun".getBytes(StandardCharsets.UTF_8));
      throw new IllegalStateException("in the middle");
    })));
    try (var served = new Served(app)) {
      try (RawClient client = served.client()) {
        String all = client.get("/").rest();
        assertTrue(all.startsWith("HTTP/1.1 200") && all.contains("begun"), all);
        assertTrue(!all.contains("\r\n0\r\n"), "no end of a whole body: " + all);
      }
      try (RawClient client = served.client()) {
        assertThrows(IOException.class, client.get("/")::reply);
      }
    }
    assertEquals(List.of("gate before", "gate after 200", "gate before", "gate after 200"), trace.lines());
  }
}
