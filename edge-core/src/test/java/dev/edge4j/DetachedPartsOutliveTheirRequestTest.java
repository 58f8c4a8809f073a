package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What follows a middleware can be detached: it ends by its owner's word, and not with the request that began it. */
class DetachedPartsOutliveTheirRequestTest {
  private final AtomicReference<Detached> detached = new AtomicReference<>();
  private final AtomicReference<Context> inside = new AtomicReference<>();
  private final List<String> log = new ArrayList<>();

  private App app(Handler handler) {
    var app = new App();
    app.use("/*", (c, next) -> {
      c.set(WHO, "leader");
      Detached rest = next.detach(Deadline.none());
      detached.set(rest);
      return rest.answer();
    });
    app.use("/*", new Gate() {
      @Override
      public Verdict before(Context c) {
        log.add("before");
        return Verdict.pass();
      }

      @Override
      public Response after(Context c, Response response) {
        log.add("after " + response.status());
        return response.withHeader("Gate", "was here");
      }
    });
    app.get("/tea/:id", handler);
    return app;
  }

  private static final Key<String> WHO = Key.named("who");

  @Test
  void itSeesTheRequestItsParametersAndWhatWasFoundOut() {
    App app = app(c -> {
      inside.set(c);
      return c.text(c.param("id").asString() + " for " + c.require(WHO));
    });
    Response response = app.request("/tea/7");
    assertEquals("7 for leader", response.text());
    assertEquals("was here", response.header("Gate").orElseThrow());
    assertEquals(List.of("before", "after 200"), log);
    assertEquals("/tea/:id", inside.get().route().orElseThrow());
  }

  @Test
  void itIsNotCancelledWithItsRequestButByItsOwner() {
    App app = app(c -> {
      inside.set(c);
      return c.text("tea");
    });
    Exchange exchange = app.open(Request.get("/tea/7"));
    exchange.cancel();
    assertTrue(exchange.fastLane().isEmpty());
    assertEquals("tea", exchange.slowLane().text());
    assertFalse(inside.get().cancelled());
    detached.get().cancel();
    assertTrue(inside.get().cancelled());
  }

  @Test
  void whatItLeftForLaterStartsWhenItsOwnerSaysSo() throws Exception {
    var ran = new CountDownLatch(1);
    App app = app(c -> {
      c.waitUntil(ran::countDown);
      return c.text("tea");
    });
    app.request("/tea/7");
    assertEquals(1, ran.getCount());
    detached.get().sent();
    detached.get().sent();
    assertTrue(ran.await(20, TimeUnit.SECONDS));
  }

  @Test
  void whatItThrowsArrivesAndItsGatesHaveEnded() {
    App app = app(c -> {
      throw new NotFound("sold out");
    });
    assertEquals(404, app.request("/tea/7").status());
    assertEquals(List.of("before", "after 404"), log);
    assertThrows(IllegalStateException.class, () -> detached.get().answer());
  }

  @Test
  void aSecondAttemptIsMadeWithAnotherRequest() throws Exception {
    App app = app(c -> c.text(c.param("id").asString() + c.header("If-None-Match").orElse("-")));
    app.request("/tea/7");
    Detached again = detached.get().again(Request.get("/tea/7").withHeader("If-None-Match", "1"));
    assertEquals("71", again.answer().text());
    again.sent();
  }

  @Test
  void itHoldsAPlaceOfItsOwnUntilItsOwnerSaysSo() {
    var places = new Places();
    var app = new App();
    app.use("/*", new Gate() {
      @Override
      public Verdict before(Context c) {
        return Verdict.offload();
      }

      @Override
      public Response handle(Context c, Next next) throws Exception {
        Detached rest = next.detach(Deadline.in(Duration.ofMinutes(1), c.time()));
        detached.set(rest);
        return rest.answer();
      }
    });
    app.get("/tea", c -> c.text(c.deadline().remaining().isPresent() ? "by a deadline" : "-"));
    Exchange exchange = app.open(Request.get("/tea"));
    assertTrue(exchange.fastLane().isEmpty());
    assertEquals("by a deadline", exchange.slowLane(places).text());
    assertEquals(1, places.taken);
    detached.get().sent();
    assertEquals(0, places.taken);
  }

  private static final class Places implements Exchange.Admission {
    private int taken;

    @Override
    public boolean tryEnter() {
      taken++;
      return true;
    }

    @Override
    public void leave() {
      taken--;
    }
  }
}
