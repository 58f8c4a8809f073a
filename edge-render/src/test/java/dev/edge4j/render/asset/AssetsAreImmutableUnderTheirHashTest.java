package dev.edge4j.render.asset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.testing.TestClient;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file under the hash of its content is kept for a year, under its own name it is asked for, and nothing else is there. */
class AssetsAreImmutableUnderTheirHashTest {
  private static final String CSS = "body { color: teal }";

  @TempDir private Path outside;
  private Path folder;

  @BeforeEach
  void files() throws IOException {
    folder = Files.createDirectories(outside.resolve("assets"));
    Files.writeString(outside.resolve("secret.txt"), "secret");
    Files.writeString(folder.resolve("app.css"), CSS);
    Files.createDirectories(folder.resolve("img"));
    Files.writeString(folder.resolve("img/green tea.svg"), "<svg/>");
    Files.writeString(folder.resolve("LICENSE"), "free");
    Files.writeString(folder.resolve(".env"), "secret");
    Files.createSymbolicLink(folder.resolve("link.txt"), outside.resolve("secret.txt"));
  }

  private static Response get(Assets assets, String path, String... fields) throws IOException {
    var app = new App();
    assets.routes(app);
    try (TestClient client = TestClient.inProcess(app)) {
      Request request = Request.get(path);
      for (int i = 0; i < fields.length; i += 2) {
        request = request.withHeader(fields[i], fields[i + 1]);
      }
      return client.send(request);
    }
  }

  private Response get(String path, String... fields) throws IOException {
    try (Assets assets = Assets.from(folder)) {
      return get(assets, path, fields);
    }
  }

  @Test
  void theFolderMayBeALink() throws IOException {
    try (Assets assets = Assets.from(Files.createSymbolicLink(outside.resolve("current"), folder))) {
      assertEquals(CSS, get(assets, assets.url("app.css")).text());
      assertThrows(IllegalArgumentException.class, () -> assets.url("link.txt"));
    }
  }

  @Test
  void theNameHoldsTheHash() throws IOException {
    try (Assets assets = Assets.from(folder)) {
      assertTrue(assets.url("app.css").matches("/assets/app\\.[0-9a-f]{10}\\.css"), assets.url("app.css"));
      assertTrue(assets.url("LICENSE").matches("/assets/LICENSE\\.[0-9a-f]{10}"), assets.url("LICENSE"));
      assertTrue(assets.url("img/green tea.svg").matches("/assets/img/green%20tea\\.[0-9a-f]{10}\\.svg"));
      Response svg = get(assets, assets.url("img/green tea.svg"));
      assertEquals("<svg/>", svg.text());
      assertEquals(Optional.of("image/svg+xml"), svg.header("Content-Type"));
      Response css = get(assets, assets.url("app.css"));
      assertEquals(CSS, css.text());
      assertEquals(Optional.of("public, max-age=31536000, immutable"), css.header("Cache-Control"));
      assertEquals(Optional.of("nosniff"), css.header("X-Content-Type-Options"));
      assertEquals(Optional.of("text/css; charset=utf-8"), css.header("Content-Type"));
      assertEquals(List.of("LICENSE", "app.css", "img/green tea.svg"), assets.all().stream().map(Asset::name).toList());
    }
  }

  @Test
  void otherContentIsAnotherName() throws IOException {
    try (Assets assets = Assets.from(folder)) {
      String before = assets.url("app.css");
      Files.writeString(folder.resolve("app.css"), CSS + " ");
      assets.reload();
      assertNotEquals(before, assets.url("app.css"));
      assertEquals(404, get(assets, before).status());
      assertEquals(CSS + " ", get(assets, assets.url("app.css")).text());
      Files.writeString(folder.resolve("app.css"), CSS);
      assets.reload();
      assertEquals(before, assets.url("app.css"));
    }
  }

  @Test
  void underItsOwnNameAFileIsAskedForEachTime() throws IOException {
    Response plain = get("/assets/app.css");
    assertEquals(CSS, plain.text());
    assertEquals(Optional.of("no-cache"), plain.header("Cache-Control"));
    assertEquals(304, get("/assets/app.css", "If-None-Match", plain.header("ETag").orElseThrow()).status());
  }

