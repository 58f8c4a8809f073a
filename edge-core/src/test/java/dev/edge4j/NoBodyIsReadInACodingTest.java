package dev.edge4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.http.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that is coded is none of what its type says until a middleware has decoded it: whoever parses it is told so, and nothing is guessed. */
class NoBodyIsReadInACodingTest {
  record Name(String name) {}

  private static App app() {
    var app = new App();
    app.use("/decoded/*", (c, next) -> {
      byte[] plain = new GZIPInputStream(new ByteArrayInputStream(c.bodyBytes())).readAllBytes();
      Request given = c.request();
      c.rewrite(given.withHeaders(given.headers().without("Content-Encoding")).withBody(RequestBody.of(plain)));
      return next.proceed();
    });
    for (String at : new String[]{"", "/decoded"}) {
      app.post(at + "/json", c -> c.text(c.body(Name.class).name()));
      app.post(at + "/form", c -> c.text(c.form("name").asString()));
      app.post(at + "/whole", c -> c.text(c.formData().field("name").asString()));
      app.post(at + "/parts", c -> c.text(c.multipart().next().orElseThrow().text()));
    }
    app.post("/bytes", c -> c.text(c.bodyBytes().length + ""));
    return app;
  }

  static Stream<Request> bodies() {
    String multipart = "--X\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nAda\r\n--X--\r\n";
    return Stream.of(Request.post("/json").withJson("{\"name\":\"Ada\"}"), Request.post("/form").withForm("name=Ada"),
        Request.post("/form").withBody("multipart/form-data; boundary=X", multipart.getBytes(UTF_8)), Request.post(
            "/whole").withBody("multipart/form-data; boundary=X", multipart.getBytes(UTF_8)), Request.post("/parts")
                .withBody("multipart/form-data; boundary=X", multipart.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void whoParsesItRefusesIt(Request plain) throws IOException {
    Response response = app().request(coded(plain, plain.target().raw()));
    assertEquals(415, response.status(), response.text());
    assertTrue(response.text().contains("Content-Encoding: gzip (expected: none"), response.text());
    assertEquals(Optional.of("identity"), response.header("Accept-Encoding"), "RFC 9110 section 15.5.16");
    assertTrue(response.header("Accept").isEmpty(), "its type is all right");
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void whatAMiddlewareHasDecodedIsRead(Request plain) throws IOException {
    Response response = app().request(coded(plain, "/decoded" + plain.target().raw()));
    assertEquals("Ada", response.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "Identity", "", ","})
  void noCodingIsNone(String given) {
    assertEquals("Ada", app().request(Request.post("/form")
        .withForm("name=Ada")
        .withHeader("Content-Encoding", given)).text());
  }

  @Test
  void whoTakesBytesGetsThemAsTheyCame() throws IOException {
    Request sent = coded(Request.post("/bytes").withForm("name=Ada"), "/bytes");
    assertEquals(200, app().request(sent).status());
  }

  /** Of RFC 9110 section 12.5.3: the field says that the coding was the trouble, so it must not stand where it was not. */
  @Test
  void anotherTypeOfBodySaysNothingOfCodings() {
    Response response = app().request(Request.post("/form").withJson("{}").withHeader("Content-Encoding", "gzip"));
    assertEquals(415, response.status());
    assertTrue(response.header("Accept").isPresent());
    assertTrue(response.header("Accept-Encoding").isEmpty());
  }

  private static Request coded(Request plain, String path) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain.body().stream().readAllBytes());
    }
    return Request.post(path)
        .withBody(plain.headers().first("Content-Type").orElseThrow(), bytes.toByteArray())
        .withHeader("Content-Encoding", "gzip");
  }
}
