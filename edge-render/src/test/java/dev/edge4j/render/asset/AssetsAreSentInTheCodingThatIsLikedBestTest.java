package dev.edge4j.render.asset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.github.luben.zstd.ZstdInputStream;
import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What compresses is compressed beforehand, and each client gets the form it likes best, under a tag of its own. */
class AssetsAreSentInTheCodingThatIsLikedBestTest {
  private static final String CSS = ".tea { color: teal; margin: 0 auto }\n".repeat(200);

  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(folder.resolve("app.css"), CSS);
    byte[] noise = new byte[2000];
    new Random(1).nextBytes(noise);
    Files.write(folder.resolve("noise.css"), noise);
    Files.writeString(folder.resolve("tea.png"), CSS);
    Files.writeString(folder.resolve("app.css.br"), "of an earlier build");
  }

  private Assets compressed() throws InterruptedException {
    Assets assets = Assets.from(folder);
    assertTrue(assets.awaitCompressed(Duration.ofSeconds(30)));
    return assets;
  }

  private static Response get(Assets assets, String name, String accepts) {
    var app = new App();
    assets.routes(app);
    return app.request(Request.get(assets.url(name)).withHeader("Accept-Encoding", accepts));
  }

  private static byte[] bytes(Response response) {
    return response.body() instanceof Body.Bytes(byte[] bytes) ? bytes : new byte[0];
  }

  private static String decoded(Response response) throws IOException {
    InputStream coded = new ByteArrayInputStream(bytes(response));
    try (InputStream in = switch (response.header("Content-Encoding").orElse("identity")) {
      case "br" -> new BrotliInputStream(coded);
      case "zstd" -> new ZstdInputStream(coded);
      case "gzip" -> new GZIPInputStream(coded);
      default -> coded;
    }) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource(nullValues = "-", delimiter = '|', value = {"gzip, deflate, br, zstd | br", "gzip, zstd | zstd",
      "gzip | gzip", "br;q=0.5, gzip;q=0.9 | gzip",
      "br;q=0, * | zstd", "deflate | -", "identity | -", "identity;q=0.9, gzip;q=0.8 | -", "x-gzip | gzip",
      "*;q=0 | -"})
  void theMostWelcomeIsSent(String accepts, String expected) throws Exception {
    try (Assets assets = compressed()) {
      Response response = get(assets, "app.css", accepts);
      assertEquals(Optional.ofNullable(expected), response.header("Content-Encoding"));
      assertEquals(Optional.of("Accept-Encoding"), response.header("Vary"));
      assertEquals(CSS, decoded(response));
      assertEquals(expected == null, bytes(response).length == CSS.length());
    }
  }

  @Test
  void eachCodingHasAStrongTagOfItsOwn() throws Exception {
    try (Assets assets = compressed()) {
      Set<String> tags = new HashSet<>();
      for (String coding : List.of("br", "zstd", "gzip", "identity")) {
        String tag = get(assets, "app.css", coding).header("ETag").orElseThrow();
        assertTrue(tag.startsWith("\""), tag);
        tags.add(tag);
        var app = new App();
        assets.routes(app);
        Request again = Request.get(assets.url("app.css")).withHeader("If-None-Match", tag);
        assertEquals(304, app.request(again.withHeader("Accept-Encoding", coding)).status());
        assertEquals(coding.equals("identity") ? 304 : 200, app.request(again).status());
      }
      assertEquals(4, tags.size(), tags.toString());
    }
  }

  @Test
  void whatGainsNothingIsSentAsItIs() throws Exception {
    try (Assets assets = compressed()) {
      Response noise = get(assets, "noise.css", "br, zstd, gzip");
      assertEquals(Optional.empty(), noise.header("Content-Encoding"));
      assertEquals(Optional.of("Accept-Encoding"), noise.header("Vary"), "it may be otherwise with the next version");
      Response picture = get(assets, "tea.png", "br, zstd, gzip");
      assertEquals(Optional.empty(), picture.header("Content-Encoding"));
      assertEquals(Optional.empty(), picture.header("Vary"));
      assertArrayEquals(Files.readAllBytes(folder.resolve("tea.png")), bytes(picture));
    }
  }

  @Test
  void withoutTheLibrariesThereIsGzip() throws Exception {
    URL[] classPath = Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
        .filter(entry -> !entry.contains("brotli4j") && !entry.contains("zstd-jni"))
        .map(entry -> {
          try {
            return Path.of(entry).toUri().toURL();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        })
        .toArray(URL[]::new);
    try (URLClassLoader without = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
      List<?> codings = (List<?>) without.loadClass(Codings.class.getName()).getMethod("best").invoke(null);
      assertEquals(1, codings.size());
      assertEquals("gzip", codings.getFirst().getClass().getMethod("name").invoke(codings.getFirst()));
    }
    assertEquals(List.of("br", "zstd", "gzip"), Codings.best().stream().map(each -> each.name()).toList());
  }

  @Test
  void whatWasCompressedByOthersIsNotTaken() throws Exception {
    try (Assets assets = compressed()) {
      assertFalse(assets.all().stream().anyMatch(asset -> asset.name().endsWith(".br")));
    }
  }
}
