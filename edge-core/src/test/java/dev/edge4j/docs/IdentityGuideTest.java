package dev.edge4j.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Forbidden;
import dev.edge4j.Routes;
import dev.edge4j.Unauthorized;
import dev.edge4j.http.CookieKeys;
import dev.edge4j.client.OriginClient;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.http.SetCookie;
import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.middleware.Authorize;
import dev.edge4j.middleware.BasicAuth;
import dev.edge4j.middleware.BearerAuth;
import dev.edge4j.middleware.Csrf;
import dev.edge4j.middleware.JwtAlgorithm;
import dev.edge4j.middleware.JwtAuth;
import dev.edge4j.middleware.JwtTokens;
import dev.edge4j.middleware.Principal;
import dev.edge4j.middleware.jwks.Jwk;
import dev.edge4j.middleware.jwks.KeySet;
import dev.edge4j.middleware.session.Session;
import dev.edge4j.middleware.session.Sessions;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The listings of docs/identity.md. */
class IdentityGuideTest {
  private static final String SECRET = "a secret of at least thirty-two bytes, for tests";

  private final App app = new App();
  private final byte[] newest = "b".repeat(32).getBytes(UTF_8);
  private final byte[] lastYears = "a".repeat(32).getBytes(UTF_8);
  private final CookieKeys keys = CookieKeys.of(newest);

  private Response get(String path, String... nameAndValue) {
    Request request = Request.get(path);
    return app.request(nameAndValue.length == 0 ? request : request.withHeader(nameAndValue[0], nameAndValue[1]));
  }

  private static String cookie(Response response) {
    String line = response.header("Set-Cookie").orElseThrow();
    return line.substring(0, line.indexOf(';'));
  }

  /** Who has which password. */
  private static Optional<String> check(String name, String password) {
    return Optional.of(name).filter(n -> n.equals("ada") && password.equals("countess"));
  }

  @Test
  void tokens() {
    String secret = SECRET;
    // tag::tokens[]
    JwtTokens tokens = JwtTokens.hs256(secret).issuer("shop").audience("api");
    app.post("/token", c -> {
      String subject = check(c.form("name").asString(), c.form("password").asString()).orElseThrow(
          () -> new Unauthorized("another name or password"));
      return c.text(tokens.issue(subject, Set.of("buyer"), Duration.ofMinutes(15)));
    });
    app.use("/api/*", JwtAuth.hs256(secret).issuer("shop").audience("api"));
    app.get("/api/me", c -> c.text(c.require(Principal.KEY).subject()));
    // end::tokens[]
    Request form = Request.post("/token")
        .withBody("application/x-www-form-urlencoded", "name=ada&password=countess"
            .getBytes(UTF_8));
    assertEquals("ada", get("/api/me", "Authorization", "Bearer " + app.request(form).text()).text());
    assertEquals(401, get("/api/me").status());
  }

  @Test
  void keySets() {
    KeyPair pair = Jwk.pair("Ed25519");
    byte[] published = Jwk.set(Jwk.of("2026-11", pair.getPublic()));
    var publishing = new App();
    publishing.get("/.well-known/jwks.json", c -> Response.bytes(200, "application/jwk-set+json", published));
    Server server = Server.start(publishing, ServerOptions.port(0).withHost("127.0.0.1"));
    String url = "http://127.0.0.1:" + server.port();
    // tag::keyset[]
    OriginClient issuer = OriginClient.to(url); // https://id.example.com, from your configuration
    KeySet keys = KeySet.at(issuer, "/.well-known/jwks.json");
    app.use("/api/*", JwtAuth.keySet(keys, JwtAlgorithm.EDDSA).issuer("https://id.example.com").audience("shop"));
    // end::keyset[]
    app.get("/api/me", c -> c.text(c.require(Principal.KEY).subject()));
    String token = JwtTokens.privateKey(JwtAlgorithm.EDDSA, pair.getPrivate())
        .keyId("2026-11")
        .issuer("https://id.example.com")
        .audience("shop")
        .issue("ada", List.of(), Duration.ofMinutes(15));
    assertEquals("ada", get("/api/me", "Authorization", "Bearer " + token).text());
    issuer.close();
    server.close();
  }

  /** Tokens as a database would have them. */
  private record ApiKeys(Map<String, Principal> known) {
    Optional<Principal> find(String token) {
      return Optional.ofNullable(known.get(token));
    }
  }

  @Test
  void bearerTokens() {
    String ciToken = "q7nR2vXw9sKd4LmZ0aTb";
    var apiKeys = new ApiKeys(Map.of("live_4f9", new Principal("acme", Set.of(), Map.of("scope", "read"))));
    // tag::bearer[]
    app.use("/deploy", BearerAuth.token("ci", ciToken));
    app.use("/partners/*", BearerAuth.verifying(apiKeys::find).header("X-Api-Key").scheme("")); // may wait
    app.use("/metrics", BasicAuth.user("scraper", ciToken).realm("metrics"));
    // end::bearer[]
    app.get("/deploy", c -> c.text(c.require(Principal.KEY).subject()));
    app.get("/partners/*", c -> c.text(c.require(Principal.KEY).subject()));
    assertEquals("ci", get("/deploy", "Authorization", "Bearer " + ciToken).text());
    assertEquals("acme", get("/partners/x", "X-Api-Key", "live_4f9").text());
    assertEquals(401, get("/partners/x", "X-Api-Key", "live_5").status());
  }

