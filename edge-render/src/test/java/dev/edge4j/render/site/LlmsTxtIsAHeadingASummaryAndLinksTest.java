package dev.edge4j.render.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.render.head.Site;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;

/** The shape that llmstxt.org asks for, as a CommonMark parser sees it. */
class LlmsTxtIsAHeadingASummaryAndLinksTest {
  private static final Site SITE = Site.of("The *shop*", "https://shop.example");

  @Test
  void theFile() {
    LlmsTxt file = LlmsTxt.of(SITE, "Tea and\n# what one needs")
        .paragraph("Prices are in euros.")
        .section("Products")
        .link("Green [tea]", "/products/1", "leaves > bags")
        .link("Black tea", "/products/2?a=(b)", "")
        .section("Optional")
        .link("Imprint", "/imprint", "");
    assertEquals("""
        # The \\*shop\\*

        > Tea and \\# what one needs

        Prices are in euros.

        ## Products

        - [Green \\[tea\\]](https://shop.example/products/1): leaves \\> bags
        - [Black tea](https://shop.example/products/2?a=%28b%29)

        ## Optional

        - [Imprint](https://shop.example/imprint)
        """, file.text());
    Node document = Parser.builder().build().parse(file.text());
    assertTrue(document.getFirstChild() instanceof Heading heading && heading.getLevel() == 1);
    assertTrue(document.getFirstChild().getNext() instanceof BlockQuote);
    List<String> links = new ArrayList<>();
    document.accept(new AbstractVisitor() {
      @Override
      public void visit(Link link) {
        links.add(link.getDestination());
      }
    });
    assertEquals(List.of("https://shop.example/products/1", "https://shop.example/products/2?a=%28b%29",
        "https://shop.example/imprint"),
        links);
  }

  @Test
  void aLinkStandsInASection() {
    assertThrows(IllegalStateException.class, () -> LlmsTxt.of(SITE, "x").link("a", "/a", ""));
    assertThrows(IllegalArgumentException.class, () -> LlmsTxt.of(SITE, "x")
        .section("s")
        .link("a", "javascript:x", ""));
  }
}
