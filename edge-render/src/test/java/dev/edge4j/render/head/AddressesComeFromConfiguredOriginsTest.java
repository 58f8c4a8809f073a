package dev.edge4j.render.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Absolute addresses are made of origins that are configured, never of a host that a client has named. */
class AddressesComeFromConfiguredOriginsTest {
  private static final Site SITE = Site.of("Shop", "https://shop.example").andOrigin("https://shop.at");

  @ParameterizedTest
  @CsvSource({"shop.example,https,https://shop.example", "shop.at,https,https://shop.at",
      "SHOP.at:443,https,https://shop.at",
      "evil.example,https,https://shop.example", "shop.at,http,https://shop.example",
      "shop.at:8443,https,https://shop.example",
      "shop.at.evil.example,https,https://shop.example"})
  void theOneThatWasAskedForIfItIsOurs(String host, String scheme, String expected) {
    var app = new App();
    app.get("/", c -> c.text(SITE.at(c).absolute("/a")));
    Request request = Request.get("/").withHeader("Host", host).withScheme(scheme);
    assertEquals(expected + "/a", app.request(request).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"//evil.example", "/\\evil.example", "javascript:alert(1)", "data:text/html,x", "a/b", "",
      "https:evil", "https://", "ftp://shop.example/", "https://user@shop.example/", "https://shop.example\\@evil/",
      " /a", "\t//evil.example"})
  void whatIsNeitherPathNorWebAddressIsRefused(String address) {
    assertThrows(IllegalArgumentException.class, () -> SITE.absolute(address));
    assertThrows(IllegalArgumentException.class, () -> Head.of(SITE, "t").stylesheet(address));
    assertThrows(IllegalArgumentException.class, () -> HeadLink.of("preload", address));
  }

  @Test
  void whatNoUriHoldsIsEscapedAndEscapesStay() {
    assertEquals("https://shop.example/a%20b?q=%C3%A9&r=%22%3C%3E#c", SITE.absolute("/a b?q=%C3%A9&r=\"<>#c"));
    assertEquals("https://shop.example/100%25/%E2%82%AC%0A", SITE.absolute("/100%/€\n"));
    assertEquals("https://images.example/x", SITE.absolute("https://images.example/x"));
    assertEquals("https://images.example", SITE.absolute("https://images.example"));
  }

  @Test
  void aSiteHasWebOrigins() {
    assertThrows(IllegalArgumentException.class, () -> Site.of("Shop", "ftp://shop.example"));
    assertThrows(IllegalArgumentException.class, () -> Site.of("Shop", "https://shop.example/"));
    assertThrows(IllegalArgumentException.class, () -> Site.of("Shop", "shop.example"));
  }
}
