package dev.edge4j.middleware.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Handler;
import dev.edge4j.http.CookieKeys;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.http.SetCookie;
import dev.edge4j.json.TypeRef;
import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.testing.TestClient;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A session is there from the first value to its end, in a cookie as in a store, and costs nothing where nobody asks for it. */
class SessionsRememberTheirVisitorTest {
  private static final CookieKeys OLD = CookieKeys.of("a".repeat(32).getBytes(UTF_8));
  private static final CookieKeys NEW = CookieKeys.of("b".repeat(32).getBytes(UTF_8), "a".repeat(32).getBytes(UTF_8));
  private static final TypeRef<List<Integer>> NUMBERS = new TypeRef<>() {};
  private static final Duration TICK = Duration.ofMillis(1);

  private enum Where {
    COOKIE, KV
  }

  /** Browsers of a virtual time: what one has is in its hands, to be sent again whenever a test likes. */
  private final VirtualClock clock = new VirtualClock();
  private final KvStore store = new MemoryKv(1000, clock);

  private Sessions sessions(Where where, CookieKeys keys) {
    return switch (where) {
      case COOKIE -> Sessions.cookie(keys);
      case KV -> Sessions.kv(store, keys);
    };
  }

  private App app(Where where) {
    return app(sessions(where, OLD));
  }

  private App app(Sessions sessions) {
    var app = new App().time(clock);
    app.use(sessions);
    app.get("/free", c -> c.text("free"));
    app.get("/get/:name", c -> c.text(Session.of(c).get(c.param("name").asString()).orElse("-")));
    app.get("/put/:name/:value", c -> {
      Session.of(c).put(c.param("name").asString(), c.param("value").asString());
      return c.text("put");
    });
    app.get("/take/:name", c -> c.text(Session.of(c).take(c.param("name").asString()).orElse("-")));
    app.get("/remove/:name", c -> {
      Session.of(c).remove(c.param("name").asString());
      return c.text("removed");
    });
    app.get("/login/:user", c -> {
      Session.of(c).renew();
      Session.of(c).put("user", c.param("user").asString());
      return c.text("in");
    });
    app.get("/logout", c -> {
      Session.of(c).destroy();
      return c.text("out");
    });
    app.get("/fail", c -> {
      Session.of(c).put("tried", "yes");
      throw new IllegalStateException("on purpose");
    });
    return app;
  }

  private static Response get(App app, String path, String cookie) {
    return app.request(cookie.isEmpty() ? Request.get(path)
        : Request.get(path)
            .withHeader("Cookie",
                "__Host-session=" + cookie));
  }

  /** The cookie's value after a response: the one that it sets, or the one before. */
  private static String after(Response response, String before) {
    return response.header("Set-Cookie")
        .map(line -> line.substring("__Host-session=".length(), line.indexOf(';')))
        .orElse(before);
  }

