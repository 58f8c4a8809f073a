package dev.edge4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.MediaTypes;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.http.multipart.FormPart;
import dev.edge4j.http.multipart.Multipart;
import dev.edge4j.http.multipart.MultipartLimits;
import dev.edge4j.server.RawClient;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.testing.TestClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A handler has fields and files of a form as a whole or part by part; what was put on disk for it is gone when the answer is. */
class FormsWithFilesArriveWholeTest {
  @TempDir private Path folder;
  @TempDir private Path kept;

  private App app() {
    MultipartLimits limits = MultipartLimits.defaults().withDirectory(folder).withMemoryBytes(10).withMaxFileBytes(100);
    var app = new App();
    app.post("/whole", c -> {
      FormData form = c.formData(limits);
      Upload file = form.file("file");
      assertEquals(file.size() > 10 ? 1 : 0, count(folder));
      return c.text(form.field("title").asString() + " " + file.filename() + " " + file.mediaType() + " " + file.size()
          + " " + new String(file.stream().readAllBytes(), ISO_8859_1));
    });
    app.post("/kept", c -> {
      c.formData(limits).file("file").moveTo(kept.resolve("kept.txt"));
      return c.empty();
    });
    app.post("/field", c -> c.text(c.form("title").asString()));
    app.post("/parts", c -> {
      Multipart form = c.multipart();
      var names = new StringBuilder();
      for (Optional<FormPart> part = form.next(); part.isPresent(); part = form.next()) {
        names.append(part.get().name()).append(part.get().stream().readAllBytes().length).append(' ');
      }
      return c.text(names.toString());
    });
    return app;
  }

  private static long count(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  private static Request form(String path, String file) {
    String body = "--X\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nT\r\n--X\r\n"
        + "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n" + file
        + "\r\n--X--\r\n";
    return Request.post(path).withBody("multipart/form-data; boundary=X", body.getBytes(ISO_8859_1));
  }

  private Response send(Request request) throws IOException {
    try (TestClient client = TestClient.inProcess(app())) { // closing waits for what runs after the response
      return client.send(request);
    }
  }

  @Test
  void smallFilesInMemoryLargeOnesOnDiskUntilTheAnswerHasLeft() throws IOException {
    assertEquals("T a.txt text/plain 5 small", send(form("/whole", "small")).text());
    assertEquals("T a.txt text/plain 11 quite large", send(form("/whole", "quite large")).text());
    assertEquals("T a.txt text/plain 10 " + "x".repeat(10), send(form("/whole", "x".repeat(10))).text());
    assertEquals(0, count(folder));
  }

  @Test
  void whatIsMovedAwayStays() throws IOException {
    assertEquals(204, send(form("/kept", "quite large")).status());
    assertEquals("quite large", Files.readString(kept.resolve("kept.txt")));
  }

  @Test
  void whatGoesWrongLeavesNothingAndIsSaid() throws IOException {
    assertEquals(413, send(form("/whole", "x".repeat(101))).status());
    Request whole = form("/whole", "quite large");
    byte[] half = whole.body().stream().readAllBytes();
    assertEquals(400, send(whole.withBody("multipart/form-data; boundary=X", Arrays.copyOf(half, half.length
        - 15))).status());
    assertEquals(0, count(folder));
    assertEquals(415, send(Request.post("/whole").withBody(MediaTypes.UNKNOWN, half)).status());
    assertEquals(400, send(form("/parts", "x").withBody("multipart/form-data", half)).status());
    Response missing = send(form("/whole", "x").withBody("multipart/form-data; boundary=X", "--X--".getBytes(
        ISO_8859_1)));
    assertEquals(400, missing.status());
    assertTrue(missing.text().contains("\"field\":\"file\""), missing.text());
  }

  @Test
  void fieldsAreReadAlikeFromBothKindsOfForms() throws IOException {
    assertEquals("T", send(form("/field", "x")).text());
    assertEquals("T", send(Request.post("/field").withForm("title=T")).text());
  }

  @Test
  void partByPart() throws IOException {
    assertEquals("title1 file100000 ", send(form("/parts", "x".repeat(100_000))).text());
  }

  @Test
  void moreFieldsThanAnyFormHasAreTooLarge() throws IOException {
    String most = "a=1&".repeat(9_999) + "title=T";
    assertEquals("T", send(Request.post("/field").withForm(most)).text());
    assertEquals(413, send(Request.post("/field").withForm(most + "&")).status());
  }

  @ParameterizedTest
  @Timeout(30)
  @ValueSource(strings = {"half of the file", "the whole of it"})
  void nothingStaysBehindAClientThatLeaves(String arrived) throws Exception {
    MultipartLimits limits = MultipartLimits.defaults().withDirectory(folder).withMemoryBytes(10);
    var read = new CountDownLatch(1);
    var app = new App();
    app.post("/whole", c -> {
      c.formData(limits);
      read.countDown();
      while (!c.cancelled()) {
        Thread.onSpinWait();
      }
      return c.text("too late");
    });
    byte[] body = form("/whole", "x".repeat(100_000)).body().stream().readAllBytes();
    int length = arrived.startsWith("half") ? body.length / 2 : body.length;
    try (Server server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"))) {
      try (var client = new RawClient(server)) {
        client.send(
            "POST /whole HTTP/1.1\r\nHost: t\r\nContent-Type: multipart/form-data; boundary=X\r\nContent-Length: "
                + body.length + "\r\n\r\n" + new String(body, 0, length, ISO_8859_1));
        while (count(folder) == 0) {
          Thread.onSpinWait();
        }
        if (length == body.length) {
          read.await();
        }
      }
      while (count(folder) > 0) {
        Thread.onSpinWait();
      }
    }
    assertEquals(0, count(folder));
  }
}
