package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.examples.shop.catalogue.Category;
import dev.edge4j.http.Response;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Search engines and programs that read find every page, and none of a host that somebody made up. */
class ProgramsFindTheirWayTest {
  private static final String MARKDOWN = "text/markdown, text/html;q=0.9, */*;q=0.1";

  private static RunningShop shop;

  @BeforeAll
  static void open() throws Exception {
    shop = RunningShop.open();
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  private static List<String> locations() throws Exception {
    String xml = Browser.whole(shop.browser().get("/sitemap.xml")).text();
    NodeList found = DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)))
        .getElementsByTagName("loc");
    List<String> all = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      all.add(found.item(i).getTextContent());
    }
    return all;
  }

  @Test
  void theSitemapHasEveryProductAndShelfOnceAndEachIsThere() throws Exception {
    List<String> all = locations();
    assertEquals(all.stream().distinct().toList(), all);
    assertEquals(RunningShop.PRODUCTS, all.stream()
        .filter(page -> page.startsWith("http://localhost/products/"))
        .count());
    for (Category category : Category.values()) {
      assertTrue(all.contains("http://localhost/products?category=" + category.slug()), category.slug());
    }
    for (int i = 0; i < all.size(); i += 37) {
      String path = all.get(i).substring("http://localhost".length());
      String page = shop.browser().get(path).text().replace("&#61;", "=");
      assertTrue(page.contains("<link rel=\"canonical\" href=\"" + all.get(i).replace("&", "&amp;") + "\">"), path);
      assertFalse(page.contains("noindex"), path);
    }
  }

  @Test
  void robotsAndOverviewLeadOn() {
    String robots = shop.browser().get("/robots.txt").text();
    assertTrue(robots.contains("\nDisallow: /cart/\n") && robots.endsWith("\nSitemap: http://localhost/sitemap.xml\n"),
        robots);
    String overview = shop.browser().get("/llms.txt").text();
    assertTrue(overview.startsWith("# Edge Shop\n\n> "), overview);
    assertTrue(overview.contains("(http://localhost/products?category=tea)"), overview);
  }

  @Test
  void whoWouldRatherReadMarkdownGetsIt() {
    Browser reader = shop.browser().with("Accept", MARKDOWN);
    Response product = reader.get("/products/7");
    assertEquals("text/markdown; charset=utf-8", product.header("Content-Type").orElseThrow());
    assertTrue(product.headers().list("Vary").contains("Accept"), product.headers().toString());
    assertTrue(product.text().startsWith("# ") && product.text().contains("\n- Price: ") && !product.text()
        .contains("<"), product
            .text());
    String list = reader.get("/products?category=tea").text();
    assertTrue(list.startsWith("# Tea \\& coffee\n") && list.contains("](/products/"), list);
    Response page = shop.browser().get("/products/7");
    assertEquals("text/html; charset=utf-8", page.header("Content-Type").orElseThrow());
    assertTrue(page.headers().all("Link").contains("</products/7>; rel=alternate; type=\"text/markdown\""), page
        .headers()
        .toString());
  }

  @Test
  void aHostThatSomebodyMadeUpIsInNoPage() throws Exception {
    Browser stranger = shop.browser().with("Host", "evil.example");
    for (String path : List.of("/", "/products", "/products/7", "/robots.txt", "/llms.txt", "/nope")) {
      assertFalse(stranger.get(path).text().contains("evil.example"), path);
    }
    assertFalse(Browser.whole(stranger.get("/sitemap.xml")).text().contains("evil.example"));
  }
}
