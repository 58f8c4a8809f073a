package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.EntityTag;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Preconditions;
import dev.edge4j.http.Representation;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.http.SetCookie;
import dev.edge4j.http.Validators;
import dev.edge4j.http.structured.Item;
import dev.edge4j.http.structured.StructuredFields;
import dev.edge4j.middleware.files.StaticFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of docs/responses.md. */
class ResponsesGuideTest {
  @TempDir private Path folder;
  private final App app = new App();

  @Test
  void staticFiles() throws IOException {
    Files.writeString(folder.resolve("app.js"), "1");
    // tag::static[]
    app.get("/assets/*path", StaticFiles.from(folder).maxAge(Duration.ofMinutes(10)));
    // end::static[]
    assertEquals(Optional.of("public, max-age=600"), app.request("/assets/app.js").header("Cache-Control"));
  }

  @Test
  void aDownload() throws IOException {
    Path report = Files.writeString(folder.resolve("4711"), "0123456789");
    // tag::download[]
    app.get("/report", c -> c.download(report, "Umsätze 2026.pdf"));
    // end::download[]
    Response part = app.request(Request.get("/report").withHeader("Range", "bytes=2-4"));
    assertEquals(206, part.status());
    assertEquals(Optional.of("bytes 2-4/10"), part.header("Content-Range"));
  }

  @Test
  void conditions() {
    // tag::conditional[]
    app.get("/article", c -> {
      String text = "as it is today";
      EntityTag version = EntityTag.of(text.getBytes(StandardCharsets.UTF_8));
      return c.conditional(c.text(text).withHeader("ETag", version.toString())); // 200, 304, 206, 412 or 416
    });
    // end::conditional[]
    String tag = app.request("/article").header("ETag").orElseThrow();
    assertEquals(304, app.request(Request.get("/article").withHeader("If-None-Match", tag)).status());
  }

  @Test
  void lostUpdates() {
    var stored = new AtomicReference<>("first");
    // tag::lost-update[]
    app.put("/article", c -> {
      String before = stored.get();
      Validators current = Validators.of(EntityTag.of(before.getBytes(StandardCharsets.UTF_8)));
      var outcome = Preconditions.of(c.request(), c.time().instant()).evaluate(Optional.of(current));
      if (outcome != Preconditions.Outcome.PROCEED || !stored.compareAndSet(before, c.bodyText())) {
        return Representation.failed(); // 412: somebody else was faster
      }
      return c.empty();
    });
    // end::lost-update[]
    Request put = Request.of(Method.PUT, "/article")
        .withBody("text/plain", "second".getBytes(StandardCharsets.UTF_8))
        .withHeader("If-Match", EntityTag.of("first".getBytes(StandardCharsets.UTF_8)).toString());
    assertEquals(204, app.request(put).status());
    assertEquals(412, app.request(put.withBody("text/plain", new byte[0])).status());
    assertEquals("second", stored.get());
  }

  @Test
  void cookies() {
    // tag::cookie[]
    app.post("/login", c -> c.empty()
        .withCookie(SetCookie.of("__Host-session", "4711").withMaxAge(Duration.ofDays(30)))
        .withCookie(SetCookie.ofText("name", "Zoë")));
    // end::cookie[]
    assertEquals("__Host-session=4711; Path=/; Max-Age=2592000; HttpOnly; Secure; SameSite=Lax", app.request(Request
        .post("/login")).header("Set-Cookie").orElseThrow());
  }

  @Test
  void hintsAndTrailers() {
    // tag::early[]
    app.get("/page", c -> {
      c.earlyHints(Headers.of("Link", "</style.css>; rel=preload; as=style")); // leaves now
      String page = slowly();
      return c.html(page).withTrailers(() -> Headers.of("Server-Timing", "render;dur=12"));
    });
    // end::early[]
    assertEquals(Body.Stream.class, app.request("/page").body().getClass());
  }

  private static String slowly() {
    return "<h1>Late</h1>";
  }

  @Test
  void structuredFields() {
    // tag::structured[]
    app.get("/urgency", c -> {
      var priority = StructuredFields.dictionary(c.headers(), "Priority").orElse(Map.of());
      return c.text("" + priority.getOrDefault("u", Item.of(3)).equals(Item.of(0)));
    });
    // end::structured[]
    assertEquals("true", app.request(Request.get("/urgency").withHeader("Priority", "u=0, i")).text());
    assertEquals("false", app.request("/urgency").text());
  }
}
