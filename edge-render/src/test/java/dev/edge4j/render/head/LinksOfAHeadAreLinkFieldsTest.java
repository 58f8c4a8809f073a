package dev.edge4j.render.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Response;
import dev.edge4j.http.WebLink;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a head loads early, and what it says of other pages, stands in the response's fields too, and is read back from there. */
class LinksOfAHeadAreLinkFieldsTest {
  private static final Site SITE = Site.of("Shop", "https://shop.example");
  private static final Head HEAD = Head.of(SITE, "Tea")
      .preconnect("https://images.example")
      .preload("/font.woff2", "font")
      .modulePreload("/app.js")
      .stylesheet("/app.css")
      .icon("/icon.svg")
      .canonical("/tea")
      .alternate("de", "/de/tea")
      .alternateDefault("/tea");

  @Test
  void theFieldsAreReadBackAsTheSameLinks() {
    Response response = HEAD.addTo(Response.html(200, ""));
    assertEquals(HEAD.links(), WebLink.of(response.headers()));
    assertEquals(List.of("<https://images.example>; rel=preconnect",
        "</font.woff2>; rel=preload; as=font; crossorigin=anonymous", "</app.js>; rel=modulepreload",
        "</app.css>; rel=preload; as=style", "<https://shop.example/tea>; rel=canonical",
        "<https://shop.example/de/tea>; rel=alternate; hreflang=de",
        "<https://shop.example/tea>; rel=alternate; hreflang=x-default"), response.headers().all("Link"));
  }

  @Test
  void theElementsStandInTheOrderInWhichBrowsersStartSooner() {
    String html = HEAD.themeColor("dark", "#000").html().html();
    assertTrue(html.indexOf("<title>") < html.indexOf("preconnect"), html);
    assertTrue(html.indexOf("modulepreload") < html.indexOf("stylesheet"), html);
    assertTrue(html.indexOf("stylesheet") < html.indexOf("canonical"), html);
    assertTrue(html.contains("<link rel=\"icon\" href=\"/icon.svg\" type=\"image/svg+xml\">"), html);
    assertTrue(html.contains("<meta name=\"theme-color\" content=\"#000\" media=\"(prefers-color-scheme: dark)\">"),
        html);
  }

  @Test
  void thereIsOneCanonicalLinkAndOneOfALanguage() {
    Head moved = HEAD.canonical("/green").alternate("DE", "/de/green").stylesheet("/app.css");
    List<String> fields = moved.links().stream().map(WebLink::toString).toList();
    assertEquals(7, fields.size(), fields.toString());
    assertTrue(fields.contains("<https://shop.example/green>; rel=canonical"), fields.toString());
    assertFalse(fields.toString().contains("/de/tea"), fields.toString());
    assertEquals("Tea", HEAD.bareTitle().html().html().split("</?title>", -1)[1]);
  }

  @Test
  void namesThatCannotBeEscapedAreKnownOnes() {
    assertThrows(IllegalArgumentException.class, () -> HeadLink.of("import", "/x"));
    assertThrows(IllegalArgumentException.class, () -> HeadLink.of("preload", "/x").with("onload", "alert(1)"));
    assertThrows(IllegalArgumentException.class, () -> HEAD.alternate("de\"", "/x"));
    assertThrows(IllegalArgumentException.class, () -> HEAD.themeColor("sepia", "#fff"));
  }
}
