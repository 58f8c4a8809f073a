package dev.edge4j.render.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Response;
import dev.edge4j.render.ViewOptions;
import dev.edge4j.render.Views;
import dev.edge4j.render.asset.AssetOptions;
import dev.edge4j.render.asset.Assets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of docs/assets.md. */
class AssetsGuideTest {
  @TempDir private Path work;
  private Path folder;
  private Path templates;

  @BeforeEach
  void files() throws IOException {
    folder = Files.createDirectories(work.resolve("assets"));
    templates = Files.createDirectories(work.resolve("templates"));
    Files.writeString(folder.resolve("app.css"), "body { color: teal }");
    Files.writeString(templates.resolve("page.mustache"),
        "<link rel=\"stylesheet\" href=\"{{#edge.asset}}app.css{{/edge.asset}}\">");
  }

  @Test
  void aTemplateNamesAFile() {
    var app = new App();
    // tag::serve[]
    Assets assets = Assets.from(folder); // Assets.from("assets") for a folder of the class path
    assets.routes(app); // GET /assets/*path
    app.use(Views.from(templates, ViewOptions.strict().withAssets(assets::url)));
    // end::serve[]
    app.get("/", c -> c.render("page", Map.of()));
    String page = app.request("/").text();
    assertTrue(page.contains(assets.url("app.css")), page);
    Response css = app.request(assets.url("app.css"));
    assertEquals(Optional.of("public, max-age=31536000, immutable"), css.header("Cache-Control"));
    assets.close();
  }

  @Test
  void whatABrowserIsToldAhead() {
    var app = new App();
    try (Assets assets = Assets.from(folder)) {
      // tag::preload[]
      app.get("/tea", c -> {
        c.earlyHints(assets.preload("app.css")); // Link: </assets/app.3f9c1a2b7d.css>; rel=preload; as=style
        return c.html("<link rel=stylesheet href=" + assets.url("app.css") + " integrity=" + assets.integrity("app.css")
            + ">");
      });
      // end::preload[]
      assertTrue(app.request("/tea").text().contains("sha384-"));
    }
  }

  @Test
  void otherOptions() {
    // tag::options[]
    AssetOptions options = AssetOptions.defaults()
        .withPrefix("/static")
        .withDanglingReferences(); // leaves references to files that are not there as they stand
    Assets assets = Assets.from(folder, options);
    // end::options[]
    assertTrue(assets.url("app.css").startsWith("/static/app."));
    assets.close();
  }

  @Test
  void aFileOfSomebodyElse() {
    // tag::file[]
    AssetOptions options = AssetOptions.defaults()
        .withFile("js/socket.js", AssetsGuideTest::script); // import("./js/socket.js") in app.js finds it
    // end::file[]
    try (Assets assets = Assets.from(folder, options)) {
      assertTrue(assets.url("js/socket.js").matches("/assets/js/socket[.][0-9a-f]{10}[.]js"));
    }
  }

  private static byte[] script() {
    return "export const socket = 1;".getBytes(StandardCharsets.UTF_8);
  }
}
