package dev.edge4j.render.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.github.luben.zstd.ZstdInputStream;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.SecureHeaders;
import dev.edge4j.render.asset.Assets;
import dev.edge4j.render.site.MarkdownTwin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that knows nothing but files gives the same bytes as the application that was exported, and all that it leads to is there. */
class FilesAnswerAsTheApplicationDoesTest {
  private static final String WORDS = "<p>Tea is a plant, a drink and a pause in the afternoon.</p>".repeat(20);

  @TempDir private Path work;
  private Path out;
  private Assets assets;

  @BeforeEach
  void files() throws IOException {
    Path folder = Files.createDirectories(work.resolve("assets/img"));
    Files.writeString(folder.resolve("leaf.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
    Files.writeString(folder.resolve("unused.svg"), "<svg/>");
    Files.writeString(work.resolve("assets/app.css"), "body { background: url(img/leaf.svg) }");
    assets = Assets.from(work.resolve("assets"));
    out = work.resolve("out");
  }

  private App app() {
    var app = new App();
    app.use(SecureHeaders.create());
    assets.routes(app);
    app.get("/", c -> c.html("<!doctype html><link rel=stylesheet href=" + assets.url("app.css") + ">"
        + "<a href='/tea/1'>one</a><a href=\"/about#team\">about</a><a href='https://elsewhere.example/'>away</a>"
        + WORDS));
    app.get("/about", c -> c.html("<h1 id=team>Team</h1><a href='/old?a=1&amp;b=2'>old</a><a href=#top>up</a>" + WORDS)
        .withHeader("Content-Language", "en"));
    app.get("/tea/:id", c -> c.html("<title>Tea " + c.param("id").text().orElseThrow() + "</title>" + WORDS));
    app.get("/old", c -> c.redirect(301, "/news/"));
    app.get("/news/", c -> c.html("<!-- <a href=/nowhere> --><script>'<a href=/nowhere>'</script><a href=item>item</a>"
        + WORDS));
    app.get("/news/item", c -> c.html("<img src='/photo.png' srcset='/photo.png 1x, /photo@2x.png 2x'>" + WORDS));
    app.get("/photo.png", c -> Response.bytes(200, "image/png", new byte[]{1, 2, 3}));
    app.get("/photo@2x.png", c -> new Response(200, Response.bytes(200, "image/png", new byte[0]).headers(),
        new Body.Stream(
            stream -> stream.write(4))));
    app.notFound(c -> c.html(404, "<h1>Not here</h1><a href='/'>home</a>"));
    return app;
  }

  private StaticExport export() {
    return StaticExport.of(app()).origin("https://tea.example").start("/").assets(assets);
  }

  private static SortedMap<String, String> tree(Path folder) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        files.put(folder.relativize(file).toString(), new String(Files.readAllBytes(file),
            StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  @Test
  void whatPagesLeadToIsWrittenDown() throws IOException {
    ExportReport report = export().to(out);
    List<String> hashed = assets.all().stream().map(asset -> asset.url().substring(1)).toList();
    assertEquals(Stream.concat(Stream.of("404.html", "_headers", "_redirects", "about.html", "index.html",
        "news/index.html", "news/item.html", "photo.png", "photo@2x.png", "tea/1.html"), hashed.stream())
        .sorted()
        .toList(),
        report.files());
    assertEquals("/old /news/ 301\n", Files.readString(out.resolve("_redirects")));
    assertEquals("<h1>Not here</h1><a href='/'>home</a>", Files.readString(out.resolve("404.html")));
    assertEquals(List.of("/old?a=1&b=2 (on /about) has a query, which a file does not look at"), report.notes());
  }

  @Test
  void routesWithParametersThatNoPageLeadsToAreNamed() {
    App app = app();
    app.get("/coffee/:id", c -> c.html("coffee"));
    app.get("/cart/:id", c -> c.html("cart"));
    StaticExport export = StaticExport.of(app).origin("https://tea.example").start("/").except("/cart/*");
    String note = "/coffee/:id is left out: no page leads there (values and start name what does)";
    assertTrue(export.check().notes().contains(note), () -> export.check().notes().toString());
    assertEquals(1, export.check().notes().stream().filter(each -> each.contains("is left out")).count());
    assertTrue(export.values("/coffee/:id", "1")
        .check()
        .notes()
        .stream()
        .noneMatch(each -> each.contains(
            "is left out")));
  }

  @Test
  void anotherServerGivesTheSameBytes() throws Exception {
    App app = app();
    export().folders().to(out);
    HttpServer server = SimpleFileServer.createFileServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        out
            .toRealPath(), OutputLevel.NONE);
    server.start();
    try (HttpClient client = HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build()) {
      for (String path : Stream.concat(Stream.of("/", "/about", "/tea/1", "/news/", "/news/item", "/photo.png",
          "/photo@2x.png"), assets.all().stream().map(asset -> asset.url())).toList()) {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        HttpResponse<byte[]> served = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
        assertEquals(200, served.statusCode(), path);
        assertArrayEquals(bytes(app.request(Request.get(path))), served.body(), path);
      }
    } finally {
      server.stop(0);
    }
  }

  private static byte[] bytes(Response response) throws IOException {
    var all = new java.io.ByteArrayOutputStream();
    switch (response.body()) {
      case Body.Bytes(byte[] bytes) -> all.write(bytes);
      case Body.Stream stream -> stream.writer().writeTo(all);
      default -> throw new AssertionError(response.body());
    }
    return all.toByteArray();
  }

  @Test
  void theSameApplicationGivesTheSameFolder() throws IOException {
    export().to(out);
    SortedMap<String, String> first = tree(out);
    export().to(out);
    assertEquals(first, tree(out));
    export().to(work.resolve("other"));
    assertEquals(first, tree(work.resolve("other")));
    assertTrue(first.containsKey("about.html.br"), first.keySet().toString());
  }

  @Test
  void compressedFormsAreOfTheSameBytes() throws IOException {
    export().to(out);
    byte[] page = Files.readAllBytes(out.resolve("about.html"));
    for (String ending : List.of(".br", ".zst", ".gz")) {
      byte[] coded = Files.readAllBytes(out.resolve("about.html" + ending));
      assertTrue(coded.length < page.length / 2, ending);
      InputStream in = new ByteArrayInputStream(coded);
      try (InputStream plain = switch (ending) {
        case ".br" -> new BrotliInputStream(in);
        case ".zst" -> new ZstdInputStream(in);
        default -> new GZIPInputStream(in);
      }) {
        assertArrayEquals(page, plain.readAllBytes(), ending);
      }
    }
    assertFalse(Files.exists(out.resolve("photo.png.br")), "a picture gains nothing");
  }

  @Test
  void whatAFileCannotSayStandsInHeaders() throws IOException {
    export().to(out);
    String headers = Files.readString(out.resolve("_headers"));
    assertTrue(headers.startsWith("/*\n"), headers);
    assertTrue(headers.contains("\n  X-Content-Type-Options: nosniff\n"), headers);
    assertTrue(headers.contains("\n/about\n  Content-Language: en\n"), headers);
    assertTrue(headers.contains(assets.url("app.css") + "\n  Cache-Control: public, max-age=31536000, immutable\n"),
        headers);
    assertFalse(headers.contains("ETag"), headers);
  }

  @Test
  void theTypeThatANameDoesNotTellStandsInHeaders() throws IOException {
    App app = app();
    app.get("/feed", c -> Response.bytes(200, "application/atom+xml", new byte[]{'<'}));
    app.get("/rates.json", c -> Response.bytes(200, "application/ld+json", new byte[]{'{'}));
    app.get("/twin", c -> MarkdownTwin.answer(c, () -> c.html("<p>").withHeader("Link", "</a.css>; rel=preload"),
        () -> c.text("tea")));
    StaticExport.of(app).start("/feed", "/rates.json", "/twin", "/photo.png").to(out);
    String headers = Files.readString(out.resolve("_headers"));
    assertTrue(headers.contains("\n/feed\n  Content-Type: application/atom+xml\n"), headers);
    assertTrue(headers.contains("\n/rates.json\n  Content-Type: application/ld+json\n"), headers);
    assertTrue(headers.contains("\n/twin\n  Link: </a.css>; rel=preload\n"), headers);
    assertFalse(headers.contains("image/png") || headers.contains("text/html") || headers.contains("markdown"),
        headers);
  }

  @Test
  void whatIsNoLongerLedToIsRemovedAndNothingElse() throws IOException {
    export().values("/tea/:id", "1", "2", "green tea").to(out);
    assertTrue(Files.exists(out.resolve("tea/green tea.html")));
    Files.writeString(out.resolve("CNAME"), "tea.example");
    export().to(out);
    assertFalse(Files.exists(out.resolve("tea/2.html")));
    assertFalse(Files.exists(out.resolve("tea/2.html.gz")));
    assertTrue(Files.exists(out.resolve("tea/1.html")));
    assertEquals("tea.example", Files.readString(out.resolve("CNAME")));
  }
}
