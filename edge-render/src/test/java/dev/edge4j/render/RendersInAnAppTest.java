package dev.edge4j.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code app.use(views)} is all that {@code c.render} needs, and rendering is a layer of its own in the timings. */
class RendersInAnAppTest {
  @Test
  void aHandlerRendersATemplate() {
    var app = new App();
    app.use(Views.of(Map.of("hello", "<p>{{name}}</p>"), ViewOptions.strict()));
    app.get("/", c -> {
      Response response = c.render(201, "hello", Map.of("name", "a<b"));
      assertEquals("render", c.timings().spans().getFirst().layer());
      return response;
    });
    Response response = app.request("/");
    assertEquals(201, response.status());
    assertEquals(MediaType.HTML, response.header("Content-Type").orElseThrow());
    assertEquals("<p>a&lt;b</p>", response.text());
  }

  @Test
  void withoutViewsTheErrorNamesWhatIsMissing() {
    var app = new App();
    app.onError((c, e) -> c.text(500, String.valueOf(e.getMessage())));
    app.get("/", c -> c.render("hello", Map.of()));
    assertTrue(app.request("/").text().contains("renderer"), app.request("/").text());
  }
}
