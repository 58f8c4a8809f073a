package dev.edge4j.render.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.render.TemplateException;
import dev.edge4j.render.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of docs/rendering.md. */
class RenderingGuideTest {
  // tag::model[]
  public record Line(String name, String price) {}

  public record CartPage(String visitor, List<Line> lines) {}
  // end::model[]

  private static final String CART = """
      <h1>{{visitor}}'s cart</h1>
      {{#lines}}
      <p>{{name}}: {{price}}</p>
      {{/lines}}
      {{^lines}}
      <p>Nothing in it yet.</p>
      {{/lines}}
      """;

  @TempDir private Path templates;

  @Test
  void aPageIsATemplateAndAModel() throws IOException {
    Files.writeString(templates.resolve("cart.mustache"), CART);
    var app = new App();
    // tag::render[]
    app.use(Views.from(templates)); // reads, parses and links all templates; a broken one fails here
    app.get("/cart", c -> c.render("cart", new CartPage("<Ada>", List.of(new Line("Green tea", "€4.50")))));
    // end::render[]
    assertEquals("<h1>&lt;Ada&gt;'s cart</h1>", app.request("/cart").text().lines().findFirst().orElseThrow());
    assertEquals(true, app.request("/cart").text().contains("<p>Green tea: €4.50</p>"));
  }

  @Test
  void aNameThatTheModelDoesNotHaveIsAnError() throws IOException {
    Files.writeString(templates.resolve("cart.mustache"), "<h1>{{visiter}}</h1>");
    Views views = Views.from(templates);
    // tag::unknown[]
    TemplateException error = assertThrows(TemplateException.class,
        () -> views.render("cart", new CartPage("Ada", List.of())));
    // end::unknown[]
    assertEquals("cart", error.template());
    assertEquals(true, error.getMessage().contains("visiter"), error.getMessage());
  }
}