  /** Whose orders they are. */
  private record Orders(Map<Long, String> owners) {
    String ownerOf(long id) {
      return owners.getOrDefault(id, "");
    }
  }

  @Test
  void authorize() {
    var orders = new Orders(Map.of(7L, "ada", 8L, "bob"));
    String token = JwtTokens.hs256(SECRET).issue("ada", Set.of("buyer"), Duration.ofMinutes(15));
    // tag::authorize[]
    app.use(JwtAuth.hs256(SECRET).optional());
    app.use("/api/*", Authorize.denyByDefault());
    app.use("/api/users/:id/*", Authorize.owner("id").or(Authorize.role("support")));
    app.use("/api/orders/:id", Authorize.owner((c, who) -> orders.ownerOf(c.param("id").asLong())
        .equals(who
            .subject()))); // may wait
    app.with(Authorize.anyone()).get("/api/products", c -> c.text("teas"));
    app.with(Authorize.scope("reports:read")).get("/api/reports", c -> c.text("reports"));
    app.get("/api/users/:id/cart", c -> c.text("cart"));
    app.get("/api/orders/:id", c -> c.text("order"));
    // end::authorize[]
    String[] ada = {"Authorization", "Bearer " + token};
    assertEquals("cart", get("/api/users/ada/cart", ada).text());
    assertEquals(403, get("/api/users/bob/cart", ada).status());
    assertEquals("order", get("/api/orders/7", ada).text());
    assertEquals(403, get("/api/orders/8", ada).status());
    assertEquals(401, get("/api/orders/8").status());
    assertEquals("teas", get("/api/products").text());
    assertTrue(get("/api/reports", ada).header("WWW-Authenticate").orElseThrow().contains("insufficient_scope"));
  }

  @Test
  void whatIsForgottenDoesNotStart() {
    Routes routes = app.use("/api/*", Authorize.denyByDefault());
    routes.get("/api/products", c -> c.text("teas"));
    var error = assertThrows(IllegalStateException.class, app::seal);
    assertEquals(
        "route GET /api/products says to nobody who may ask (expected: an Authorize around all of its paths, or"
            + " Authorize.anyone())", error.getMessage());
  }

  @Test
  void sessions() {
    KvStore store = new MemoryKv();
    // tag::sessions[]
    app.use(Csrf.create(), Sessions.kv(store, keys)); // or Sessions.cookie(keys): no store, and no way to take one back
    app.post("/login", c -> {
      String subject = check(c.form("name").asString(), c.form("password").asString()).orElseThrow(
          () -> new Forbidden("another name or password"));
      Session session = Session.of(c);
      session.renew(); // an id from before the login is worth nothing after it
      session.put("user", subject);
      session.put("flash", "Welcome back");
      return Response.redirect(303, "/");
    });
    app.get("/", c -> {
      Session session = Session.of(c);
      String user = session.get("user").orElse("stranger");
      return c.text(session.take("flash").map(text -> text + ", ").orElse("") + user);
    });
    app.post("/logout", c -> {
      Session.of(c).destroy();
      return Response.redirect(303, "/");
    });
    // end::sessions[]
    Request login = Request.post("/login")
        .withBody("application/x-www-form-urlencoded", "name=ada&password=countess"
            .getBytes(UTF_8));
    String cookie = cookie(app.request(login));
    assertEquals("Welcome back, ada", get("/", "Cookie", cookie).text());
    assertEquals("ada", get("/", "Cookie", cookie).text());
    assertEquals(303, app.request(Request.post("/logout").withHeader("Cookie", cookie)).status());
    assertEquals("stranger", get("/", "Cookie", cookie).text());
    assertEquals("stranger", get("/").text());
  }

  @Test
  void sessionsAsPrincipals() {
    // tag::principal[]
    app.use(Sessions.cookie(keys));
    app.use((c, next) -> {
      Session.of(c).get("user").ifPresent(user -> c.set(Principal.KEY, new Principal(user, Set.of("buyer"), Map.of())));
      return next.proceed();
    });
    app.use("/account/*", Authorize.role("buyer"));
    // end::principal[]
    app.get("/in", c -> {
      Session.of(c).put("user", "ada");
      return c.text("in");
    });
    app.get("/account/orders", c -> c.text("orders"));
    assertEquals("orders", get("/account/orders", "Cookie", cookie(get("/in"))).text());
    assertEquals(401, get("/account/orders").status());
  }

  @Test
  void sealedCookies() {
    // tag::cookies[]
    CookieKeys rotated = CookieKeys.of(newest, lastYears); // 32 random bytes each; the newest seals
    app.get("/basket/add/:tea", c -> c.text("ok")
        .withCookie(rotated.signed(SetCookie.of("basket", c.param("tea")
            .asString()).withMaxAge(Duration.ofDays(7)))));
    app.get("/basket", c -> c.text(rotated.readSigned(c.headers(), "basket").orElse("empty")));
    // end::cookies[]
    String cookie = cookie(get("/basket/add/oolong"));
    assertEquals("oolong", get("/basket", "Cookie", cookie).text());
    assertEquals("empty", get("/basket", "Cookie", cookie.replace("basket=", "basket=A")).text());
    SetCookie old = CookieKeys.of(lastYears).signed(SetCookie.of("basket", "sencha"));
    assertEquals("sencha", get("/basket", "Cookie", "basket=" + old.value()).text());
  }
}
