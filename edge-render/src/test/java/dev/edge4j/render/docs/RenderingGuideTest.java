package dev.edge4j.render.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.middleware.SecureHeaders;
import dev.edge4j.middleware.secure.ContentSecurityPolicy;
import dev.edge4j.render.TemplateException;
import dev.edge4j.render.ViewOptions;
import dev.edge4j.render.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    assertTrue(app.request("/cart").text().contains("<p>Green tea: €4.50</p>"));
  }

  @Test
  void aNameThatTheModelDoesNotHaveIsAnError() throws IOException {
    Files.writeString(templates.resolve("cart.mustache"), "<h1>{{visiter}}</h1>");
    Views views = Views.from(templates);
    // tag::unknown[]
    TemplateException error = assertThrows(TemplateException.class,
        () -> views.render("cart", new CartPage("Ada", List.of())));
    // template cart:1:5: unknown name "visiter" in ...CartPage (did you mean "visitor"?)
    // end::unknown[]
    assertTrue(error.getMessage().startsWith("template cart:1:5: unknown name \"visiter\" in "), error.getMessage());
    assertTrue(error.getMessage().endsWith("CartPage (did you mean \"visitor\"?)"), error.getMessage());
  }

  @Test
  void atStartWhereTheModelIsDeclared() throws IOException {
    Files.writeString(templates.resolve("cart.mustache"), "<h1>{{visiter}}</h1>");
    assertThrows(TemplateException.class, () -> {
      // tag::checked[]
      Views.from(templates, ViewOptions.strict().withModel("cart", CartPage.class));
      // end::checked[]
    });
  }

  @Test
  void aPartForAScriptAndThePageForEverybodyElse() {
    var app = new App();
    app.use(Views.of(Map.of("product", "<h1>Tea</h1>{{$stock}}<p id=\"stock\">{{left}} left</p>{{/stock}}"), ViewOptions
        .strict()));
    // tag::fragment[]
    app.get("/tea", c -> c.fragment("product", "stock", Map.of("left", 3)));
    // end::fragment[]
    assertEquals("<h1>Tea</h1><p id=\"stock\">3 left</p>", app.request("/tea").text());
    assertEquals("<p id=\"stock\">3 left</p>", app.request(Request.get("/tea").withHeader("HX-Request", "true"))
        .text());
  }

  @Test
  void hashesOfInlineScripts() {
    Views views = Views.of(Map.of("page", "<script>let a = 1;</script>"), ViewOptions.strict());
    // tag::hashes[]
    ContentSecurityPolicy policy = ContentSecurityPolicy.ownOrigin()
        .with(ContentSecurityPolicy.Directive.SCRIPT_SRC, views.inlineHashes().toArray(String[]::new));
    var headers = SecureHeaders.create().contentSecurityPolicy(policy);
    // end::hashes[]
    var app = new App();
    app.use(headers);
    app.get("/", c -> c.text("x"));
    assertTrue(app.request("/").header("Content-Security-Policy").orElseThrow().contains("script-src 'sha256-"));
  }

  @Test
  void theWholeSpecificationForTrustedTemplates() {
    // tag::mustache[]
    Views mails = Views.of(Map.of("mail", "Hello {{name}}{{missing}}"), ViewOptions.mustache());
    // end::mustache[]
    assertEquals("Hello Ada", new String(mails.render("mail", Map.of("name", "Ada")), UTF_8));
  }
}
