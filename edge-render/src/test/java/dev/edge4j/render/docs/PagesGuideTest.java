package dev.edge4j.render.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.EarlyHints;
import dev.edge4j.middleware.RefusePrefetch;
import dev.edge4j.middleware.SecureHeaders;
import dev.edge4j.middleware.secure.ContentSecurityPolicy;
import dev.edge4j.render.head.Head;
import dev.edge4j.render.head.JsonLd;
import dev.edge4j.render.head.Schema;
import dev.edge4j.render.head.Site;
import dev.edge4j.render.site.LlmsTxt;
import dev.edge4j.render.site.MarkdownText;
import dev.edge4j.render.site.MarkdownTwin;
import dev.edge4j.render.site.PageVersion;
import dev.edge4j.render.site.Robots;
import dev.edge4j.render.site.Sitemap;
import dev.edge4j.render.site.SitemapSource;
import dev.edge4j.render.site.SitemapUrl;
import dev.edge4j.render.site.SpeculationRules;
import dev.edge4j.render.site.SpeculationRules.Eagerness;
import dev.edge4j.render.site.Where;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The listings of docs/pages.md. */
class PagesGuideTest {
  // tag::site[]
  private static final Site SITE = Site.of("Tea shop", "https://tea.example");
  // end::site[]

  private record Tea(long id, String name, String text, BigDecimal price, long version, LocalDate changed) {}

  private static final Tea GREEN = new Tea(1, "Green </title> tea", "From \"Hill\"", new BigDecimal("4.50"), 7,
      LocalDate.of(2026,
          1, 2));

  @Test
  void aHead() {
    Tea tea = GREEN;
    // tag::head[]
    String path = "/teas/" + tea.id();
    Head head = Head.of(SITE, tea.name())
        .description(tea.text())
        .canonical(path)
        .alternate("en", path)
        .alternate("de", "/de" + path)
        .alternateDefault(path)
        .image("/pictures/" + tea.id() + ".png", tea.name(), 1200, 630)
        .type("product")
        .stylesheet("/assets/app.3f2a.css")
        .jsonLd(Schema.BreadcrumbList.empty().then("Teas", "/teas").then(tea.name(), path))
        .jsonLd(Schema.Product.of(tea.name(), path)
            .withOffer(tea.price(), "EUR", Schema.Availability.InStock)
            .withRating(4.6, 12));
    // end::head[]
    String html = head.html().html();
    assertTrue(html.startsWith("<title>Green &lt;/title&gt; tea · Tea shop</title>"), html);
    // tag::fields[]
    Response response = head.addTo(Response.html(200, "...")); // Link: </assets/app.3f2a.css>; rel=preload; as=style, ...
    // end::fields[]
    assertTrue(response.headers().all("Link").contains("</assets/app.3f2a.css>; rel=preload; as=style"), response
        .toString());
  }

  // tag::record[]
  public record Recipe(@JsonLd.Term("@id") URI id, String name, Duration totalTime, List<String> recipeIngredient) {}
  // end::record[]

  @Test
  void aRecordOfOnesOwn() {
    var recipe = new Recipe(Schema.address("/recipes/1"), "Iced tea", Duration.ofMinutes(10), List.of("tea", "ice"));
    assertTrue(JsonLd.of(SITE, recipe).html().contains("\"@id\":\"https://tea.example/recipes/1\""));
  }

  private interface Teas {
    long count();

    List<Tea> page(long first, int limit);
  }

  @Test
  void aSitemap() throws IOException {
    Teas teas = new Teas() {
      @Override
      public long count() {
        return 1;
      }

      @Override
      public List<Tea> page(long first, int limit) {
        return List.of(GREEN);
      }
    };
    var app = new App();
    // tag::sitemap[]
    SitemapSource pages = new SitemapSource() {
      @Override
      public long count() {
        return teas.count();
      }

      @Override
      public Stream<SitemapUrl> from(long first, int limit) { // one statement, read row by row
        return teas.page(first, limit).stream().map(tea -> SitemapUrl.of("/teas/" + tea.id()).modified(tea.changed()));
      }
    };
    Sitemap map = Sitemap.of(SITE, pages);
    app.get("/sitemap.xml", map.index()); // all pages, or an index where there are more than 50,000
    app.get("/:file{sitemap-[0-9]+\\.xml(\\.gz)?}", map.file("file"));
    // end::sitemap[]
    var out = new ByteArrayOutputStream();
    ((Body.Stream) app.request("/sitemap.xml").body()).writer().writeTo(out);
    assertTrue(out.toString(StandardCharsets.UTF_8)
        .contains("<loc>https://tea.example/teas/1</loc><lastmod>2026-01-02</lastmod>"));
  }

