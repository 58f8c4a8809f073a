package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.http.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The list of routes says what stands around each, what ends the fast lane, and where it runs. */
class RoutesAreListedTest {
  private static final class Watch implements Gate {
    @Override
    public Verdict before(Context c) {
      return Verdict.pass();
    }
  }

  private static final class Slow implements Middleware {
    @Override
    public Response handle(Context c, Next next) throws Exception {
      return next.proceed();
    }
  }

  @Test
  void asATable() {
    var shop = new App();
    shop.use(new Slow());
    shop.get("/", c -> c.text("shop"));
    shop.get("/cart", c -> c.text("cart"));
    var app = new App();
    app.use(new Watch());
    app.get("/ping", Handler.inline(c -> c.text("pong")));
    app.use("/:tenant/admin", new Slow());
    app.get("/:tenant/:page", c -> c.text("page"));
    app.atOrigin("orders need one place").post("/orders", c -> c.text("placed"));
    app.mount("/shop", shop);
    app.host("api.example.com").all("/*", c -> c.text("api"));
    app.mount("/canary", Canary.of(shop, shop));
    assertEquals("""
        METHOD  PATTERN            CHAIN          HOPS AT  PLACE
        GET     /ping              Watch          nothing  edge
        GET     /:tenant/:page     Watch > Slow?  Slow?    edge
        POST    /orders            Watch          handler  origin: orders need one place
        GET     /shop              Watch > Slow   Slow     edge
        GET     /shop/cart         Watch > Slow   Slow     edge
        *       api.example.com/*  Watch > Slow?  Slow?    edge
        *       /canary/*          Watch > Slow?  Slow?    edge
        """, app.describe());
  }

  @Test
  void whatOnlySomePathsHaveRunsOnThoseAlone() {
    var app = new App();
    app.use("/:tenant/admin", (_, next) -> next.proceed().withHeader("Admin", "yes"));
    app.get("/:tenant/:page", c -> c.text(c.param("page").asString()));
    assertEquals(List.of("yes"), app.request("/acme/admin").headers().all("Admin"));
    assertEquals(List.of(), app.request("/acme/start").headers().all("Admin"));
  }
}
