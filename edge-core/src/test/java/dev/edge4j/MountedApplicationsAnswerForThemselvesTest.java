package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mounted application is the application it was before, below a prefix: its routes, its 404, its errors, whenever they were set. */
class MountedApplicationsAnswerForThemselvesTest {
  private final App shop = new App();
  private final App app = new App();

  @Test
  void routesNotFoundAndOnErrorCountWhetherSetBeforeOrAfterTheMount() {
    shop.get("/before", c -> c.text("before"));
    app.mount("/shop", shop);
    shop.get("/after", c -> c.text("after"));
    shop.get("/fails", _ -> {
      throw new IllegalStateException("it");
    });
    shop.notFound(c -> c.text(404, "no " + c.path() + " in the shop"));
    shop.onError((c, e) -> c.text(500, "the shop: " + e.getMessage()));
    assertEquals("before", app.request("/shop/before").text());
    assertEquals("after", app.request("/shop/after").text());
    assertEquals("no /nowhere in the shop", app.request("/shop/nowhere").text());
    assertEquals("the shop: it", app.request("/shop/fails").text());
  }

  @Test
  void whatTheOuterOneSetsIsForItsOwnRoutes() {
    app.notFound(c -> c.text(404, "outer"));
    app.onError((c, _) -> c.text(500, "outer"));
    app.mount("/shop", shop);
    shop.get("/fails", _ -> {
      throw new IllegalStateException("it");
    });
    assertEquals("outer", app.request("/nowhere").text());
    Response missing = app.request("/shop/nowhere");
    assertEquals(404, missing.status());
    assertEquals(Optional.of("application/problem+json"), missing.header("Content-Type"));
    assertEquals(Optional.of("application/problem+json"), app.request("/shop/fails").header("Content-Type"));
  }

  @Test
  void errorsOfOuterMiddlewareAreTheOuterOnesToRender() {
    shop.onError((c, _) -> c.text(500, "inner"));
    shop.get("/", c -> c.text("shop"));
    app.onError((c, _) -> c.text(500, "outer"));
    app.use((_, _) -> {
      throw new IllegalStateException("it");
    });
    app.mount("/shop", shop);
    assertEquals("outer", app.request("/shop").text());
  }

  @Test
  void outerMiddlewareStandsAroundAllOfIt() {
    app.use("/shop/*", (_, next) -> next.proceed().withHeader("Seen", "yes"));
    app.mount("/shop", shop);
    shop.get("/x", c -> c.text("x"));
    assertEquals(Optional.of("yes"), app.request("/shop/x").header("Seen"));
    assertEquals(Optional.of("yes"), app.request("/shop/nowhere").header("Seen"));
    assertEquals(Optional.of("yes"), app.request(Request.of(Method.DELETE, "/shop/x")).header("Seen"));
  }

  @Test
  void itsRoutesAreListedUnderThePrefix() {
    shop.get("/cart", c -> c.text("cart"));
    app.mount("/shop", shop);
    assertEquals("/shop/cart", app.routes().getFirst().pattern());
  }

  @ParameterizedTest
  @CsvSource({"/shop,/", "/shop/,/", "/shop/cart,/cart", "/shop//cart,/cart", "//shop/cart,/cart", "/shop/./cart,/cart",
      "/shop/x/../cart,/cart", "/x/../shop/cart,/cart", "/shop/%2e/cart,/cart", "/%73hop/cart,/cart",
      "/%73%68%6F%70/%63art,/cart", "/shop/a%2Fb,/a%2Fb", "/shop/%C3%A9,/é", "/shop/100%25,/100%25",
      "/shop/%2573hop,/%2573hop", "/shop/shop/cart,/shop/cart"})
  void itSeesTheNormalFormWithoutThePrefix(String target, String path) {
    shop.all("/*", c -> c.text(c.path()));
    app.mount("/shop", shop);
    assertEquals(path, app.request(target).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/shop/../cart", "/shop/%2e%2e/cart", "/shop%2Fcart", "/shopping", "/SHOP/cart", "/shop;x"})
  void whatIsNotBelowThePrefixDoesNotReachIt(String target) {
    shop.all("/*", c -> c.text("shop"));
    app.mount("/shop", shop);
    assertEquals(404, app.request(target).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/shop/..%2Fcart", "/shop%2F..%2Fcart", "/shop/%5C..", "/shop/%", "/shop/%C0%AF",
      "/shop/%00"})
  void whatHasNoNormalFormReachesNobody(String target) {
    shop.all("/*", c -> c.text("shop"));
    app.mount("/shop", shop);
    assertThrows(BadRequestException.class, () -> app.request(target));
  }

  @Test
  void anyFunctionIsMountedAsAnApplicationWithOneHandler() {
    shop.all("/*", c -> c.text(c.request().method() + " " + c.request().path()));
    app.mount("/legacy", shop);
    assertEquals("POST /orders/7", app.request(Request.post("/legacy/orders/7")).text());
  }

  @Test
  void itStartsWithTheOneItIsMountedIn() {
    app.mount("/shop", shop);
    app.seal();
    assertThrows(IllegalStateException.class, () -> shop.get("/late", c -> c.text("late")));
  }

  @Test
  void itsUnreachableRoutesAreReportedWhenTheOuterOneStarts() {
    shop.unreachable(Unreachable.FAIL).get("/a", c -> c.text("a")).get("/a", c -> c.text("never"));
    app.mount("/shop", shop);
    assertThrows(IllegalStateException.class, app::seal);
  }

  @Test
  void noApplicationIsMountedInItself() {
    app.mount("/shop", shop);
    for (App inside : List.of(app, shop)) {
      var e = assertThrows(IllegalArgumentException.class, () -> inside.mount("/outer", app));
      assertEquals(
          "mount: \"/outer\" (expected: an application that does not hold this one; its requests would never end)",
          e.getMessage());
    }
  }

  @Test
  void oneMountedTwiceAnswersAndIsListedAtBothPrefixes() {
    shop.get("/cart", c -> c.text("cart"));
    app.mount("/shop", shop).mount("/store", shop);
    assertEquals("cart", app.request("/shop/cart").text());
    assertEquals("cart", app.request("/store/cart").text());
    assertEquals(List.of("/shop/cart", "/store/cart"), app.routes().stream().map(Route::pattern).toList());
  }

  @Test
  void mountsInsideMountsAreListedWithTheWholePath() {
    var cart = new App();
    cart.get("/", c -> c.text(c.path())).get("/:line", c -> c.text(c.path()));
    shop.mount("/cart", cart);
    app.group("/:tenant", tenant -> tenant.mount("/shop", shop));
    assertEquals("/7", app.request("/acme/shop/cart/7").text());
    assertEquals(List.of("/:tenant/shop/cart", "/:tenant/shop/cart/:line"),
        app.routes().stream().map(Route::pattern).toList());
  }

  @Test
  void theParametersOfThePrefixAreSeenInside() {
    var cart = new App();
    cart.use((c, next) -> next.proceed().withHeader("Tenant", c.param("tenant").asString()));
    cart.get("/:line", c -> c.text(c.param("tenant").asString() + " " + c.param("user").asString() + " " + c.param(
        "line").asString()));
    cart.get("/same/:user", c -> c.text(c.param("user").asString()));
    shop.mount("/cart/:user", cart);
    app.mount("/:tenant", shop);
    assertEquals("acme a/b 7", app.request("/acme/cart/a%2Fb/7").text());
    assertEquals("acme", app.request("/acme/cart/u/7").header("Tenant").orElse(""));
    assertEquals("inner", app.request("/acme/cart/outer/same/inner").text());
  }
}
