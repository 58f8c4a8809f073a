package dev.edge4j.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.SetCookie;
import dev.edge4j.middleware.BodyLimit;
import dev.edge4j.middleware.compression.Brotli;
import dev.edge4j.middleware.compression.Compression;
import dev.edge4j.middleware.compression.Gzip;
import dev.edge4j.middleware.compression.Zstd;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What curl knows by itself works with the server: cookies, codings, uploads that wait to be told, HTTP/2. */
@Timeout(60)
class CurlIT {
  private static final String PAGE = "all work and no play makes a dull page\n".repeat(2000);

  private static Server server;

  @BeforeAll
  static void start() {
    var app = new App();
    app.use(Compression.of(Zstd.create(), Brotli.create(), Gzip.create()));
    app.get("/page", c -> c.text(PAGE));
    app.get("/encoding", c -> c.text(c.header("Accept-Encoding").orElse("none")));
    app.get("/count", c -> {
      int count = Integer.parseInt(c.cookie("count").orElse("0")) + 1;
      return c.text("" + count).withCookie(SetCookie.of("count", "" + count));
    });
    app.group("/upload", upload -> {
      upload.use(BodyLimit.of(1_000_000));
      upload.put("/", c -> c.text(c.bodyBytes().length + " " + c.header("Transfer-Encoding").orElse("whole")));
    });
    server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String url(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  @Test
  void whatItAsksForCompressedItReads() throws Exception {
    assertEquals(PAGE, ClientProcess.curl("--compressed", url("/page")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "zstd"})
  void eachCodingThatItKnowsIsReadByIt(String coding) throws Exception {
    Set<String> known = Set.of(ClientProcess.curl("--compressed", url("/encoding")).split(", *"));
    String head = ClientProcess.curl("-o", "/dev/null", "-D", "-", "-H", "Accept-Encoding: " + coding, url("/page"));
    assertTrue(head.contains("Content-Encoding: " + coding + "\r\n"), head);
    if (known.contains(coding)) {
      assertEquals(PAGE, ClientProcess.curl("--compressed", "-H", "Accept-Encoding: " + coding, url("/page")));
    }
  }

  @Test
  void itsJarKeepsCookies(@TempDir Path folder) throws Exception {
    String jar = folder.resolve("jar").toString();
    for (int i = 1; i <= 3; i++) {
      assertEquals("" + i, ClientProcess.curl("-b", jar, "-c", jar, url("/count")));
    }
    assertTrue(Files.readString(folder.resolve("jar")).contains("#HttpOnly_127.0.0.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http1.1", "--http2-prior-knowledge"})
  void anUploadThatWaitsToBeToldIsTold(String version, @TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("file"), new byte[900_000]);
    String answer = ClientProcess.curl(version, "-H", "Expect: 100-continue", "-T", file.toString(), url("/upload"));
    assertEquals("900000 whole", answer);
  }

  /** Nothing of the body has to be sent for the answer: curl waits for 100 and gets 413. */
  @Test
  void anUploadThatIsTooLongIsRefusedBeforeItIsSent(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("file"), new byte[1_000_001]);
    String sent = ClientProcess.curl("-o", "/dev/null", "-w", "%{http_code} %{size_upload}", "-H",
        "Expect: 100-continue",
        "--expect100-timeout", "15", "-T", file.toString(), url("/upload"));
    assertEquals("413 0", sent);
  }

  @Test
  void anUploadWithoutALengthIsCounted(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("file"), new byte[1_000_001]);
    String status = ClientProcess.curl("-o", "/dev/null", "-w", "%{http_code}", "-H", "Transfer-Encoding: chunked",
        "-H", "Expect: 100-continue", "-T", file.toString(), url("/upload"));
    assertEquals("413", status);
  }

  @Test
  void http2HasTheSamePage(@TempDir Path folder) throws IOException, InterruptedException {
    Path page = folder.resolve("page");
    assertEquals("2 200", ClientProcess.curl("--http2-prior-knowledge", "--compressed", "-o", page.toString(), "-w",
        "%{http_version} %{http_code}", url("/page")));
    assertEquals(PAGE, Files.readString(page, UTF_8));
  }
}
