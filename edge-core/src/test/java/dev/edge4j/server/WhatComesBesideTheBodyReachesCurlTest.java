package dev.edge4j.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import dev.edge4j.server.tls.Tls;
import dev.edge4j.support.Aside;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Early hints, trailers, declared lengths and parts of files, over HTTP/1.1, HTTP/2 and TLS, as curl sees them. */
@Aside
class WhatComesBesideTheBodyReachesCurlTest {
  @TempDir private Path folder;

  private final CountDownLatch asked = new CountDownLatch(1);
  private Server plain;
  private Server secure;

  @BeforeEach
  void start() throws IOException {
    Path digits = Files.writeString(folder.resolve("digits.txt"), "0123456789");
    Path large = Files.write(folder.resolve("large.bin"), new byte[3_000_000]);
    var app = new App();
    app.get("/hints", c -> {
      c.earlyHints(Headers.of("Link", "</style.css>; rel=preload; as=style"));
      asked.await(30, TimeUnit.SECONDS);
      return c.text("late");
    });
    app.get("/go", c -> {
      asked.countDown();
      return c.empty();
    });
    app.get("/trailers", c -> c.text("body").withTrailers(() -> Headers.of("Checksum", "7b")));
    app.get("/forbidden", c -> c.text("body")
        .withTrailers(() -> Headers.of("Set-Cookie", "a=b", "Content-Length", "1")));
    app.get("/declared", _ -> stream(5, "12345"));
    app.get("/short", _ -> stream(6, "12345"));
    app.get("/long", _ -> stream(4, "12345"));
    app.get("/digits", c -> c.file(digits));
    app.get("/large", c -> c.download(large, "large file.bin"));
    plain = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
    secure = Server.start(app, ServerOptions.port(0)
        .withEndpoint(Endpoint.port(0).withHost("127.0.0.1").withTls(Tls.development(folder.resolve("certificates")))));
  }

  private static Response stream(long declared, String written) {
    return Response.of(200).withBody(new Body.Stream(out -> out.write(written.getBytes(ISO_8859_1)), declared));
  }

  @AfterEach
  void stop() {
    plain.close();
    secure.close();
  }

  private Curl.Outcome curl(String protocol, String path, String... more) throws IOException, InterruptedException {
    boolean tls = protocol.startsWith("tls");
    var arguments = new ArrayList<>(List.of(more));
    arguments.add(protocol.endsWith("1.1") ? "--http1.1" : tls ? "--http2" : "--http2-prior-knowledge");
    arguments.add("--insecure");
    arguments.add((tls ? "https" : "http") + "://127.0.0.1:" + (tls ? secure : plain).port() + path);
    return Curl.run(arguments.toArray(new String[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1", "2", "tls 1.1", "tls 2"})
  void hintsComeBeforeTheAnswer(String protocol) throws Exception {
    boolean tls = protocol.startsWith("tls");
    Process waiting = new ProcessBuilder("curl", "--silent", "--verbose", "--output", folder.resolve("body").toString(),
        "--insecure", "--max-time", "60", protocol.endsWith("1.1") ? "--http1.1"
            : tls ? "--http2"
                : "--http2-prior-knowledge", (tls ? "https" : "http") + "://127.0.0.1:" + (tls ? secure : plain).port()
                    + "/hints").start();
    var seen = new ArrayList<String>();
    try (var reader = waiting.errorReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String received = line.toLowerCase(Locale.ROOT);
        if (received.startsWith("< http/") || received.startsWith("< link")) {
          seen.add(received.replaceFirst("< http/\\S+ (\\d+).*", "$1"));
        }
        if (received.startsWith("< link")) {
          assertEquals(204, new RawClient(plain).get("/go").reply().status()); // the answer waits for this
        }
      }
    }
    assertEquals(0, waiting.waitFor());
    assertEquals(List.of("103", "< link: </style.css>; rel=preload; as=style", "200"), seen);
    assertEquals("late", Files.readString(folder.resolve("body")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1", "2", "tls 1.1", "tls 2"})
  void trailersComeBehindTheBodyToWhomTakesThem(String protocol) throws Exception {
    String with = curl(protocol, "/trailers", "--include", "--header", "TE: trailers").output();
    int body = with.indexOf("body");
    assertTrue(with.toLowerCase(Locale.ROOT).indexOf("checksum: 7b") > 0, with);
    assertTrue(body > 0, with);
    if (protocol.endsWith("1.1")) {
      String without = curl(protocol, "/trailers", "--include").output();
      assertFalse(without.toLowerCase(Locale.ROOT).contains("checksum"), without);
      assertTrue(without.toLowerCase(Locale.ROOT).contains("content-length: 4"), without);
      assertTrue(without.endsWith("body"), without);
    }
    assertNotEquals(0, curl(protocol, "/forbidden", "--header", "TE: trailers").code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1", "2", "tls 1.1", "tls 2"})
  void aStreamKeepsItsWordOrBreaksOff(String protocol) throws Exception {
    Curl.Outcome kept = curl(protocol, "/declared", "--include");
    assertEquals(0, kept.code());
    assertTrue(kept.output().toLowerCase(Locale.ROOT).contains("content-length: 5"), kept.output());
    assertTrue(kept.output().endsWith("12345"), kept.output());
    assertNotEquals(0, curl(protocol, "/short").code());
    Curl.Outcome tooLong = curl(protocol, "/long");
    assertTrue(tooLong.code() != 0 || tooLong.output().isEmpty(), tooLong.output());
    assertTrue(curl(protocol, "/declared", "--head").output()
        .toLowerCase(Locale.ROOT)
        .contains(
            "content-length: 5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1", "2", "tls 1.1", "tls 2"})
  void partsOfFiles(String protocol) throws Exception {
    assertEquals("345", curl(protocol, "/digits", "--range", "3-5").output());
    assertEquals("89", curl(protocol, "/digits", "--range", "-2").output());
    String several = curl(protocol, "/digits", "--range", "0-0,9-9", "--include").output();
    assertTrue(several.contains(" 206") && several.contains("bytes 0-0/10\r\n\r\n0\r\n--") && several.contains(
        "bytes 9-9/10\r\n\r\n9\r\n--"), several);
    assertTrue(curl(protocol, "/digits", "--range", "99-", "--include").output().contains(" 416"));
  }

  @Test
  void aDownloadGoesOnWhereItBrokeOff() throws Exception {
    Path target = folder.resolve("got.bin");
    String url = "http://127.0.0.1:" + plain.port() + "/large";
    assertEquals(0, Curl.run("--range", "0-999999", "--output", target.toString(), url).code());
    assertEquals(1_000_000, Files.size(target));
    assertEquals(0, Curl.run("--continue-at", "-", "--output", target.toString(), url).code());
    assertEquals(-1, Files.mismatch(target, folder.resolve("large.bin")));
    assertTrue(Curl.run("--head", url).output().contains("attachment; filename=\"large file.bin\""));
  }
}
