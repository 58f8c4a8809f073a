package dev.edge4j.examples.pages;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.render.Hole;
import dev.edge4j.render.SegmentedPage;
import dev.edge4j.render.Views;
import java.util.List;

/** The page for one visitor, rendered whole and put together from kept segments, each as a request to an application in process. */
final class Donut {
  /** What is the visitor's own. */
  public record Cart(int count, String name) {}

  /** The page with the visitor's part in it. */
  public record Whole(String title, String description, List<ListPage.Row> rows, Cart cart) {}

  /** The page with a hole for it. */
  public record Kept(String title, String description, List<ListPage.Row> rows, Hole<Cart> cart) {}

  private static final Cart CART = new Cart(3, "Ann & Bob");

  private final ListPage page = ListPage.sample();
  private final Views views = Views.from(Donut.class.getClassLoader(), "templates");
  private final SegmentedPage segments = views.segments("donut", new Kept(page.title(), page.description(), page.rows(),
      Hole.named("cart")));
  private final App app = new App();

  /** An application with both. */
  Donut() {
    app.use(views);
    app.get("/whole", c -> c.render("donut", new Whole(page.title(), page.description(), page.rows(), CART)));
    app.get("/kept", c -> segments.serve(c, Hole.of("cart", () -> CART)));
    byte[] whole = ((Body.Bytes) whole().body()).bytes();
    if (!new String(whole).equals(new String(((Body.Segments) kept().body()).joined()))) {
      throw new IllegalStateException("the pages are not the same");
    }
  }

  Response whole() {
    return app.request(Request.get("/whole"));
  }

  Response kept() {
    return app.request(Request.get("/kept"));
  }
}
