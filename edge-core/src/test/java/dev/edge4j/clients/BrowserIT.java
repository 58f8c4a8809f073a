package dev.edge4j.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Next;
import dev.edge4j.Upload;
import dev.edge4j.http.Method;
import dev.edge4j.http.Response;
import dev.edge4j.http.ServerSentEvent;
import dev.edge4j.http.SetCookie;
import dev.edge4j.middleware.Language;
import dev.edge4j.middleware.MethodOverride;
import dev.edge4j.middleware.compression.Compression;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a browser does by itself: cookies, codings, preflights, forms, coming again for events, parts of media, uploads and downloads. Its page says what it
 * saw.
 */
@Timeout(90)
class BrowserIT {
  private final CompletableFuture<String> seen = new CompletableFuture<>();

  @Test
  void chromiumSeesWhatThePageExpects(@TempDir Path folder) throws Exception {
    Path profile = folder.resolve("profile");
    Path downloads = folder.resolve("downloads");
    Path files = Files.createDirectories(folder.resolve("files"));
    Files.createDirectories(profile.resolve("Default"));
    Files.writeString(profile.resolve("Default/Preferences"), "{\"download\":{\"default_directory\":\"" + downloads
        + "\",\"prompt_for_download\":false}}");
    Files.writeString(files.resolve("digits.txt"), "0123456789");
    Files.write(files.resolve("sound.wav"), silence(30));
    try (Server other = start(otherOrigin());
        Server server = start(MethodOverride.form("_method").around(pages(other.port(), files)))) {
      Process chromium = new ProcessBuilder(List.of("chromium", "--headless=new", "--no-sandbox", "--disable-gpu",
          "--disable-dev-shm-usage", "--no-first-run", "--lang=de-AT", "--user-data-dir=" + profile,
          "--remote-debugging-port=0", "http://127.0.0.1:" + server.port() + "/"))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      try {
        assertEquals("""
            cookie: script sees shown=1, server sees hidden=1 shown=1
            compressed: 100000
            preflight: let in
            refused: TypeError
            form: put tea & cake
            events: 1:one 2:two 3:one 4:two
            range: 206 2345, 206 789, 416 bytes */10
            sound: 30 seconds, at 25, 206
            upload: note für "dich", file Ä"b.txt of 300000 bytes""", seen.get(60, TimeUnit.SECONDS));
        Path report = downloads.resolve("Umsätze 2026.txt");
        for (int i = 0; i < 300 && !Files.exists(report); i++) {
          Thread.sleep(100);
        }
        assertEquals("0123456789", Files.readString(report));
      } finally {
        List<ProcessHandle> helpers = chromium.descendants().toList(); // they write into the profile for a moment longer
        chromium.destroy();
        chromium.waitFor();
        helpers.forEach(helper -> helper.onExit().join());
      }
    }
  }

  private static Server start(App app) {
    return Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
  }

  /** So many seconds of a sound that is none: 16 bits, 8,000 times a second. */
  private static byte[] silence(int seconds) {
    int bytes = seconds * 16_000;
    return ByteBuffer.allocate(44 + bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(UTF_8))
        .putInt(36 + bytes)
        .put("WAVEfmt ".getBytes(UTF_8))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(8_000)
        .putInt(16_000)
        .putShort((short) 2)
        .putShort((short) 16)
        .put("data".getBytes(UTF_8))
        .putInt(bytes)
        .array();
  }

  private App pages(int other, Path files) throws IOException {
    String page;
    try (InputStream in = Objects.requireNonNull(BrowserIT.class.getResourceAsStream("/clients/browser.html"))) {
      page = new String(in.readAllBytes(), UTF_8).replace("OTHER", "http://127.0.0.1:" + other);
    }
    var app = new App();
    app.use(Compression.create().withEventStreams(), Language.of("en", "de"));
    app.get("/", c -> c.html(page)
        .withCookie(SetCookie.of("hidden", "1"))
        .withAddedHeader("Set-Cookie", "shown=1; Path=/; SameSite=Lax"));
    app.get("/cookies", c -> c.text("hidden=" + c.cookie("hidden").orElse("") + " shown=" + c.cookie("shown")
        .orElse("")));
    app.get("/long", c -> c.text("x".repeat(100_000)));
    app.put("/form", c -> c.html("put " + c.form("what").asString().replace("&", "&amp;")));
    app.get("/events", c -> c.sse(events -> {
      int last = events.lastEventId().map(Integer::parseInt).orElse(0);
      events.send(ServerSentEvent.of("one").withId("" + (last + 1)).withRetry(Duration.ofMillis(10)));
      events.send(ServerSentEvent.of("two").withId("" + (last + 2)));
    }));
    var parts = new ConcurrentSkipListSet<String>();
    app.get("/files/*path", c -> {
      Response part = c.file(files.resolve(c.param("path").asString()));
      if (c.path().endsWith(".wav")) {
        parts.add(String.valueOf(part.status()));
      }
      return part;
    });
    app.get("/parts", c -> c.text(String.join(" ", parts)));
    app.post("/upload", c -> {
      Upload file = c.formData().file("file");
      return c.text("note " + c.formData().field("note").asString() + ", file " + file.filename() + " of " + file
          .size() + " bytes");
    });
    app.get("/report", c -> c.download(files.resolve("digits.txt"), "Umsätze 2026.txt"));
    app.post("/seen", c -> {
      seen.complete(c.bodyText());
      return c.empty();
    });
    return app;
  }

  /** Lets the page in to one of its two paths. */
  private static App otherOrigin() {
    var app = new App();
    app.use(BrowserIT::letIn);
    app.put("/open", c -> c.text("let in"));
    app.on(Method.OPTIONS, "/open", Context::empty);
    app.put("/closed", c -> c.text("never read"));
    return app;
  }

  private static Response letIn(Context c, Next next) throws Exception {
    Response response = next.proceed();
    return c.path().equals("/open") ? response.withHeader("Access-Control-Allow-Origin", c.header("Origin").orElse(""))
        .withHeader("Access-Control-Allow-Methods", "PUT")
        .withHeader("Access-Control-Allow-Headers", "X-Test") : response;
  }
}
