package dev.edge4j.examples.shop.web;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.catalogue.Category;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.EarlyHints;
import dev.edge4j.render.site.LlmsTxt;
import dev.edge4j.render.site.Robots;
import dev.edge4j.render.site.Sitemap;
import dev.edge4j.render.site.SitemapSource;
import dev.edge4j.render.site.SitemapUrl;
import dev.edge4j.render.site.SpeculationRules;
import dev.edge4j.render.site.SpeculationRules.Eagerness;
import dev.edge4j.render.site.Where;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What the shop says to search engines, to programs that read, and to browsers that fetch pages before they are asked for. */
public final class ForPrograms {
  /** The cart itself may be found: who has no cookie, as crawlers have none, sees an empty one and ways on from it. */
  private static final Robots ROBOTS = Robots.forAll()
      .disallow("/cart/", "/checkout", "/orders", "/login", "/search/", "/admin", "/*?*material=", "/*?*min=",
          "/*?*max=",
          "/*?*stock=", "/*?*sort=");

  private static final SpeculationRules RULES = SpeculationRules.create()
      .never("/cart*", "/checkout*", "/orders*", "/login*", "/logout*", "/admin*", "/_edge*", "/img/*", "/assets/*")
      .prefetch(Eagerness.MODERATE, Where.path("/*"));

  private final ShopSite site;
  private final SitemapSource pages;

  /** Of that shop's products. */
  public ForPrograms(ShopSite site, Catalogue catalogue) {
    this.site = site;
    this.pages = SitemapSource.of(ForPrograms::shelves).then(products(catalogue));
  }

  /** Registers the routes, and the gates that stand in front of pages. */
  public void routes(App app) {
    app.get("/robots.txt", c -> c.text(ROBOTS.sitemap(site.of(c), "/sitemap.xml").text())
        .withHeader("Cache-Control", "public, max-age=3600"));
    app.get("/sitemap.xml", c -> map(c).index().handle(c));
    app.get("/:file{sitemap-[0-9]+\\.xml(\\.gz)?}", c -> map(c).file("file").handle(c));
    app.get("/llms.txt", this::overview);
    app.use(RULES.routes(app), EarlyHints.create().withPublic("/assets/"));
  }

  private Sitemap map(Context c) {
    return Sitemap.of(site.of(c), pages);
  }

  private Response overview(Context c) throws Exception {
    LlmsTxt text = LlmsTxt.of(site.of(c),
        "A demonstration of a shop that answers from the edge. Nothing is charged, nothing is sent.")
        .paragraph("Lists and products are Markdown for programs that ask for text/markdown.")
        .section("Shelves");
    for (Category category : Category.values()) {
      text = text.link(category.title(), "/products?category=" + category.slug(), category.line());
    }
    return text.section("Optional")
        .link("All products", "/products", "20 a page, newest first")
        .link("Products as JSON", "/api/products", "the same by an API")
        .link("Sitemap", "/sitemap.xml", "")
        .handler()
        .handle(c);
  }

  private static List<SitemapUrl> shelves() {
    List<SitemapUrl> all = new ArrayList<>(List.of(SitemapUrl.of("/"), SitemapUrl.of("/products")));
    Arrays.stream(Category.values()).forEach(category -> {
      String shelf = "/products?category=" + category.slug();
      all.add(SitemapUrl.of(shelf));
      category.kinds().forEach(kind -> all.add(SitemapUrl.of(shelf + "&kind=" + kind.slug())));
    });
    return all;
  }

  private static SitemapSource products(Catalogue catalogue) {
    return new SitemapSource() {
      @Override
      public long count() {
        return catalogue.count();
      }

      @Override
      public Stream<SitemapUrl> from(long first, int limit) {
        return catalogue.ids(first, limit).stream().map(id -> SitemapUrl.of("/products/" + id));
      }
    };
  }
}
