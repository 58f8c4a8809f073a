package dev.edge4j.render.head;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.TypeRef;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jsoup.Jsoup;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Whatever is in the values of a head, a parser of HTML finds exactly the elements that were meant, with exactly these values. */
class EveryValueStaysInItsElementTest {
  private static final Site SITE = Site.of("The <shop> & \"co\"", "https://shop.example");

  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> pieces = Arbitraries.of("<", ">", "\"", "'", "&", "&lt;", "</title>", "</script>", "<!--", "-->",
        "<script>", "]]>", "\u2028", "\u2029", "\r\n", "\n", "\t", " ", "\\", "\\u003c", "`", "=", "/", "é", "😀",
        "\uD800", "0", "a",
        "javascript:", "<![CDATA[", "--!>", "</SCRIPT ", "<meta http-equiv=refresh>");
    Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(6);
    return Combinators.combine(Arbitraries.oneOf(pieces, any).list().ofMaxSize(8), Arbitraries.just("."))
        .as((all, end) -> String.join("", all).replace('\uFFFF', ' ') + end); // jsoup takes U+FFFF for the end of the text
  }

  @Property(tries = 1_000)
  void exactlyTheElementsThatWereMeant(@ForAll("hostile") String title, @ForAll("hostile") String text,
      @ForAll("hostile") String path, @ForAll("hostile") String value) {
    String address = "/" + path.replaceFirst("^[/\\\\]+", "");
    Head head = Head.of(SITE, title)
        .description(text)
        .canonical(address)
        .robots(value)
        .alternate("de-AT", address)
        .image(address, value)
        .stylesheet(address)
        .preload(address, value)
        .meta("author", text)
        .jsonLd(Schema.Product.of(title, address)
            .withDescription(text)
            .withSku(value)
            .withOffer(new BigDecimal("4.50"), value, Schema.Availability.InStock));

    Document page = Jsoup.parse("<!doctype html><html><head>" + head.html() + "</head><body><p>end</p></body></html>");

    assertEquals(List.of("title", "link preload", "link stylesheet", "meta description", "meta robots",
        "meta twitter:card", "meta author", "link canonical", "link alternate", "meta og:title", "meta og:type",
        "meta og:site_name", "meta og:description", "meta og:url", "meta og:image", "meta og:image:alt", "script"),
        names(
            page.head()));
    assertEquals("end", page.body().children().outerHtml().replaceAll("</?p>", ""));
    assertEquals(text(title) + " · " + SITE.name(), page.head().expectFirst("title").wholeText());
    assertEquals(text(text), page.expectFirst("meta[name=description]").attr("content"));
    assertEquals(text(value), page.expectFirst("meta[property=og:image:alt]").attr("content"));
    assertEquals("https://shop.example" + Site.encode(address), page.expectFirst("link[rel=canonical]").attr("href"));

    String json = ((DataNode) page.expectFirst("script").childNode(0)).getWholeData();
    Map<String, Object> product = JsonCodec.jackson()
        .read(json.getBytes(StandardCharsets.UTF_8), new TypeRef<Map<String, Object>>() {});
    assertEquals(wellFormed(text), product.get("description"));
    assertEquals(wellFormed(value), product.get("sku"));
    assertEquals("https://shop.example" + Site.encode(address), product.get("url"));
  }

  /** What HTML cannot hold: NUL. */
  private static String text(String text) {
    return text.replace('\0', '\uFFFD');
  }

  private static String wellFormed(String text) {
    return new String(text.codePoints().map(c -> c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c).toArray(), 0, (int) text
        .codePoints()
        .count());
  }

  /** Each node of the head by its name and what tells it from others; text between them is white space alone. */
  private static List<String> names(Element head) {
    List<String> names = new ArrayList<>();
    for (Node node : head.childNodes()) {
      switch (node) {
        case Element element -> names.add((element.tagName() + " " + element.attr("name") + element.attr("property")
            + element.attr("rel")).strip());
        case TextNode blank when blank.isBlank() -> {
          // between two lines
        }
        default -> names.add("unexpected " + node.nodeName() + ": " + node.outerHtml());
      }
    }
    return names;
  }
}