  @Test
  void conditionsRangesAndHeadAreAnswered() throws IOException {
    try (Assets assets = Assets.from(folder)) {
      var app = new App();
      assets.routes(app);
      String url = assets.url("app.css");
      Response whole = get(assets, url);
      String tag = whole.header("ETag").orElseThrow();
      assertTrue(tag.startsWith("\""), "strong: " + tag);
      Response same = get(assets, url, "If-None-Match", tag);
      assertEquals(304, same.status());
      assertEquals(whole.header("Cache-Control"), same.header("Cache-Control"));
      Response part = get(assets, url, "Range", "bytes=0-3", "If-Range", tag);
      assertEquals(206, part.status());
      assertEquals("body", part.text());
      assertEquals(416, get(assets, url, "Range", "bytes=1000-").status());
      Response head = app.request(Request.of(Method.HEAD, url));
      assertEquals(200, head.status());
      assertEquals(whole.headers(), head.headers());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/assets/", "/assets", "/assets/app.0000000000.css", "/assets/.env", "/assets/link.txt",
      "/assets/%2e%2e/secret.txt", "/assets/../secret.txt", "/assets/img%2Fgreen%20tea.svg",
      "/assets/img", "/assets/app.css/"})
  void nothingElseIsThere(String path) throws IOException {
    assertEquals(404, get(path).status());
  }

  @Test
  void aNameThatIsNotThereIsAnErrorThatNamesTheNearest() {
    try (Assets assets = Assets.from(folder)) {
      var error = assertThrows(IllegalArgumentException.class, () -> assets.url("ap.css"));
      assertEquals("asset \"ap.css\" is not there (did you mean \"app.css\"?)", error.getMessage());
    }
  }

  @Test
  void integrityIsOfTheBytesThatAreServed() throws Exception {
    Files.writeString(folder.resolve("page.css"), "@import 'app.css';");
    try (Assets assets = Assets.from(folder)) {
      byte[] served = get(assets, assets.url("page.css")).text().getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-384").digest(served);
      assertEquals("sha384-" + Base64.getEncoder().encodeToString(digest), assets.integrity("page.css"));
    }
  }

  @Test
  void preloadLinksSayWhatIsLoaded() throws IOException {
    Files.write(folder.resolve("inter.woff2"), new byte[]{1});
    Files.writeString(folder.resolve("app.js"), "1");
    try (Assets assets = Assets.from(folder)) {
      assertEquals(List.of("<" + assets.url("app.css") + ">; rel=preload; as=style",
          "<" + assets.url("app.js") + ">; rel=preload; as=script",
          "<" + assets.url("inter.woff2") + ">; rel=preload; as=font; crossorigin",
          "<" + assets.url("img/green tea.svg") + ">; rel=preload; as=image"),
          assets.preload("app.css", "app.js", "inter.woff2", "img/green tea.svg").all("Link"));
    }
  }

  @Test
  void withoutHashesEachNameIsItsOwn() throws IOException {
    Files.writeString(folder.resolve("page.css"), "@import 'app.css';");
    try (Assets assets = Assets.from(folder, AssetOptions.defaults().withoutHashes().withPrefix("/static/v1"))) {
      assertEquals("/static/v1/page.css", assets.url("page.css"));
      assertEquals("@import 'app.css';", get(assets, "/static/v1/page.css").text());
      assertEquals(Optional.of("no-cache"), get(assets, "/static/v1/page.css").header("Cache-Control"));
    }
  }

  @Test
  void aFolderOfTheClassPathIsServedAsOneOnDisk() throws IOException {
    Path jar = outside.resolve("assets.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("web/"));
      out.putNextEntry(new JarEntry("web/app.css"));
      out.write(CSS.getBytes(StandardCharsets.UTF_8));
      out.closeEntry();
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[]{jar.toUri().toURL()}, null);
        Assets inJar = Assets.from(loader, "web", AssetOptions.defaults());
        Assets onDisk = Assets.from(folder)) {
      assertEquals(onDisk.asset("app.css"), inJar.asset("app.css"));
      assertArrayEquals(new String[]{"app.css"}, inJar.all().stream().map(Asset::name).toArray());
      assertThrows(IllegalArgumentException.class, () -> Assets.from(loader, "nowhere", AssetOptions.defaults()));
    }
  }

  @Test
  void aPrefixThatIsNoneIsRefused() {
    for (String nonsense : List.of("", "assets", "/assets/", "/a b", "//cdn")) {
      assertThrows(IllegalArgumentException.class, () -> AssetOptions.defaults().withPrefix(nonsense));
    }
  }
}
