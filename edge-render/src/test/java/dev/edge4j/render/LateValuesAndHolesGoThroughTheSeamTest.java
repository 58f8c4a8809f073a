package dev.edge4j.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.render.output.Output;
import dev.edge4j.render.program.Deferral;
import dev.edge4j.render.program.Library;
import dev.edge4j.render.program.Piece;
import dev.edge4j.render.program.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A whole page waits for what is late; whoever streams or caches gets a piece to render when it is there. */
class LateValuesAndHolesGoThroughTheSeamTest {
  private static final String TEMPLATE = "<h1>{{name}}</h1>{{#rows}}[{{#late}}{{.}} of {{name}};{{/late}} {{^late}}...{{/late}}]{{/rows}}";

  private static Library library(String template) {
    return Library.compile(Map.of("page", template), ViewOptions.strict());
  }

  private static Map<String, Object> model(Object late) {
    return Map.of("name", "tea", "rows", List.of(1), "late", late);
  }

  @Test
  void aWholePageWaits() {
    assertEquals("<h1>tea</h1>[a of tea;b of tea; ]", Rendered.text(TEMPLATE, model(Late.of(() -> List.of("a", "b")))));
    assertEquals("<h1>tea</h1>[ ]", Rendered.text(TEMPLATE, model(Late.of(() -> List.of()))));
    assertEquals("a yes", Rendered.text("{{late}} {{^none}}yes{{/none}}", Map.of("late", Late.of(() -> "a"), "none",
        Late.of(() -> false))));
  }

  @Test
  void whatTheWorkThrowsFailsThePage() {
    Views views = Views.of(Map.of("page", TEMPLATE), ViewOptions.strict());
    Map<String, Object> model = model(Late.of(() -> {
      throw new IllegalStateException("no reviews");
    }));
    assertEquals("no reviews", assertThrows(IllegalStateException.class, () -> views.render("page", model))
        .getMessage());
  }

  @Test
  void aPieceIsRenderedLaterWithTheValuesAroundIt() {
    List<Piece> pieces = new ArrayList<>();
    var deferral = new Deferral() {
      @Override
      public void late(Late<?> value, Piece piece, Rendering rendering) {
        pieces.add(piece);
        piece.renderOtherwise(rendering.output(), this);
      }

      @Override
      public void hole(Hole<?> value, Piece piece, Rendering rendering) {
        throw new AssertionError("there is none");
      }
    };
    var out = new Output();
    library(TEMPLATE).render("page", model(Late.of(() -> "x")), () -> "", deferral, out);
    assertEquals("<h1>tea</h1>[ ... ]", new String(out.toBytes(), UTF_8));
    Piece piece = pieces.getFirst();
    assertEquals("late", piece.name());
    assertEquals(28, piece.place().column());
    assertTrue(piece.takesElements() && piece.hasOtherwise());
    var later = new Output();
    piece.render(List.of("<1>", 2), later, deferral);
    assertEquals("&lt;1&gt; of tea;2 of tea;", new String(later.toBytes(), UTF_8));
  }

  @Test
  void aHoleSeesItsOwnValueAlone() {
    assertEquals("[Ada]", Rendered.text("[{{#who}}{{name}}{{/who}}]", Map.of("who", Hole.of("who", () -> Map.of("name",
        "Ada")), "name", "tea")));
    TemplateException outside = Rendered.error("{{#who}}{{tea}}{{/who}}", Map.of("who", Hole.of("who", () -> Map.of(
        "name", "Ada")), "tea", 1));
    assertTrue(outside.getMessage().contains("unknown name \"tea\""), outside.getMessage());
    TemplateException empty = Rendered.error("{{#who}}{{name}}{{/who}}", Map.of("who", Hole.named("who")));
    assertTrue(empty.getMessage().contains("\"who\" is a hole that nothing fills"), empty.getMessage());
  }

  @Test
  void whereElementsMayStandIsKnown() {
    Map<String, Boolean> places = Map.of("<main>{{#late}}{{/late}}</main>", true, "<title>{{#late}}{{/late}}</title>",
        false,
        "<table>{{#late}}{{/late}}</table>", false, "<table><tr><td>{{#late}}{{/late}}</td></tr></table>", true,
        "<select>{{#late}}{{/late}}</select>", false, "<table></table>{{#late}}{{/late}}", true,
        "<p title=\"{{#late}}{{/late}}\">", false);
    places.forEach((template, expected) -> {
      List<Boolean> seen = new ArrayList<>();
      library(template).render("page", model(Late.of(() -> "x")), () -> "", new Deferral() {
        @Override
        public void late(Late<?> value, Piece piece, Rendering rendering) {
          seen.add(piece.takesElements());
        }

        @Override
        public void hole(Hole<?> value, Piece piece, Rendering rendering) {
          throw new AssertionError("there is none");
        }
      }, new Output());
      assertEquals(List.of(expected), seen, template);
    });
  }
}
