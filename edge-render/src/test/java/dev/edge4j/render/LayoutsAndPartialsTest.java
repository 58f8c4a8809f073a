package dev.edge4j.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Layouts have blocks that pages fill; partials are found from the folder of who names them. */
class LayoutsAndPartialsTest {
  record Comment(String text, List<Comment> replies) {}

  private static final String LAYOUT = "<title>{{$title}}Shop{{/title}}</title><main>{{$main}}{{/main}}</main>";

  @Test
  void aPageFillsTheBlocksOfItsLayout() {
    String page = "{{<layout}}\n{{$title}}{{name}} - Shop{{/title}}\n{{$main}}<h1>{{name}}</h1>{{/main}}\n{{/layout}}";
    assertEquals("<title>Tea - Shop</title><main><h1>Tea</h1></main>",
        Rendered.text(page, Map.of("name", "Tea"), Map.of("layout", LAYOUT)));
  }

  @Test
  void aBlockNotFilledShowsItsDefault() {
    assertEquals("<title>Shop</title><main></main>",
        Rendered.text("{{<layout}}{{/layout}}", Map.of(), Map.of("layout", LAYOUT)));
  }

  @Test
  void aLayoutOnALayout() {
    Map<String, String> others = Map.of("layout", LAYOUT,
        "two", "{{<layout}}{{$main}}<nav></nav>{{$body}}{{/body}}{{/main}}{{/layout}}");
    assertEquals("<title>Cart</title><main><nav></nav>lines</main>", Rendered.text(
        "{{<two}}{{$title}}Cart{{/title}}{{$body}}lines{{/body}}{{/two}}", Map.of(), others));
  }

  @Test
  void aBlockSeesTheFrameOfThePlaceItFills() {
    assertEquals("ab", Rendered.text("{{<list}}{{$row}}{{.}}{{/row}}{{/list}}", Map.of("rows", List.of("a", "b")),
        Map.of("list", "{{#rows}}{{$row}}{{/row}}{{/rows}}")));
  }

  @Test
  void twoPagesOfOneLayoutDoNotMeet() {
    assertEquals("1|2", Rendered.text("{{<l}}{{$b}}1{{/b}}{{/l}}|{{<l}}{{$b}}2{{/b}}{{/l}}", Map.of(),
        Map.of("l", "{{$b}}{{/b}}")));
  }

  @Test
  void namesAreRelativeToTheFolder() {
    Map<String, String> others = Map.of("shop/cart", "{{>line}} {{>./line}} {{>../line}} {{>/line}} {{>parts/line}}",
        "shop/line", "shop", "line", "top", "shop/parts/line", "{{>../line}} from parts");
    assertEquals("shop shop top top shop from parts", Rendered.text("{{>shop/cart}}", Map.of(), others));
  }

  @Test
  void aTagAloneOnItsLineIndentsThePartialButNotItsValues() {
    assertEquals("<ul>\n  <li>a\nb</li>\n  <li>c</li>\n</ul>\n", Rendered.text("<ul>\n  {{>row}}\n</ul>\n",
        Map.of("x", "a\nb"), Map.of("row", "<li>{{x}}</li>\n<li>c</li>\n")));
  }

  @Test
  void partialsMayRecurse() {
    Comment tree = new Comment("a", List.of(new Comment("b", List.of(new Comment("c", List.of()))), new Comment("d",
        List.of())));
    assertEquals("(a(b(c))(d))", Rendered.text("{{>node}}", tree, Map.of("node",
        "({{text}}{{#replies}}{{>node}}{{/replies}})")));
  }

  @Test
  void recursionWithoutEndIsAnErrorAndTheViewsLiveOn() {
    Views views = Views.of(Map.of("a", "{{>b}}", "b", "\n{{>a}}", "ok", "fine"), ViewOptions.strict());
    TemplateException e = assertThrows(TemplateException.class, () -> views.render("a", Map.of()));
    assertTrue(e.getMessage().contains("more than 100 templates in each other"), e.getMessage());
    assertEquals("fine", new String(views.render("ok", Map.of()), UTF_8));
  }
}
