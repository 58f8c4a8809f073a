package dev.edge4j.render.export;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.BadRequestException;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a page holds, reading it ends; and no path that a link can have becomes a file outside of the folder. */
class AnyPageIsReadTest {
  private static final List<String> PIECES = List.of("<a", " href=", " srcset=", "\"", "'", "<", ">", "/", "=", "<!--",
      "-->", "<script", "</script", "<style", "</style", "url(",
      "</", " ", "&amp;", "&#x41;", "&#99999999;", "x", ",", "<base", "#", "?", "..", "%2e", "%2F", "%", "\n", "\\",
      ":", "%00");

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(PIECES).list().ofMaxSize(40).map(pieces -> String.join("", pieces));
  }

  @Property(tries = 2000)
  void anyPage(@ForAll("texts") String html) {
    HtmlLinks page = HtmlLinks.of(html);
    assertTrue(page.links().size() <= html.length());
  }

  @Property(tries = 2000)
  void noLinkIsAFileOutside(@ForAll("texts") String reference) {
    Optional<Link> link;
    try {
      link = Link.of("https://localhost", "/a/b", reference);
    } catch (BadRequestException noPath) {
      return;
    }
    link.flatMap(found -> FileName.of(found.path(), true, false)).ifPresent(name -> {
      List<String> segments = List.of(name.split("/", -1));
      assertTrue(!name.startsWith("/") && !segments.contains("..") && !segments.contains("."), name);
    });
  }
}
