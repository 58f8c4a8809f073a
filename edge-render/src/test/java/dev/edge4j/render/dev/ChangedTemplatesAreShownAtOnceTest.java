package dev.edge4j.render.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.render.ViewOptions;
import dev.edge4j.render.asset.Assets;
import dev.edge4j.render.script.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A saved template is what the next request sees and what open pages are told of; one that does not compile changes nothing. */
class ChangedTemplatesAreShownAtOnceTest {
  private static final Pattern VERSION = Pattern.compile("data-version=\"([^\"]+)\"");

  @TempDir private Path work;
  private Path templates;

  /** A model with a name in it. */
  public record Page(String title) {}

  @BeforeEach
  void files() throws IOException {
    templates = Files.createDirectories(work.resolve("templates"));
    write("page", "<body><h1>{{title}}</h1></body>");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(templates.resolve(name + ".mustache"), text);
  }

  private static App app(DevMode dev) {
    var app = new App();
    dev.install(app);
    app.get("/", c -> c.render("page", new Page("Tea")).withHeader("ETag", "\"1\""));
    app.get("/text", c -> c.text("<body></body>"));
    app.get("/stream", c -> new Response(200, Response.html(200, "").headers(), new Body.Stream(out -> out.write("<p>"
        .getBytes(
            StandardCharsets.UTF_8)))));
    return app;
  }

  private static String version(String page) {
    Matcher found = VERSION.matcher(page);
    assertTrue(found.find(), page);
    return found.group(1);
  }

  @Test
  void theScriptsOfPagesAreThere() {
    try (DevMode dev = DevMode.of(templates, ViewOptions.strict())) {
      Response script = app(dev).request(Script.LATE.toString());
      assertEquals(200, script.status());
      assertFalse(script.text().isEmpty());
    }
  }

  @Test
  void theNextRequestSeesTheChange() throws IOException {
    try (DevMode dev = DevMode.of(templates, ViewOptions.strict())) {
      App app = app(dev);
      String before = app.request("/").text();
      assertTrue(before.matches(
          "(?s)<body><h1>Tea</h1><script src=\"/_dev/reload.js\" data-version=.* defer></script></body>"),
          before);
      write("page", "<body><h2>{{title}}!</h2></body>");
      String after = app.request("/").text();
      assertTrue(after.startsWith("<body><h2>Tea!</h2>"), after);
      assertNotEquals(version(before), version(after));
      assertEquals(version(after), version(app.request("/").text()));
    }
  }

  @Test
  void theFolderMayBeALinkThatLeadsElsewhereLater() throws IOException {
    Path link = Files.createSymbolicLink(work.resolve("current"), templates);
    try (DevMode dev = DevMode.of(link, ViewOptions.strict())) {
      App app = app(dev);
      assertTrue(app.request("/").text().startsWith("<body><h1>Tea</h1>"));
      write("page", "<body><h2>{{title}}!</h2></body>");
      assertTrue(app.request("/").text().startsWith("<body><h2>Tea!</h2>"));
      Path other = Files.createDirectories(work.resolve("other"));
      Files.writeString(other.resolve("page.mustache"), "<body><h3>{{title}}</h3></body>");
      Files.delete(link);
      Files.createSymbolicLink(link, other);
      assertTrue(app.request("/").text().startsWith("<body><h3>Tea</h3>"));
    }
  }

