package dev.edge4j.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The field {@code Link} (RFC 8288): what is written is read back, also beside others in one line, and what is malformed hides nothing. */
class LinksAreReadAsTheyAreWrittenTest {
  @Provide
  Arbitrary<String> values() {
    return Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(12);
  }

  @Property
  void anyValueIsReadBackBesideOthers(@ForAll("values") String title, @ForAll("values") String type) {
    WebLink link = new WebLink("/a,b;c?d=e#f", Map.of("rel", "preload")).with("title", title).with("type", type);
    WebLink other = WebLink.of("https://a.example", "preconnect");
    assertEquals(List.of(link, other, link), WebLink.of(Headers.of("Link", link + ", " + other, "Link", link
        .toString())));
  }

  /** The examples of section 3.5. */
  @Test
  void theExamplesOfTheRfc() {
    WebLink previous = WebLink.of(Headers.of("Link",
        "<http://example.com/TheBook/chapter2>; rel=\"previous\"; title=\"previous chapter\"")).getFirst();
    assertEquals("previous chapter", previous.parameter("title").orElseThrow());
    List<WebLink> several = WebLink.of(Headers.of("Link",
        "</TheBook/chapter2>; rel=\"previous\"; title*=UTF-8'de'letztes%20Kapitel, </TheBook/chapter4>; rel=\"next\"; title*=UTF-8'de'n%c3%a4chstes%20Kapitel"));
    assertEquals(List.of("/TheBook/chapter2", "/TheBook/chapter4"), several.stream().map(WebLink::target).toList());
    WebLink both = WebLink.of(Headers.of("Link",
        "<http://example.org/>; rel=\"start http://example.net/relation/other\""))
        .getFirst();
    assertTrue(both.hasRelation("START") && both.hasRelation("http://example.net/relation/other"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a; rel=preload", "<a b>; rel=preload", "<a", "<a>; rel=\"open", "<a> rel=preload",
      "<a>; =x",
      "<a>; rel=b c", ""})
  void whatIsMalformedIsPassedOver(String bad) {
    assertEquals(List.of(), WebLink.of(Headers.of("Link", bad)));
    assertEquals(1, WebLink.of(Headers.of("Link", bad, "Link", "</ok>; rel=preload")).size());
  }

  @Test
  void theFirstOfTwoCountsAndFlagsHaveNoValue() {
    WebLink link = WebLink.of(Headers.of("Link", "</a>; REL=preload; rel=next; crossorigin")).getFirst();
    assertEquals("preload", link.parameter("rel").orElseThrow());
    assertEquals("</a>; rel=preload; crossorigin", link.toString());
  }

  @Test
  void whatWouldNotBeReadBackIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> WebLink.of("/a>; rel=x, <b", "preload"));
    assertThrows(IllegalArgumentException.class, () -> WebLink.of("/é", "preload"));
    assertThrows(IllegalArgumentException.class, () -> WebLink.of("/a", "x\r\ny"));
    assertThrows(IllegalArgumentException.class, () -> WebLink.of("/a", "x").with("Title", "x"));
  }
}
