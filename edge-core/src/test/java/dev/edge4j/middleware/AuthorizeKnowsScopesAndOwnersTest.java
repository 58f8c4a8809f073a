package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.testing.TestClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Roles say what a subject may, scopes what its token is for, owners whose something is; 401 asks who, 403 says no, a scope says which is missing. */
class AuthorizeKnowsScopesAndOwnersTest {
  private static final String TOKEN = "q7nR2vXw9sKd4LmZ0aTb";

  private static App app(Map<String, Object> claims, Authorize rule, String... roles) {
    var app = new App();
    app.use(Except.when(c -> c.header("Authorization").isEmpty(), BearerAuth.token(new Principal("ada", Set.of(roles),
        claims),
        TOKEN)));
    app.with(rule).get("/*", c -> c.text("ok"));
    return app;
  }

  private static Response known(App app, String path) {
    return app.request(Request.get(path).withHeader("Authorization", "Bearer " + TOKEN));
  }

  private static int status(Authorize rule, String... roles) {
    return known(app(Map.of(), rule, roles), "/").status();
  }

  @Test
  void oneRoleOfSeveralOrAllOfThem() {
    assertEquals(200, status(Authorize.anyRole("admin", "buyer"), "buyer"));
    assertEquals(403, status(Authorize.anyRole("admin", "buyer"), "seller"));
    assertEquals(200, status(Authorize.allRoles("admin", "buyer"), "buyer", "admin"));
    assertEquals(403, status(Authorize.allRoles("admin", "buyer"), "buyer"));
    assertEquals(401, app(Map.of(), Authorize.anyRole("admin")).request("/").status());
  }

  @Test
  void scopesInEachSpelling() {
    for (Map<String, Object> claims : List.<Map<String, Object>>of(Map.of("scope", "orders:read orders:write"), Map.of(
        "scp", List.of("orders:write", "orders:read")), Map.of("scp", "orders:read orders:write"), Map.of("scope",
            "orders:read", "scp", List.of("orders:write", 7)))) {
      assertEquals(200, known(app(claims, Authorize.scope("orders:read", "orders:write")), "/").status());
      assertEquals(403, known(app(claims, Authorize.scope("orders")), "/").status());
    }
    assertEquals(403, known(app(Map.of("scope", 7), Authorize.scope("7")), "/").status());
  }

  @Test
  void aMissingScopeIsNamedAndAnAnonymousRequestIsAskedWhoItIs() {
    App app = app(Map.of("scope", "orders:read"), Authorize.scope("orders:read", "orders:write"));
    Response missing = known(app, "/");
    assertEquals(403, missing.status());
    assertEquals(Optional.of("Bearer error=\"insufficient_scope\", scope=\"orders:read orders:write\""), missing.header(
        "WWW-Authenticate"));
    assertEquals(401, app.request("/").status());
    assertEquals(Optional.of("Bearer"), app.request("/").header("WWW-Authenticate"));
    assertEquals(Optional.empty(), known(app(Map.of(), Authorize.role("admin")), "/").header("WWW-Authenticate"));
  }

  @Test
  void theOwnerIsWhomThePathNames() {
    var app = new App();
    app.use(BearerAuth.token("ada", TOKEN));
    app.use("/users/:id/*", Authorize.owner("id").or(Authorize.role("admin")));
    app.get("/users/:id/cart", c -> c.text("cart of " + c.param("id").asString()));
    assertEquals("cart of ada", known(app, "/users/ada/cart").text());
    assertEquals("cart of ada", known(app, "/users/%61da/cart").text());
    for (String other : List.of("bob", "Ada", "ada%20", "ad")) {
      assertEquals(403, known(app, "/users/" + other + "/cart").status(), other);
    }
  }

  @Test
  void anOwnerRuleInAPlaceWithoutItsParameterFailsClosed() {
    App app = app(Map.of(), Authorize.owner("id"));
    assertEquals(500, known(app, "/").status());
    assertEquals(401, app.request("/").status());
  }

  @Test
  void anOwnerRuleMayWaitAndIsAskedAboutKnownSubjectsAlone() {
    var app = new App();
    app.use(Except.when(c -> c.header("Authorization").isEmpty(), BearerAuth.token("ada", TOKEN)));
    app.use("/orders/:order", Authorize.owner((c, who) -> Thread.currentThread().isVirtual() && Map.of("1", "ada", "2",
        "bob").getOrDefault(c.param("order").asString(), "").equals(who.subject())).and(Authorize.authenticated()));
    app.get("/orders/:order", c -> c.text("order"));
    try (TestClient client = TestClient.overSocket(app)) {
      TestClient ada = client.with("Authorization", "Bearer " + TOKEN);
      assertEquals(200, ada.get("/orders/1").status());
      assertEquals(403, ada.get("/orders/2").status());
      assertEquals(403, ada.get("/orders/3").status());
      assertEquals(401, client.get("/orders/1").status());
    }
  }

  @Test
  void anOwnerRuleThatFailsLetsNobodyIn() {
    assertEquals(500, status(Authorize.owner((_, _) -> {
      throw new IOException("the store is away");
    })));
  }

  @Test
  void rulesArePutTogether() {
    Authorize admin = Authorize.role("admin");
    Authorize buyer = Authorize.role("buyer");
    assertEquals(403, status(admin.and(buyer), "admin"));
    assertEquals(200, status(admin.and(buyer), "admin", "buyer"));
    assertEquals(200, status(admin.or(buyer), "buyer"));
    assertEquals(403, status(admin.or(buyer), "seller"));
    assertEquals(200, app(Map.of(), admin.or(Authorize.anyone())).request("/").status());
    assertEquals(401, app(Map.of(), admin.and(Authorize.anyone())).request("/").status());
    assertEquals(Optional.of("Bearer error=\"insufficient_scope\", scope=\"x\""), known(app(Map.of(), admin.or(Authorize
        .scope("x"))), "/").header("WWW-Authenticate"));
  }

  @Test
  void mistakesAreToldAtStart() {
    assertThrows(IllegalArgumentException.class, Authorize::anyRole);
    assertThrows(IllegalArgumentException.class, Authorize::allRoles);
    assertThrows(IllegalArgumentException.class, Authorize::scope);
    assertThrows(IllegalArgumentException.class, () -> Authorize.anyRole("admin", " "));
    assertThrows(IllegalArgumentException.class, () -> Authorize.scope("a b"));
    assertThrows(IllegalArgumentException.class, () -> Authorize.scope("a\""));
  }
}