  @Test
  void whatWasTrueOfThePageAloneGoes() throws IOException {
    try (DevMode dev = DevMode.of(templates, ViewOptions.strict())) {
      Response page = app(dev).request("/");
      assertEquals(Optional.empty(), page.header("ETag"));
      assertEquals(Optional.of("no-store"), page.header("Cache-Control"));
      assertEquals("<body></body>", app(dev).request("/text").text());
      var out = new ByteArrayOutputStream();
      if (app(dev).request("/stream").body() instanceof Body.Stream stream) {
        stream.writer().writeTo(out);
      }
      assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("<p><script src="), out.toString(
          StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HX-Request", "Turbo-Frame", "Datastar-Request"})
  void aFragmentGetsNoScriptOfItsOwn(String field) {
    try (DevMode dev = DevMode.of(templates, ViewOptions.strict())) {
      App app = app(dev);
      Request part = Request.get("/").withHeader(field, "true");
      assertEquals("<body><h1>Tea</h1></body>", app.request(part).text());
      String boosted = app.request(part.withHeader("HX-Boosted", "true")).text();
      assertEquals(field.startsWith("HX"), boosted.contains("/_dev/"), "a whole page");
      String script = app.request("/_dev/reload.js").text();
      assertTrue(script.contains("(() => {\n  if (window.edgeDev) return;"), "a page runs it once");
    }
  }

  @Test
  void whatDoesNotCompileChangesNothing() throws IOException {
    try (DevMode dev = DevMode.of(templates, ViewOptions.strict())) {
      App app = app(dev);
      app.request("/");
      write("page", "{{#title}}");
      assertTrue(app.request("/").text().startsWith("<body><h1>Tea</h1>"));
      Response problem = app.request("/_dev/problem");
      assertEquals(500, problem.status());
      assertTrue(problem.text().contains("template page:1:1"), problem.text());
      write("page", "<p>{{title}}");
      assertTrue(app.request("/").text().startsWith("<p>Tea"));
      assertEquals(200, app.request("/_dev/problem").status());
    }
  }

  @Test
  void aStartWithABrokenTemplateIsAnErrorPageUntilItIsMended() throws IOException {
    write("page", "{{#title}}");
    try (DevMode dev = DevMode.of(templates, ViewOptions.strict())) {
      App app = app(dev);
      assertEquals(500, app.request("/").status());
      assertTrue(app.request("/").text().contains("&gt; 1 | {{#title}}"), app.request("/").text());
      write("page", "<p>{{title}}");
      assertEquals(200, app.request("/").status());
    }
  }

  @Test
  void openPagesAreTold() throws Exception {
    try (DevMode dev = DevMode.of(templates, ViewOptions.strict())) {
      App app = app(dev);
      String shown = version(app.request("/").text());
      BlockingQueue<String> events = open(app, shown);
      write("page", "{{#title}}");
      assertEquals("event: problem", next(events));
      write("page", "<b>{{title}}</b>");
      assertEquals("event: reload", next(events));
      assertEquals("event: reload", next(open(app, shown)), "a page that was shown before the change");
    }
  }

  /** The lines that name events, as a browser would get them. */
  private static BlockingQueue<String> open(App app, String version) {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    Response response = app.request("/_dev/events?since=" + version);
    OutputStream out = new OutputStream() {
      private final StringBuilder line = new StringBuilder();

      @Override
      public synchronized void write(int value) {
        if (value != '\n') {
          line.append((char) value);
        } else {
          if (line.toString().startsWith("event")) {
            events.add(line.toString());
          }
          line.setLength(0);
        }
      }
    };
    if (response.body() instanceof Body.Stream stream) {
      Thread.ofVirtual().start(() -> {
        try {
          stream.writer().writeTo(out);
        } catch (IOException e) {
          events.add(e.toString());
        }
      });
    }
    return events;
  }

  private static String next(BlockingQueue<String> events) throws InterruptedException {
    return String.valueOf(events.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void changedAssetsHaveAnotherAddressInTemplates() throws Exception {
    Path assetFolder = Files.createDirectories(work.resolve("assets"));
    Files.writeString(assetFolder.resolve("app.css"), "a {}");
    write("page", "<link rel=\"stylesheet\" href=\"{{#edge.asset}}app.css{{/edge.asset}}\">{{title}}");
    try (Assets assets = Assets.from(assetFolder);
        DevMode dev = DevMode.of(templates, ViewOptions.strict().withAssets(assets::url), assets, assetFolder)) {
      App app = app(dev);
      String before = assets.url("app.css");
      assertTrue(app.request("/").text().contains(before));
      Files.writeString(assetFolder.resolve("app.css"), "b { color: teal }");
      String after = app.request("/").text();
      assertNotEquals(before, assets.url("app.css"));
      assertTrue(after.contains(assets.url("app.css")), after);
      Files.writeString(assetFolder.resolve("app.css"), "c { background: url(nowhere.png) }");
      assertTrue(app.request("/").text().contains(assets.url("app.css")), "a broken style sheet changes nothing");
      assertTrue(app.request("/_dev/problem").text().contains("nowhere.png"));
      assertTrue(assets.awaitCompressed(Duration.ofSeconds(20)));
    }
  }

  @Test
  void onlyThisMachineSeesAnyOfIt() throws IOException {
    write("page", "<p>{{titel}}");
    try (DevMode dev = DevMode.of(templates, ViewOptions.strict())) {
      App app = app(dev);
      app.get("/good", c -> c.html("<body></body>"));
      Request there = Request.get("/good").withPeer(InetAddress.getByAddress(new byte[]{(byte) 192, 0, 2, 1}));
      assertEquals("<body></body>", app.request(there).text());
      for (String host : List.of("shop.example", "localhost.example", "127.0.0.1.example", "192.0.2.1")) {
        assertEquals("<body></body>", app.request(Request.get("/good").withAuthority(host)).text(), host);
        for (String path : List.of("/_dev/reload.js", "/_dev/events", "/_dev/problem", "/_dev/error.css")) {
          assertEquals(404, app.request(Request.get(path).withAuthority(host)).status(), host + path);
        }
        Response failed = app.request(Request.get("/").withAuthority(host));
        assertEquals(500, failed.status());
        assertFalse(failed.text().contains("titel"), failed.text());
      }
      for (String host : List.of("localhost:8080", "shop.localhost", "127.0.0.1:1", "[::1]:8080", "LOCALHOST")) {
        assertTrue(app.request(Request.get("/good").withAuthority(host)).text().contains("/_dev/"), host);
        assertEquals(200, app.request(Request.get("/_dev/reload.js").withAuthority(host)).status(), host);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Forwarded", "Via", "X-Real-IP", "X-Forwarded-For", "x-forwarded-proto"})
  void whatAProxyHasForwardedComesFromElsewhere(String field) {
    try (DevMode dev = DevMode.of(templates, ViewOptions.strict())) {
      App app = app(dev);
      Request forwarded = Request.get("/").withAuthority("localhost:8080").withHeader(field, "192.0.2.1");
      assertEquals("<body><h1>Tea</h1></body>", app.request(forwarded).text());
      assertEquals(404, app.request(Request.get("/_dev/problem").withHeader(field, "192.0.2.1")).status());
    }
  }

  @Test
  void aFolderThatIsNotThereIsAProblemAndNoEnd() {
    try (DevMode dev = DevMode.of(work.resolve("nowhere"), ViewOptions.strict())) {
      assertEquals(500, app(dev).request("/").status());
    }
    assertEquals(Map.of(), Fingerprint.of(List.of(work.resolve("nowhere"))));
  }
}
