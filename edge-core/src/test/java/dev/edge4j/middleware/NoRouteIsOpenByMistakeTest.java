package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.Routes;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Behind {@code Authorize.denyByDefault()} an application does not start while a route says to nobody who may ask. */
class NoRouteIsOpenByMistakeTest {
  private final App app = new App();

  @BeforeEach
  void deny() {
    app.use("/admin/*", Authorize.denyByDefault());
  }

  private static void get(Routes routes, String... patterns) {
    Arrays.stream(patterns).forEach(pattern -> routes.get(pattern, c -> c.text("ok")));
  }

  private List<String> forgotten() {
    return String.valueOf(assertThrows(IllegalStateException.class, app::seal).getMessage())
        .lines()
        .map(line -> line.substring(0, line.indexOf(" says to nobody")))
        .toList();
  }

  @Test
  void eachRouteHasItsRule() {
    get(app, "/", "/shop");
    get(app.with(Authorize.role("admin")), "/admin/users", "/admin/users/:id");
    get(app.with(Authorize.anyone()), "/admin/health");
    app.use("/admin/own/*", Authorize.authenticated());
    get(app, "/admin/own/a", "/admin/own/b");
    assertEquals(401, app.request("/admin/users").status());
    assertEquals(200, app.request("/admin/health").status());
    assertEquals(401, app.request("/admin/own/b").status());
    assertEquals(200, app.request("/shop").status());
  }

  @Test
  void allThatAreForgottenAreNamed() {
    get(app.with(Authorize.role("admin")), "/admin/users");
    get(app, "/admin/keys", "/shop");
    app.group("/admin").delete("/users", c -> c.text("gone"));
    assertEquals(List.of("route GET /admin/keys", "route DELETE /admin/users"), forgotten());
    assertThrows(IllegalStateException.class, () -> app.request("/shop"));
    assertThrows(RuntimeException.class, () -> Server.start(app, ServerOptions.port(0)));
  }

  @Test
  void aRuleThatComesTooLateDoesNotCount() {
    get(app, "/admin/keys");
    app.use("/admin/*", Authorize.role("admin"));
    get(app, "/admin/users");
    assertEquals(List.of("route GET /admin/keys"), forgotten());
  }

  @Test
  void aRuleInFrontDoesNotCount() {
    var other = new App();
    other.use(Authorize.authenticated(), Authorize.denyByDefault());
    get(other, "/");
    assertThrows(IllegalStateException.class, other::seal);
  }

  @Test
  void aRuleForSomeOfThePathsDoesNotCount() {
    app.use("/admin/users/*", Authorize.role("admin"));
    get(app, "/admin/:what/list", "/:where/keys", "/admin/users/list");
    assertEquals(List.of("route GET /admin/:what/list", "route GET /:where/keys"), forgotten());
  }

  @Test
  void aRuleThatIsExceptedOrOneOfSeveralDoesNotCount() {
    Authorize admin = Authorize.role("admin");
    get(app.with(Except.when(_ -> true, admin)), "/admin/a");
    get(app.with(Some.of(admin, IpRules.allow("10.0.0.0/8"))), "/admin/b");
    get(app.with(Some.of(admin, Authorize.role("root"))), "/admin/c");
    get(app.with(Every.of(IpRules.allow("10.0.0.0/8"), admin)), "/admin/d");
    assertEquals(List.of("route GET /admin/a", "route GET /admin/b"), forgotten());
  }

  @Test
  void mountedRoutesAreSeen() {
    var inner = new App();
    get(inner, "/open");
    get(inner.with(Authorize.role("admin")), "/closed");
    app.mount("/admin/tools", inner);
    app.with(Authorize.role("admin")).mount("/admin/all", inner);
    app.mount("/admin/chosen", _ -> inner);
    assertEquals(List.of("route GET /open", "route * /admin/chosen/*"), forgotten());
  }
}
