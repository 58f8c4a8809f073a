package dev.edge4j.cache.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.edge4j.App;
import dev.edge4j.http.CookieKeys;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.VaryBy;
import dev.edge4j.middleware.experiment.VisitorId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A cache behind a VaryBy keeps one answer for each value that the application makes, however many spellings there are, and lets nobody choose another's. */
class OneAnswerIsKeptForEachMadeValueTest {
  private final AtomicInteger made = new AtomicInteger();

  private App app(ResponseCache cache) {
    var app = new App();
    app.use(VaryBy.of("Edge-Market", c -> c.header("Accept-Language").orElse("").startsWith("ja") ? "jp" : "us")
        .madeFrom("Accept-Language"), cache);
    app.get("/tea", c -> {
      made.incrementAndGet();
      return c.text(c.header("Edge-Market").orElse("none")).withHeader("Cache-Control", "public, max-age=60");
    });
    return app;
  }

  private static Response get(App app, String language, String forged) {
    return app.request(Request.get("/tea").withHeader("Accept-Language", language).withHeader("Edge-Market", forged));
  }

  @Test
  void spellingsShareAnAnswerAndValuesDoNot() {
    try (ResponseCache cache = ResponseCache.create().vary("Edge-Market")) {
      App app = app(cache);
      for (String language : List.of("ja", "ja-JP", "ja-JP,en;q=0.1", "ja;q=0.9")) {
        Response response = get(app, language, "us");
        assertEquals("jp", response.text(), language);
        assertEquals(Optional.of("Accept-Language"), response.header("Vary"));
      }
      assertEquals(1, made.get());
      assertEquals("us", get(app, "en", "jp").text());
      assertEquals("us", get(app, "de", "jp").text());
      assertEquals(2, made.get());
    }
  }

  @Test
  void aCookieOnItsWayOutKeepsNothingFromTheCacheBehind() {
    CookieKeys keys = CookieKeys.of("a secret of thirty-two bytes, ok".getBytes(StandardCharsets.UTF_8));
    try (ResponseCache cache = ResponseCache.create()) {
      var app = new App();
      app.use(VisitorId.signed(keys), cache);
      app.get("/", c -> c.text("made " + made.incrementAndGet()).withHeader("Cache-Control", "public, max-age=60"));
      Response first = app.request("/");
      Response second = app.request("/");
      assertEquals("made 1", second.text());
      assertNotEquals(first.header("Set-Cookie"), second.header("Set-Cookie"), "each visitor has his own");
      assertEquals(List.of("private", "max-age=60"), second.headers().list("Cache-Control"));
    }
  }

  @Test
  void aResponseMayNameTheFieldItself() {
    try (ResponseCache cache = ResponseCache.create()) {
      var app = new App();
      app.use(VaryBy.of("Edge-Market", c -> c.header("Accept-Language").orElse("")), cache);
      app.get("/tea", c -> c.text(made.incrementAndGet() + c.header("Edge-Market").orElse(""))
          .withHeader("Cache-Control", "public, max-age=60")
          .withHeader("Vary", "Edge-Market"));
      assertEquals("1ja", get(app, "ja", "x").text());
      assertEquals("2fr", get(app, "fr", "x").text());
      assertEquals("1ja", get(app, "ja", "x").text());
      assertEquals(Optional.of("Cookie"), get(app, "ja", "x").header("Vary"));
    }
  }
}
