package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.http.Response;
import dev.edge4j.testing.TestClient;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Anonymous requests get 401, known ones without the role 403. */
class AuthorizeLetsInWhomItShouldTest {
  private static final String SECRET = "a secret of at least thirty-two bytes, for tests";

  private final App app = new App();

  @BeforeEach
  void routes() {
    app.use(JwtAuth.hs256(SECRET).optional());
    app.get("/", c -> c.text("open"));
    app.with(Authorize.authenticated()).get("/account", c -> c.text("account"));
    app.with(Authorize.role("admin")).get("/admin", c -> c.text("admin"));
  }

  private Response as(String path, String... roles) {
    String token = JwtTokens.hs256(SECRET).issue("ada", Set.of(roles), Duration.ofMinutes(1));
    return TestClient.inProcess(app).with("Authorization", "Bearer " + token).get(path);
  }

  @Test
  void anonymous() {
    assertEquals(200, app.request("/").status());
    for (String path : new String[]{"/account", "/admin"}) {
      assertEquals(401, app.request(path).status());
      assertEquals(Optional.of("Bearer"), app.request(path).header("WWW-Authenticate"));
    }
  }

  @Test
  void knownWithoutTheRole() {
    assertEquals(200, as("/account").status());
    assertEquals(403, as("/admin").status());
    assertEquals(403, as("/admin", "Admin", "administrator").status());
  }

  @Test
  void knownWithTheRole() {
    assertEquals("admin", as("/admin", "buyer", "admin").text());
  }

  @Test
  void aRoleHasAName() {
    assertThrows(IllegalArgumentException.class, () -> Authorize.role(" "));
  }
}
