package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.Gate;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.BodyLimit;
import dev.edge4j.middleware.Except;
import dev.edge4j.middleware.Language;
import dev.edge4j.middleware.MethodOverride;
import dev.edge4j.middleware.PrettyJson;
import dev.edge4j.middleware.RequestId;
import dev.edge4j.middleware.Some;
import dev.edge4j.middleware.Transform;
import dev.edge4j.middleware.compression.Brotli;
import dev.edge4j.middleware.compression.Compression;
import dev.edge4j.middleware.compression.Gzip;
import dev.edge4j.middleware.compression.Zstd;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The listings of docs/middleware.md on what is small. */
class SmallMiddlewareGuideTest {
  private final App app = new App();

  private static String reportOf(String name) {
    return (name + " ").repeat(500);
  }

  @Test
  void compression() {
    // tag::compression[]
    app.use(Compression.of(Zstd.create(), Brotli.create(), Gzip.create()));
    app.get("/report", c -> c.text(reportOf("all")));
    app.get("/account", c -> {
      Compression.skip(c); // holds a secret beside what the address says
      return c.text(reportOf(c.query("name").orElse("")));
    });
    // end::compression[]
    Request asking = Request.get("/report").withHeader("Accept-Encoding", "gzip, br");
    assertEquals(Optional.of("br"), app.request(asking).header("Content-Encoding"));
    assertEquals(Optional.empty(), app.request(Request.get("/account").withHeader("Accept-Encoding", "gzip"))
        .header("Content-Encoding"));
  }

  @Test
  void limitsAndLanguages() {
    // tag::small[]
    app.use(PrettyJson.create(), Language.of("en", "de"));
    app.get("/greeting", c -> c.json(Map.of("text", c.require(Language.KEY).equals("de") ? "Guten Tag" : "Hello")));
    app.group("/notes", notes -> {
      notes.use(BodyLimit.of(10_000));
      notes.post("/", c -> c.text(201, c.bodyText()));
    });
    // end::small[]
    assertEquals("{\n  \"text\": \"Guten Tag\"\n}\n", app.request("/greeting?pretty&lang=de-AT").text());
    assertEquals(413, app.request(Request.post("/notes").withForm("x".repeat(10_001))).status());
    assertEquals(201, app.request(Request.post("/notes").withForm("x".repeat(10_000))).status());
  }

  @Test
  void combinations() {
    Gate byToken = Transform.request(r -> r);
    Gate byAddress = RequestId.create();
    // tag::combine[]
    app.use(Except.when(c -> c.path().equals("/health"), Some.of(byToken, byAddress)));
    // end::combine[]
    app.get("/health", c -> c.text("ok"));
    assertEquals("ok", app.request("/health").text());
  }

  @Test
  void overrides() {
    app.delete("/notes/:id", c -> c.text("deleted " + c.param("id").asString()));
    // tag::override[]
    App served = MethodOverride.form("_method").around(app);
    Response response = served.request(Request.post("/notes/7").withForm("_method=DELETE"));
    // end::override[]
    assertEquals("deleted 7", response.text());
  }
}
