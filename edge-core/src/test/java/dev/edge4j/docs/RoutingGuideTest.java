package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Handler;
import dev.edge4j.NotFound;
import dev.edge4j.Route;
import dev.edge4j.TrailingSlash;
import dev.edge4j.Unreachable;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.RateLimit;
import dev.edge4j.server.Server;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The listings of docs/routing.md. */
class RoutingGuideTest {
  private final App app = new App();

  @Test
  void patternsTakePartsOfThePath() {
    // tag::patterns[]
    app.get("/about", c -> c.text("this path and no other"));
    app.get("/products/:id", c -> c.text("product " + c.param("id").asLong()));
    app.get("/orders/:id{[0-9]+}", c -> c.text("order " + c.param("id").asLong()));
    app.get("/docs/:version/:page?", c -> c.text("page " + c.param("page").orElse("index")));
    app.get("/invoices/:id.pdf", c -> c.text("invoice " + c.param("id").asLong()));
    app.get("/compare/:from...:to", c -> c.text(c.param("from").asString() + " and " + c.param("to").asString()));
    app.get("/files/*path", c -> c.text("file " + c.param("path").asString()));
    app.get("/static/*", c -> c.text("below " + c.path()));
    // end::patterns[]
    assertEquals("this path and no other", app.request("/about").text());
    assertEquals(404, app.request("/about/").status());
    assertEquals("product 7", app.request("/products/7").text());
    assertEquals(400, app.request("/products/tea").status());
    assertEquals("order 7", app.request("/orders/7").text());
    assertEquals(404, app.request("/orders/tea").status());
    assertEquals("page index", app.request("/docs/v1").text());
    assertEquals("page start", app.request("/docs/v1/start").text());
    assertEquals("invoice 7", app.request("/invoices/7.pdf").text());
    assertEquals("v1.0 and v2", app.request("/compare/v1.0...v2").text());
    assertEquals("file a/b.txt", app.request("/files/a/b.txt").text());
    assertEquals("below /static/css/a.css", app.request("/static/css/a.css").text());
  }

  @Test
  void theFirstHandlerThatMatchesAnswers() {
    // tag::precedence[]
    app.get("/products/new", c -> c.text("a form"));
    app.get("/products/:id", c -> c.text("product " + c.param("id").asString()));
    // end::precedence[]
    assertEquals("a form", app.request("/products/new").text());
    assertEquals("product 7", app.request("/products/7").text());
  }

  enum Sort {
    NAME, PRICE
  }

  @Test
  void valuesAreReadAsWhatTheyAre() {
    // tag::values[]
    app.get("/products", c -> {
      int page = c.query("page").asInt(1);
      Sort sort = c.query("sort").isPresent() ? c.query("sort").asEnum(Sort.class) : Sort.NAME;
      return c.text("page " + page + " by " + sort);
    });
    // end::values[]
    assertEquals("page 1 by NAME", app.request("/products").text());
    assertEquals("page 2 by PRICE", app.request("/products?page=2&sort=price").text());
    Response refused = app.request("/products?page=two");
    assertEquals(400, refused.status());
    assertEquals(true, refused.text().contains("page"));
  }

  @Test
  void theSlashAtTheEndIsAPolicy() {
    // tag::slash[]
    app.trailingSlash(TrailingSlash.REDIRECT); // or IGNORE; STRICT is the default
    app.get("/about", c -> c.text("about us"));
    // end::slash[]
    assertEquals(308, app.request("/about/").status());
    assertEquals("/about", app.request("/about/").header("Location").orElseThrow());
  }

  @Test
  void hostsHaveRoutesOfTheirOwn() {
    // tag::hosts[]
    app.host("api.example.com", api -> api.get("/", c -> c.text("the API")));
    app.host(":tenant.example.com", tenant -> tenant.get("/", c -> c.text("home of " + c.param("tenant").asString())));
    app.get("/", c -> c.text("every other host"));
    // end::hosts[]
    assertEquals("the API", app.request(Request.get("/").withHeader("Host", "api.example.com")).text());
    assertEquals("home of acme", app.request(Request.get("/").withHeader("Host", "acme.example.com")).text());
    assertEquals("every other host", app.request("/").text());
  }

  @Test
  void whatCanNeverAnswerIsReported() {
    // tag::unreachable[]
    app.unreachable(Unreachable.FAIL); // WARN is the default
    app.get("/products/:id", c -> c.text("product"));
    app.get("/products/new", c -> c.text("a form"));

    var e = assertThrows(IllegalStateException.class, () -> Server.start(app, 0));
    assertEquals("route GET /products/new can never answer: GET /products/:id is registered before it", e.getMessage());
    // end::unreachable[]
  }

  @Test
  void routesArePrinted() {
    // tag::describe[]
    app.use("/api/*", RateLimit.perClient(100, Duration.ofMinutes(1)));
    app.get("/ping", Handler.inline(c -> c.text("pong")));
    app.get("/api/products/:id", c -> c.text("product"));
    app.atOrigin("payments need one place that decides").post("/api/orders", c -> forward(c));

    assertEquals("""
        METHOD  PATTERN            CHAIN      HOPS AT  PLACE
        GET     /ping              -          nothing  edge
        GET     /api/products/:id  RateLimit  handler  edge
        POST    /api/orders        RateLimit  handler  origin: payments need one place that decides
        """, app.describe());
    // end::describe[]
  }

  @Test
  void groupsShareAPrefixAndTheirErrors() {
    // tag::groups[]
    app.group("/api", api -> {
      api.get("/products/:id", _ -> {
        throw new NotFound("no such product");
      });
      api.notFound(c -> c.json(404, List.of("no such endpoint")));
    });
    app.group("/shop", shop -> {
      shop.get("/", c -> c.html("<h1>Shop</h1>"));
      shop.onError((c, error) -> c.html(500, "<h1>Something broke</h1>"));
    });
    // end::groups[]
    assertEquals(404, app.request("/api/products/7").status());
    assertEquals("[\"no such endpoint\"]", app.request("/api/nothing").text());
    assertEquals("<h1>Shop</h1>", app.request("/shop").text());
  }

  @Test
  void applicationsAreMounted() {
    // tag::mount[]
    var shop = new App();
    shop.get("/cart", c -> c.text("the cart, seen at " + c.path()));

    app.mount("/shop", shop);
    // end::mount[]
    assertEquals("the cart, seen at /cart", app.request("/shop/cart").text());
  }

  @Test
  void anApplicationIsAFunction() {
    app.get("/products/:id", c -> c.text("product " + c.param("id").asLong()));
    // tag::request[]
    Response response = app.request("/products/7");
    assertEquals(200, response.status());
    assertEquals("product 7", response.text());

    Response refused = app.request(Request.of(Method.DELETE, "/products/7"));
    assertEquals(405, refused.status());
    // end::request[]
  }

  private static Response forward(Context c) {
    return c.json(201, List.of());
  }

  @Test
  void whatBelongsAtTheOriginSaysWhy() {
    // tag::origin[]
    app.get("/", c -> c.text("at the edge"));
    app.atOrigin("payments need one place that decides").post("/api/orders", c -> forward(c));

    Route orders = app.routes().getLast();
    assertEquals("origin: payments need one place that decides", orders.place().toString());
    // end::origin[]
    assertEquals("edge", app.routes().getFirst().place().toString());
    assertThrows(IllegalArgumentException.class, () -> app.atOrigin(" "));
  }
}
