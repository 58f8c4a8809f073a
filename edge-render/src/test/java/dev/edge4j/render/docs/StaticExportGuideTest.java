package dev.edge4j.render.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.render.ViewOptions;
import dev.edge4j.render.asset.Assets;
import dev.edge4j.render.dev.DevMode;
import dev.edge4j.render.export.ExportReport;
import dev.edge4j.render.export.StaticExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of docs/static-export.md. */
class StaticExportGuideTest {
  @TempDir private Path work;

  @Test
  void anApplicationAsFiles() throws IOException {
    Path folder = Files.createDirectories(work.resolve("assets"));
    Files.writeString(folder.resolve("app.css"), "a {}");
    Assets assets = Assets.from(folder);
    var app = new App();
    assets.routes(app);
    app.get("/", c -> c.html("<a href=/about>About</a>"));
    app.get("/about", c -> c.html("<h1>About</h1>"));
    app.get("/tea/:id", c -> c.html("<h1>Tea</h1>"));
    Path out = work.resolve("site");
    // tag::export[]
    ExportReport report = StaticExport.of(app)
        .origin("https://tea.example")
        .start("/")
        .values("/tea/:id", "sencha", "assam") // what no page links to
        .assets(assets)
        .except("/cart/*")
        .to(out);
    report.notes().forEach(System.out::println);
    // end::export[]
    assertTrue(report.files()
        .containsAll(List.of("index.html", "about.html", "tea/sencha.html", "404.html", "_headers")));
    assets.close();
  }

  @Test
  void templatesThatChange() throws IOException {
    Path templates = Files.createDirectories(work.resolve("templates"));
    Files.writeString(templates.resolve("page.mustache"), "<h1>Tea</h1>");
    var app = new App();
    // tag::dev[]
    DevMode dev = DevMode.of(templates, ViewOptions.strict()).install(app); // in place of app.use(Views.from(...))
    app.get("/", c -> c.render("page", Map.of()));
    // end::dev[]
    assertTrue(app.request("/").text().contains("/_dev/reload.js"));
    Files.writeString(templates.resolve("page.mustache"), "<h1>Green tea</h1>");
    assertTrue(app.request("/").text().startsWith("<h1>Green tea</h1>"));
    assertEquals(200, app.request("/_dev/problem").status());
    dev.close();
  }
}