  private static boolean setsCookie(Response response) {
    return response.header("Set-Cookie").isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void aValueIsThereInTheNextRequest(Where where) {
    App app = app(where);
    Response first = get(app, "/put/theme/dark", "");
    String cookie = after(first, "");
    assertTrue(first.header("Set-Cookie").orElseThrow().endsWith("; Path=/; HttpOnly; Secure; SameSite=Lax"));
    assertEquals("dark", get(app, "/get/theme", cookie).text());
    assertEquals("-", get(app, "/get/theme", "").text());
    assertEquals("-", get(app, "/get/other", cookie).text());
    cookie = after(get(app, "/put/name/Zo%C3%AB", cookie), cookie);
    assertEquals("Zoë", get(app, "/get/name", cookie).text());
    assertEquals("dark", get(app, "/get/theme", cookie).text());
    cookie = after(get(app, "/remove/name", cookie), cookie);
    assertEquals("-", get(app, "/get/name", cookie).text());
  }

  @ParameterizedTest
  @EnumSource
  void whoDoesNotAskGetsNoCookieAndIsStoredAsBefore(Where where) {
    App app = app(where);
    for (Response response : List.of(get(app, "/free", ""), get(app, "/free", "nonsense"), get(app, "/nowhere", ""),
        get(
            app, "/free", after(get(app, "/put/a/b", ""), "")))) {
      assertFalse(setsCookie(response));
      assertEquals(Optional.empty(), response.header("Cache-Control"));
    }
    Response read = get(app, "/get/a", "");
    assertFalse(setsCookie(read), "reading begins no session");
    assertFalse(setsCookie(get(app, "/remove/a", "")));
    assertEquals(Optional.of("no-store"), read.header("Cache-Control"));
  }

  @ParameterizedTest
  @EnumSource
  void aCookieIsSetOnlyWhereItIsNew(Where where) {
    App app = app(where);
    String cookie = after(get(app, "/put/a/b", ""), "");
    assertFalse(setsCookie(get(app, "/get/a", cookie)));
    assertFalse(setsCookie(get(app, "/remove/other", cookie)));
    assertEquals(where == Where.COOKIE, setsCookie(get(app, "/put/c/d", cookie)));
  }

  @ParameterizedTest
  @EnumSource
  void aSessionEndsAfterHalfAnHourWithoutALook(Where where) {
    App app = app(where);
    String cookie = after(get(app, "/put/a/b", ""), "");
    clock.advance(Duration.ofMinutes(30).minus(TICK));
    String later = after(get(app, "/get/a", cookie), cookie);
    clock.advance(Duration.ofMinutes(29));
    assertEquals("b", get(app, "/get/a", later).text());
    clock.advance(Duration.ofMinutes(31));
    Response over = get(app, "/get/a", later);
    assertEquals("-", over.text());
    assertEquals(Optional.of("__Host-session=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax"), over.header(
        "Set-Cookie"));
  }

  @ParameterizedTest
  @EnumSource
  void aSessionEndsAfterTwelveHoursWhateverItsVisitorDoes(Where where) {
    App app = app(where);
    String cookie = after(get(app, "/put/a/b", ""), "");
    for (int i = 1; i < 48; i++) {
      clock.advance(Duration.ofMinutes(15));
      Response response = get(app, "/get/a", cookie);
      assertEquals("b", response.text());
      cookie = after(response, cookie);
    }
    clock.advance(Duration.ofMinutes(15).minus(TICK));
    assertEquals("b", get(app, "/get/a", cookie).text());
    clock.advance(TICK);
    assertEquals("-", get(app, "/get/a", cookie).text());
    assertEquals("-", get(app, "/get/a", after(get(app, "/put/c/d", cookie), "")).text());
  }

  @ParameterizedTest
  @EnumSource
  void loginGivesAnotherIdAndKeepsTheValues(Where where) {
    App app = app(where);
    String before = after(get(app, "/put/cart/tea", ""), "");
    String in = after(get(app, "/login/ada", before), before);
    assertNotEquals(before, in);
    assertEquals("ada", get(app, "/get/user", in).text());
    assertEquals("tea", get(app, "/get/cart", in).text());
    assertEquals("-", get(app, "/get/user", before).text(), "who knew the id before the login is not logged in");
  }

  @Test
  void inAStoreTheOldIdIsNothingAfterALoginAndTheSessionAfterALogout() {
    App app = app(Where.KV);
    String before = after(get(app, "/put/cart/tea", ""), "");
    String in = after(get(app, "/login/ada", before), before);
    assertEquals("-", get(app, "/get/cart", before).text());
    Response out = get(app, "/logout", in);
    assertEquals(Optional.of("__Host-session=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax"), out.header(
        "Set-Cookie"));
    assertEquals("-", get(app, "/get/user", in).text());
    assertEquals(List.of(), store.list("", "", 10));
  }

  @Test
  void inACookieLogoutMakesTheBrowserForget() {
    App app = app(Where.COOKIE);
    String in = after(get(app, "/login/ada", ""), "");
    assertEquals("", after(get(app, "/logout", in), in));
    assertEquals("ada", get(app, "/get/user", in).text(), "as the guide says: a copy is good until its end");
  }

  @ParameterizedTest
  @EnumSource
  void whatAFailedHandlerHasPutIsKept(Where where) {
    App app = app(where);
    Response failed = get(app, "/fail", "");
    assertEquals(500, failed.status());
    assertEquals("yes", get(app, "/get/tried", after(failed, "")).text());
  }

  @ParameterizedTest
  @EnumSource
  void aMessageForTheNextPageIsReadOnce(Where where) {
    App app = app(where);
    String cookie = after(get(app, "/put/flash/saved", ""), "");
    Response taken = get(app, "/take/flash", cookie);
    assertEquals("saved", taken.text());
    assertEquals("-", get(app, "/take/flash", after(taken, cookie)).text());
  }

  @ParameterizedTest
  @EnumSource
  void valuesAsJson(Where where) {
    App app = app(where);
    app.get("/numbers", c -> {
      Session session = Session.of(c);
      List<Integer> numbers = session.get("numbers", NUMBERS).orElse(List.of());
      session.putJson("numbers", List.of(numbers.size(), 7));
      return c.json(Map.of("before", numbers, "first", session.get("numbers", Integer[].class).orElseThrow()[0]));
    });
    Response first = get(app, "/numbers", "");
    assertEquals("[0,7]", get(app, "/get/numbers", after(first, "")).text());
    assertTrue(get(app, "/numbers", after(first, "")).text().contains("\"before\":[0,7]"));
  }

  @ParameterizedTest
  @EnumSource
  void whatNobodyMadeIsNoSession(Where where) {
    App app = app(where);
    String cookie = after(get(app, "/put/a/b", ""), "");
    String other = OLD.sign("other", "x");
    for (String forged : List.of("x", cookie.substring(1), cookie + "A", other, OLD.sign("__Host-session", "made-up"),
        OLD
            .encrypt("__Host-session", "{}"), OLD.encrypt("__Host-session", "no json"))) {
      Response response = get(app, "/get/a", forged);
      assertEquals("-", response.text());
      assertEquals("", after(response, forged), "and the browser forgets it");
      assertNotEquals(forged, after(get(app, "/put/a/c", forged), forged), "an id that a client chose is never taken");
    }
  }

  @ParameterizedTest
  @EnumSource
  void keysAreRotatedWithoutALogout(Where where) {
    String cookie = after(get(app(where), "/put/a/b", ""), "");
    App rotated = app(sessions(where, NEW));
    clock.advance(Duration.ofMinutes(5));
    Response response = get(rotated, "/get/a", cookie);
    assertEquals("b", response.text());
    App later = app(sessions(where, CookieKeys.of("b".repeat(32).getBytes(UTF_8))));
    assertEquals("b", get(later, "/get/a", after(response, cookie)).text());
    assertEquals("-", get(later, "/get/a", cookie).text());
  }

  @Test
  void twoRequestsAtOnceKeepDifferentValuesInAStore() {
    App app = app(Where.KV);
    app.get("/both", c -> {
      Session outer = Session.of(c);
      assertEquals(Optional.of("b"), outer.get("a"));
      get(app, "/put/inner/1", c.cookie("__Host-session").orElseThrow());
      outer.put("outer", "2");
      return c.text("ok");
    });
    String cookie = after(get(app, "/put/a/b", ""), "");
    get(app, "/both", cookie);
    assertEquals("1", get(app, "/get/inner", cookie).text());
    assertEquals("2", get(app, "/get/outer", cookie).text());
  }

  @Test
  void whatWasEndedMeanwhileDoesNotComeBack() {
    App app = app(Where.KV);
    app.get("/slow/:how", c -> {
      Session outer = Session.of(c);
      assertEquals(Optional.of("ada"), outer.get("user"));
      get(app, "/logout", c.cookie("__Host-session").orElseThrow());
      switch (c.param("how").asString()) {
        case "put" -> outer.put("cart", "tea");
        case "renew" -> outer.renew();
        default -> outer.remove("user");
      }
      return c.text("ok");
    });
    for (String how : List.of("put", "renew", "remove")) {
      String in = after(get(app, "/login/ada", ""), "");
      Response slow = get(app, "/slow/" + how, in);
      assertEquals("-", get(app, "/get/user", after(slow, in)).text());
      assertEquals("-", get(app, "/get/user", in).text());
      assertEquals(how.equals("put") ? "tea" : "-", get(app, "/get/cart", after(slow, in)).text());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSessionIsNotTooLarge(Where where) {
    App app = app(where);
    app.post("/large", c -> {
      Session.of(c).put("small", "1");
      assertThrows(IllegalArgumentException.class, () -> Session.of(c).put("large", c.bodyText()));
      return c.text("ok");
    });
    String body = "x".repeat(where == Where.COOKIE ? 3000 : 256 * 1024);
    Response response = app.request(Request.post("/large").withBody("text/plain", body.getBytes(UTF_8)));
    assertEquals(200, response.status());
    assertEquals("1", get(app, "/get/small", after(response, "")).text());
    assertEquals("-", get(app, "/get/large", after(response, "")).text());
  }

  @Test
  void theStoreHasNoIdThatACookieHas() {
    String cookie = after(get(app(Where.KV), "/put/a/b", ""), "");
    String id = OLD.verify("__Host-session", cookie).orElseThrow();
    assertEquals(43, id.length());
    String key = store.list("session:", "", 10).getFirst();
    assertFalse(key.contains(id));
    assertFalse(new String(store.get(key).orElseThrow(), UTF_8).contains(id));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsPersonalIsNotStored(Where where) {
    App app = app(where);
    app.get("/said/:what", c -> {
      Session.of(c).put("a", "b");
      return c.text("ok").withHeader("Cache-Control", c.param("what").asString());
    });
    assertEquals(Optional.of("no-store"), get(app, "/said/public", "").header("Cache-Control"));
    assertEquals(Optional.of("Private"), get(app, "/said/Private", "").header("Cache-Control"));
    assertEquals(Optional.of("max-age=60, private"), get(app, "/said/max-age=60,%20private", "").header(
        "Cache-Control"));
    String cookie = after(get(app, "/put/a/b", ""), "");
    assertEquals(Optional.of("no-store"), get(app, "/get/a", cookie).header("Cache-Control"));
  }

  @ParameterizedTest
  @EnumSource
  void otherTimesAndAnotherCookie(Where where) {
    SetCookie pattern = SetCookie.of("sid", "ignored").withMaxAge(Duration.ofDays(30)).withSecure(true);
    App app = app(sessions(where, OLD).lifetime(Duration.ofDays(30)).idle(Duration.ofDays(7)).carriedBy(pattern));
    String line = get(app, "/put/a/b", "").header("Set-Cookie").orElseThrow();
    assertTrue(line.startsWith("sid=") && line.endsWith("; Path=/; Max-Age=2592000; HttpOnly; Secure; SameSite=Lax"));
    Request next = Request.get("/get/a").withHeader("Cookie", line.substring(0, line.indexOf(';')));
    clock.advance(Duration.ofDays(7).minus(TICK));
    assertEquals("b", app.request(next).text());
    clock.advance(Duration.ofDays(8));
    assertEquals("-", app.request(next).text());
  }

  @Test
  void mistakesAreToldAtStart() {
    Sessions sessions = Sessions.cookie(OLD);
    assertThrows(IllegalArgumentException.class, () -> sessions.idle(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> sessions.idle(Duration.ofHours(13)));
    assertThrows(IllegalArgumentException.class, () -> sessions.lifetime(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> sessions.carriedBy(SetCookie.of("a", "").withHttpOnly(false)));
    var app = new App();
    app.get("/", c -> c.text(Session.of(c).get("a").orElse("-")));
    assertEquals(500, app.request("/").status());
  }

  /** The gate itself never waits, so it costs no thread in front of an inline handler. */
  @Test
  void overASocketInFrontOfAnInlineHandler() {
    var app = new App();
    app.use(Sessions.cookie(OLD));
    app.get("/count", Handler.inline(c -> {
      Session session = Session.of(c);
      int count = session.get("count", Integer.class).orElse(0) + 1;
      session.putJson("count", count);
      return c.text(count + " " + Thread.currentThread().isVirtual());
    }));
    try (TestClient client = TestClient.overSocket(app)) {
      String cookie = "";
      for (int i = 1; i <= 3; i++) {
        Response response = client.with("Cookie", "__Host-session=" + cookie).get("/count");
        assertEquals(i + " false", response.text());
        cookie = after(response, cookie);
      }
    }
  }
}
