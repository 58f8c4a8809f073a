package dev.edge4j.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.FormData;
import dev.edge4j.Upload;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.http.multipart.FormPart;
import dev.edge4j.http.multipart.Multipart;
import dev.edge4j.http.multipart.MultipartLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of docs/requests.md. */
class RequestsGuideTest {
  private static final String FORM = "--X\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nSpring\r\n"
      + "--X\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a.png\"\r\n\r\npixels\r\n--X--";

  @TempDir private Path pictures;
  private final App app = new App();

  private Response send(Request request) {
    return app.request(request);
  }

  private static Request form(String path) {
    return Request.post(path).withBody("multipart/form-data; boundary=X", FORM.getBytes(UTF_8));
  }

  @Test
  void cookies() {
    // tag::cookies[]
    app.get("/", c -> {
      String theme = c.cookie("theme").orElse("light");
      String name = c.cookieText("name").orElse("stranger"); // set by SetCookie.ofText: any text
      return c.text(name + " likes it " + theme);
    });
    // end::cookies[]
    assertEquals("Zoë likes it dark", send(Request.get("/").withHeader("Cookie", "theme=dark; name=Zo%C3%AB")).text());
  }

  @Test
  void formsWithFiles() throws IOException {
    // tag::form[]
    app.post("/products", c -> {
      FormData form = c.formData();
      String title = form.field("title").asString();
      Upload picture = form.file("picture");
      Path kept = pictures.resolve(UUID.randomUUID().toString()); // never the name that the client sent
      picture.moveTo(kept);
      return c.text(201, title + ", " + picture.size() + " bytes");
    });
    // end::form[]
    assertEquals("Spring, 6 bytes", send(form("/products")).text());
    try (var files = Files.list(pictures)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void partByPart() {
    // tag::parts[]
    app.post("/backup", c -> {
      Multipart form = c.multipart(MultipartLimits.defaults().withMaxParts(2));
      long bytes = 0;
      for (Optional<FormPart> part = form.next(); part.isPresent(); part = form.next()) {
        try (InputStream content = part.get().stream()) { // as it arrives, at the pace of this loop
          bytes += content.transferTo(archive(part.get().name()));
        }
      }
      return c.text(bytes + " bytes");
    });
    // end::parts[]
    assertEquals("12 bytes", send(form("/backup")).text());
  }

  private OutputStream archive(String name) {
    assertTrue(!name.isEmpty());
    return OutputStream.nullOutputStream();
  }

  @Test
  void whatTheClientTakes() {
    // tag::accepts[]
    app.get("/report", c -> switch (c.accepts("text/html", "text/csv").orElse("")) {
      case "text/csv" -> Response.bytes(200, "text/csv", "a,b\n1,2\n".getBytes(UTF_8));
      case "text/html" -> c.html("<table><tr><td>1<td>2</table>");
      default -> Response.of(406);
    });
    // end::accepts[]
    assertEquals("a,b\n1,2\n", send(Request.get("/report").withHeader("Accept", "text/csv, text/html;q=0.5")).text());
    assertEquals(406, send(Request.get("/report").withHeader("Accept", "image/png")).status());
  }
}
