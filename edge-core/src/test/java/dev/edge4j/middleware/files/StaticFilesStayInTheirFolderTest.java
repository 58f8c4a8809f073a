package dev.edge4j.middleware.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.Principal;
import dev.edge4j.testing.TestClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder's files are found as they are asked for, with all that HTTP knows to say about them, and nothing else is found. */
class StaticFilesStayInTheirFolderTest {
  @TempDir private Path outside;
  private Path root;

  @BeforeEach
  void files() throws IOException {
    root = Files.createDirectory(outside.resolve("public"));
    Files.writeString(outside.resolve("secret.txt"), "secret");
    Files.writeString(root.resolve("digits.txt"), "0123456789");
    Files.writeString(root.resolve(".env"), "secret");
    Files.createDirectories(root.resolve(".well-known"));
    Files.writeString(root.resolve(".well-known/security.txt"), "Contact");
    Files.createDirectories(root.resolve("docs"));
    Files.writeString(root.resolve("docs/index.html"), "<p>docs");
    Files.writeString(root.resolve("a b%.txt"), "odd");
    Files.writeString(root.resolve("app.3f9a2c1b.js"), "1");
    for (String name : new String[]{"page.html", "page.html.br", "page.html.gz"}) {
      Files.writeString(root.resolve(name), name);
    }
    Files.createSymbolicLink(root.resolve("link.txt"), outside.resolve("secret.txt"));
  }

  private Response get(StaticFiles files, String path, String... fields) throws IOException {
    var app = new App();
    app.get("/files/*path", files);
    try (TestClient client = TestClient.inProcess(app)) {
      Request request = Request.get(path);
      for (int i = 0; i < fields.length; i += 2) {
        request = request.withHeader(fields[i], fields[i + 1]);
      }
      return client.send(request);
    }
  }

  private Response get(String path, String... fields) throws IOException {
    return get(StaticFiles.from(root), path, fields);
  }