  @Test
  void filesForPrograms() {
    var app = new App();
    // tag::programs[]
    app.get("/robots.txt", Robots.forAll()
        .disallow("/cart", "/*?sort=")
        .sitemap(SITE, "/sitemap.xml")
        .handler());
    app.get("/llms.txt", LlmsTxt.of(SITE, "Teas by the gram, sent the same day.")
        .section("Teas")
        .link("All teas", "/teas", "each page is Markdown for who asks for it")
        .handler());
    // end::programs[]
    assertTrue(app.request("/robots.txt").text().contains("Sitemap: https://tea.example/sitemap.xml"));
    assertTrue(app.request("/llms.txt").text().startsWith("# Tea shop\n"));
  }

  @Test
  void aTwin() {
    Tea tea = GREEN;
    var app = new App();
    // tag::twin[]
    app.get("/teas/:id", c -> MarkdownTwin.answer(c, () -> c.html("<h1>..."),
        () -> c.text("# " + MarkdownText.escape(tea.name()) + "\n\n" + MarkdownText.link(SITE, "All teas", "/teas")
            + "\n")));
    // end::twin[]
    Response twin = app.request(Request.get("/teas/1").withHeader("Accept", "text/markdown, text/html;q=0.8"));
    assertEquals("# Green \\</title\\> tea\n\n[All teas](https://tea.example/teas)\n", twin.text());
  }

  @Test
  void aVersion() {
    Tea tea = GREEN;
    var rendered = new AtomicInteger();
    var app = new App();
    String templateVersion = "t1";
    // tag::version[]
    app.get("/teas/:id", c -> PageVersion.of(templateVersion) // views.version("tea")
        .with("tea", tea.version())
        .market("de-AT EUR")
        .header("Cache-Control", "private, no-cache")
        .answer(c, () -> {
          rendered.incrementAndGet(); // not reached by a client that has the page
          return c.html("<h1>...");
        }));
    // end::version[]
    String tag = app.request("/teas/1").header("ETag").orElseThrow();
    assertEquals(304, app.request(Request.get("/teas/1").withHeader("If-None-Match", tag)).status());
    assertEquals(1, rendered.get());
  }

  @Test
  void aPolicy() {
    var app = new App();
    List<String> inlineHashes = List.of(ContentSecurityPolicy.hash("let a = 1"));
    // tag::policy[]
    ContentSecurityPolicy policy = ContentSecurityPolicy.ownOrigin()
        .with(ContentSecurityPolicy.Directive.SCRIPT_SRC, ContentSecurityPolicy.SELF, ContentSecurityPolicy.NONCE)
        .withScriptHashes(inlineHashes); // of views, known at start: the same in every response
    app.use(SecureHeaders.create().contentSecurityPolicy(policy));
    app.get("/", c -> c.html("<script>let a = 1</script>")); // by hash: may be stored
    app.get("/account", c -> c.html("<script nonce=\"" + SecureHeaders.nonce(c) + "\">let name = 'Ann'</script>")); // no-store
    // end::policy[]
    assertFalse(app.request("/").header("Content-Security-Policy").orElseThrow().contains("nonce"));
    assertTrue(app.request("/account").header("Content-Security-Policy").orElseThrow().contains("'nonce-"));
    assertEquals("no-store", app.request("/account").header("Cache-Control").orElseThrow());
  }

  @Test
  void ahead() {
    var app = new App();
    // tag::ahead[]
    SpeculationRules rules = SpeculationRules.create()
        .never("/cart", "/cart/*", "/logout")
        .prefetch(Eagerness.MODERATE, Where.path("/*"))
        .prerender(Eagerness.CONSERVATIVE, Where.path("/teas/*"));
    app.use(rules.routes(app)); // the document at a hashed path, and the field that names it in every page
    app.use("/logout", RefusePrefetch.create()); // whatever rules others have
    app.use(EarlyHints.create().withPublic("/assets/")); // behind the caches, in front of the pages
    // end::ahead[]
    app.get("/teas", c -> c.html("<p>"));
    assertTrue(app.request("/teas").headers().contains("Speculation-Rules"));
    assertEquals(503, app.request(Request.get("/logout").withHeader("Sec-Purpose", "prefetch")).status());
  }
}
