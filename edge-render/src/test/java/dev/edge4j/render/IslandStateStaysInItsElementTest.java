package dev.edge4j.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.edge4j.json.JsonCodec;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The state of an island is read by its script as it was written, and nothing in it is HTML to a browser. */
class IslandStateStaysInItsElementTest {
  private static final String BEGIN = "<script type=\"application/json\">";
  private static final String END = "</script>";
  private static final JsonCodec CODEC = JsonCodec.jackson();

  @Test
  void endsWhereItEnds() {
    SafeHtml html = Island.state(CODEC, Map.of("x", "</script><script>alert(1)</script><!-- \u2028 & ]]>"));
    assertEquals(BEGIN
        + "{\"x\":\"\\u003c/script\\u003e\\u003cscript\\u003ealert(1)\\u003c/script\\u003e\\u003c!-- \\u2028 \\u0026 ]]\\u003e\"}"
        + END, html.html());
  }

  @Property(tries = 300)
  void anyTextComesBack(@ForAll String text) {
    String html = Island.state(CODEC, List.of(text)).html();
    String json = html.substring(BEGIN.length(), html.length() - END.length());
    assertFalse(json.contains("<") || json.contains(">") || json.contains("&"), json);
    byte[] direct = CODEC.write(List.of(text));
    assertEquals(CODEC.read(direct, List.class), CODEC.read(json.getBytes(UTF_8), List.class));
  }

  @Test
  void standsInATemplate() {
    Views views = Views.of(Map.of("page",
        "{{{script}}}<edge-island src=\"{{src}}\" on=\"visible\">{{{state}}}<p>{{alt}}</p></edge-island>"), ViewOptions
            .strict());
    String page = new String(views.render("page", Map.of("script", Island.script(), "src", "/assets/gallery.js", "alt",
        "pictures",
        "state", Island.state(CODEC, List.of(1, 2)))), UTF_8);
    assertEquals("<edge-island src=\"/assets/gallery.js\" on=\"visible\">" + BEGIN + "[1,2]" + END
        + "<p>pictures</p></edge-island>", page
            .substring(page.indexOf("<edge-island")));
  }
}