  @Test
  void aFileHasItsTypeAndItsValidators() throws IOException {
    Instant changed = Instant.parse("2026-10-01T00:00:00Z");
    Files.setLastModifiedTime(root.resolve("digits.txt"), FileTime.from(changed));
    Response whole = get("/files/digits.txt");
    assertEquals(200, whole.status());
    assertEquals("0123456789", whole.text());
    assertEquals(Optional.of("text/plain; charset=utf-8"), whole.header("Content-Type"));
    assertEquals(Optional.of("Thu, 01 Oct 2026 00:00:00 GMT"), whole.header("Last-Modified"));
    assertEquals(Optional.of("no-cache"), whole.header("Cache-Control"));
    assertEquals(Optional.of("bytes"), whole.header("Accept-Ranges"));
    String tag = whole.header("ETag").orElseThrow();
    Response known = get("/files/digits.txt", "If-None-Match", tag);
    assertEquals(304, known.status());
    assertEquals(Optional.of(tag), known.header("ETag"));
    assertEquals(Optional.empty(), known.header("Content-Type"));
    assertEquals(412, get("/files/digits.txt", "If-Match", "\"other\"").status());
    Files.writeString(root.resolve("digits.txt"), "0123456788");
    assertEquals(200, get("/files/digits.txt", "If-None-Match", tag).status());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"bytes=2-4|206|234|bytes 2-4/10", "bytes=-3|206|789|bytes 7-9/10",
      "bytes=9-|206|9|bytes 9-9/10", "bytes=10-|416||bytes */10", "bytes=x|200|0123456789|"})
  void ranges(String range, int status, String body, String contentRange) throws IOException {
    Response response = get("/files/digits.txt", "Range", range);
    assertEquals(status, response.status());
    assertEquals(Optional.ofNullable(contentRange), response.header("Content-Range"));
    if (status != 416) {
      assertEquals(body, response.text());
    }
  }

  @Test
  void severalRangesAreParts() throws IOException {
    Response response = get("/files/digits.txt", "Range", "bytes=0-1,5-6");
    assertEquals(206, response.status());
    String boundary = response.header("Content-Type").orElseThrow().replace("multipart/byteranges; boundary=", "");
    String expected = "";
    for (String part : new String[]{"0-1/10\r\n\r\n01", "5-6/10\r\n\r\n56"}) {
      expected += "\r\n--" + boundary + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes " + part;
    }
    assertEquals(expected + "\r\n--" + boundary + "--\r\n", response.text());
  }

  @Test
  void aRangeOfAnotherVersionIsTheWhole() throws IOException {
    assertEquals(200, get("/files/digits.txt", "Range", "bytes=0-1", "If-Range", "\"other\"").status());
    String tag = get("/files/digits.txt").header("ETag").orElseThrow();
    assertEquals(206, get("/files/digits.txt", "Range", "bytes=0-1", "If-Range", tag).status());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", value = {"-|page.html|-", "gzip|page.html.gz|gzip",
      "gzip, br|page.html.br|br", "br;q=0.5, gzip|page.html.gz|gzip", "*|page.html.br|br",
      "br;q=0, *|page.html.gz|gzip",
      "zstd|page.html|-", "identity|page.html|-", "gzip;q=0|page.html|-", "identity, gzip;q=0.1|page.html|-"})
  void whatWasCompressedBeforehandIsSentByWeight(String accepted, String body, String coding) throws IOException {
    Response response = accepted == null ? get("/files/page.html")
        : get("/files/page.html", "Accept-Encoding",
            accepted);
    assertEquals(body, response.text());
    assertEquals(Optional.ofNullable(coding), response.header("Content-Encoding"));
    assertEquals(Optional.of("Accept-Encoding"), response.header("Vary"));
    assertEquals(Optional.of("text/html; charset=utf-8"), response.header("Content-Type"));
  }

  @Test
  void whatIsOlderThanItsFileIsNotSent() throws IOException {
    Files.setLastModifiedTime(root.resolve("page.html.br"), FileTime.from(Instant.EPOCH));
    assertEquals("page.html.gz", get("/files/page.html", "Accept-Encoding", "br, gzip;q=0.1").text());
    assertEquals("page.html", get(StaticFiles.from(root).withoutPrecompressed(), "/files/page.html", "Accept-Encoding",
        "gzip").text());
  }

  @Test
  void hashedNamesNeverChange() throws IOException {
    assertEquals(Optional.of("public, max-age=31536000, immutable"), get("/files/app.3f9a2c1b.js").header(
        "Cache-Control"));
    assertEquals(Optional.of("public, max-age=60"), get(StaticFiles.from(root)
        .withoutImmutableNames()
        .maxAge(Duration.ofMinutes(1)), "/files/app.3f9a2c1b.js").header("Cache-Control"));
    assertThrows(IllegalArgumentException.class, () -> StaticFiles.from(root).maxAge(Duration.ofSeconds(-1)));
    assertThrows(IllegalArgumentException.class, () -> StaticFiles.from(root.resolve("none")));
  }

  @Test
  void foldersHaveTheirIndex() throws IOException {
    assertEquals("<p>docs", get("/files/docs/").text());
    Response without = get("/files/docs?a=b");
    assertEquals(308, without.status());
    assertEquals(Optional.of("./docs/?a=b"), without.header("Location"));
    assertEquals(404, get("/files/").status());
    assertEquals("Contact", get("/files/.well-known/security.txt").text());
    assertEquals("odd", get("/files/a%20b%25.txt").text());
  }

  @Test
  void anApplicationInTheBrowserHasItsPageEverywhere() throws IOException {
    StaticFiles files = StaticFiles.from(root).fallback("docs/index.html");
    assertEquals("<p>docs", get(files, "/files/some/where", "Accept", "text/html").text());
    assertEquals(404, get(files, "/files/some.js", "Accept", "text/javascript").status());
    assertEquals(404, get(files, "/files/some.js", "Accept", "*/*").status(), "a script that is gone is no page");
    assertEquals("<p>docs", get(files, "/files/some/where", "Accept", "*/*").text());
    assertEquals("<p>docs", get(files, "/files/john.doe", "Accept", "text/html,*/*;q=0.8").text());
    assertEquals(List.of("Accept"), get(files, "/files/some/where").headers().all("Vary"));
  }

  @Test
  void aFileIsSentFromWhereItLies() {
    var app = new App();
    app.get("/files/*path", StaticFiles.from(root));
    assertEquals(Body.File.class, app.request("/files/digits.txt").body().getClass());
  }

  /** GHSA-q5qw-h33p-qvwr, GHSA-w332-q679-j88p, GHSA-frvp-7c67-39w9: a path led out of the folder. */
  @ParameterizedTest
  @ValueSource(strings = {"/files/../secret.txt", "/files/%2e%2e/secret.txt", "/files/..%2Fsecret.txt",
      "/files/docs/..%2f..%2fsecret.txt", "/files/..%5Csecret.txt", "/files/%2Fetc%2Fpasswd", "/files//etc/passwd",
      "/files/link.txt", "/files/.env", "/files/docs/%00", "/files/C:/secret.txt", "/files/digits.txt%00.png",
      "/files/digits.txt/", "/files/none"})
  void nothingElseIsFound(String path) throws IOException {
    var app = new App();
    app.get("/files/*path", StaticFiles.from(root));
    try (TestClient client = TestClient.inProcess(app)) {
      int status = client.get(path).status();
      assertTrue(status == 404 || status == 400, () -> path + " " + status);
    }
  }

  /** A wrong guess keeps an old file for a year, so what could be a word is none. */
  @ParameterizedTest
  @CsvSource({"app.3f9a2c1b.js,true", "chunk-2MGVTUHK.js,true", "index-B7x9Kq2Z.css,true",
      "main.0123456789abcdef0123.js.map,true", "release-notes2026.pdf,false", "invoice-20260101.pdf,false",
      "page.3f9a2c1b.html,false", "chapter-overview2.txt,false", "app-Report2026.pdf,false"})
  void aNameThatOnlyLooksLongIsAskedFor(String name, boolean immutable) throws IOException {
    Files.writeString(root.resolve(name), "1");
    assertEquals(immutable, get("/files/" + name).header("Cache-Control").orElseThrow().contains("immutable"), name);
  }

  /** RFC 9111 section 3.5: "public" would hand it to a shared cache, and so to everybody. */
  @Test
  void whatIsGuardedIsForNoSharedCache() throws IOException {
    assertEquals(Optional.of("private, max-age=31536000, immutable"), get("/files/app.3f9a2c1b.js", "Authorization",
        "Basic YTpi").header("Cache-Control"));
    var app = new App();
    app.use((c, next) -> {
      c.set(Principal.KEY, new Principal("ann", Set.of(), Map.of()));
      return next.proceed();
    });
    app.get("/files/*path", StaticFiles.from(root).maxAge(Duration.ofMinutes(1)));
    assertEquals(Optional.of("private, max-age=60"), app.request("/files/digits.txt").header("Cache-Control"));
  }
}
