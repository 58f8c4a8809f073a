package dev.edge4j.render.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Response;
import dev.edge4j.render.head.Site;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** RFC 9309: what is written, and what it means; the examples of its section 5. */
class RobotsFollowTheirRfcTest {
  private static final Site SITE = Site.of("Shop", "https://shop.example");

  @Test
  void theFile() {
    Robots robots = Robots.forAll()
        .disallow("/cart", "/*?sort=")
        .allow("/cart/help$")
        .agents("ExampleBot", "other_bot")
        .disallow("/")
        .sitemap(SITE, "/sitemap.xml");
    var app = new App();
    app.get("/robots.txt", robots.handler());
    Response response = app.request("/robots.txt");
    assertEquals("text/plain; charset=utf-8", response.header("Content-Type").orElseThrow().toLowerCase(Locale.ROOT));
    assertEquals("""
        User-agent: *
        Disallow: /cart
        Disallow: /*?sort=
        Allow: /cart/help$

        User-agent: ExampleBot
        User-agent: other_bot
        Disallow: /

        Sitemap: https://shop.example/sitemap.xml
        """, response.text());
  }

  /** Section 5.1. */
  @Test
  void theExampleWithGroups() {
    Robots robots = Robots.forAll()
        .disallow("*.gif$", "/example/")
        .allow("/publications/")
        .agents("foobot")
        .disallow("/")
        .allow("/example/page.html", "/example/allowed.gif")
        .agents("barbot", "bazbot")
        .disallow("/example/page.html")
        .agents("quxbot");
    assertFalse(robots.allows("anybot", "/a.gif"));
    assertTrue(robots.allows("anybot", "/a.gif?x"));
    assertTrue(robots.allows("anybot", "/publications/x"));
    assertFalse(robots.allows("FooBot", "/"));
    assertTrue(robots.allows("foobot", "/example/allowed.gif"));
    assertFalse(robots.allows("bazbot", "/example/page.html"));
    assertTrue(robots.allows("bazbot", "/a.gif"));
    assertTrue(robots.allows("quxbot", "/example/"));
  }

  /** Section 5.2: the longest rule counts. */
  @Test
  void theExampleOfTheLongestMatch() {
    Robots robots = Robots.forAll().agents("foobot").allow("/example/page/").disallow("/example/page/disallowed.gif");
    assertFalse(robots.allows("foobot", "/example/page/disallowed.gif"));
    assertTrue(robots.allows("foobot", "/example/page/other.gif"));
  }

  @Test
  void nothingInAPathBeginsALineOrAComment() {
    String text = Robots.forAll().disallow("/a\nAllow: /", "/b#c", "/ü").text();
    assertEquals("User-agent: *\nDisallow: /a%0AAllow:%20/\nDisallow: /b%23c\nDisallow: /%C3%BC\n\n", text);
    assertThrows(IllegalArgumentException.class, () -> Robots.forAll().agents("Bot/1.0"));
    assertThrows(IllegalArgumentException.class, () -> Robots.forAll().agents("a\nb"));
    assertThrows(IllegalArgumentException.class, () -> Robots.forAll().disallow("cart"));
  }
}
