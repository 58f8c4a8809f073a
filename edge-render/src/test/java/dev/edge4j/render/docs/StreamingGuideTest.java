package dev.edge4j.render.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Response;
import dev.edge4j.render.Hole;
import dev.edge4j.render.Island;
import dev.edge4j.render.Late;
import dev.edge4j.render.LiveFragment;
import dev.edge4j.render.SafeHtml;
import dev.edge4j.render.SegmentedPage;
import dev.edge4j.render.ViewOptions;
import dev.edge4j.render.Views;
import dev.edge4j.render.esi.Esi;
import dev.edge4j.testing.TestClient;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The listings of docs/streaming.md. */
class StreamingGuideTest {
  // tag::model[]
  public record Review(String author, String text) {}

  public record ProductPage(String name, Late<List<Review>> reviews) {}
  // end::model[]

  // tag::shelf[]
  public record Basket(int pieces) {}

  public record ShelfPage(String title, Hole<Basket> basket) {}
  // end::shelf[]

  // tag::stock[]
  public record StockPage(SafeHtml script, int left) {}

  public record Stock(int left) {}
  // end::stock[]

  /** A page with an island. */
  public record GalleryPage(SafeHtml script, SafeHtml state) {}

  private static final Views VIEWS = Views.of(Map.of(
      "product", """
          <h1>{{name}}</h1>
          <ul>{{#reviews}}<li>{{author}}: {{text}}</li>{{/reviews}}{{^reviews}}<li>Reviews are on their way</li>{{/reviews}}</ul>
          """,
      "shelf", "<h1>{{title}}</h1>{{#basket}}<aside>{{pieces}} in your basket</aside>{{/basket}}",
      "stock", "{{{script}}}<edge-live src=\"/stock/live\">{{$figures}}<p>{{left}} left</p>{{/figures}}</edge-live>",
      "gallery",
      "{{{script}}}<edge-island src=\"/assets/gallery.js\" on=\"visible\">{{{state}}}<p>Three pictures</p></edge-island>"),
      ViewOptions.strict());

  private final CountDownLatch asked = new CountDownLatch(1);

  private List<Review> reviews() throws InterruptedException {
    asked.await();
    return List.of(new Review("Ada", "good tea"));
  }

  private static App app() {
    var app = new App();
    app.use(VIEWS);
    return app;
  }

  @Test
  void aPageLeavesBeforeItsReviews() {
    App app = app();
    app.use((c, next) -> {
      Response response = next.proceed();
      asked.countDown(); // the page was made by then
      return response;
    });
    // tag::stream[]
    app.get("/product", c -> c.stream("product", new ProductPage("Green tea",
        Late.of(c, () -> reviews()).within(Duration.ofSeconds(2)).orElse(List.of()))));
    // end::stream[]
    try (TestClient client = TestClient.inProcess(app)) {
      String page = client.get("/product").text();
      assertTrue(page.contains("<?start name=\"late-1\"><li>Reviews are on their way</li><?end name=\"late-1\">"),
          page);
      assertTrue(page.contains("<template for=\"late-1\"><li>Ada: good tea</li></template>"), page);
    }
  }

  @Test
  void aPageIsKeptAndItsHolesAreFilled() {
    App app = app();
    // tag::segments[]
    SegmentedPage page = VIEWS.segments("shelf", new ShelfPage("All our teas", Hole.named("basket"))); // once, for all
    app.get("/shelf", c -> page.serve(c,
        Hole.of("basket", () -> new Basket(3)).within(Duration.ofSeconds(2)).orEmpty()));
    // end::segments[]
    try (TestClient client = TestClient.inProcess(app)) {
      Response response = client.get("/shelf");
      assertEquals("<h1>All our teas</h1><aside>3 in your basket</aside>", response.text());
      assertEquals("private, no-cache", response.header("Cache-Control").orElseThrow());
    }
  }

  @Test
  void includesAreFilledIn() {
    App app = app();
    Map<String, String> pages = Map.of("/basket", "3 pieces");
    // tag::esi[]
    app.with(Esi.from(source -> {
      String html = pages.get(source); // an origin that is known, asked for a path that is known
      if (html == null) {
        throw new FileNotFoundException(source);
      }
      return html;
    }))
        .get("/legacy", c -> c.html("<p><esi:include src=\"/basket\" onerror=\"continue\"/></p>")
            .withHeader("Surrogate-Control", "content=\"ESI/1.0\""));
    // end::esi[]
    try (TestClient client = TestClient.inProcess(app)) {
      assertEquals("<p>3 pieces</p>", client.get("/legacy").text());
    }
  }

  @Test
  void anIslandHasItsState() {
    App app = app();
    // tag::island[]
    app.get("/gallery", c -> c.render("gallery", new GalleryPage(Island.script(),
        Island.state(c.codec(), List.of("/1.svg", "/2.svg")))));
    // end::island[]
    try (TestClient client = TestClient.inProcess(app)) {
      assertTrue(client.get("/gallery").text().contains("[\"/1.svg\",\"/2.svg\"]"));
    }
  }

  @Test
  void aFragmentStaysUpToDate() throws Exception {
    App app = app();
    // tag::live[]
    LiveFragment figures = VIEWS.live("stock", "figures");
    app.get("/stock", c -> c.render("stock", new StockPage(LiveFragment.script(), 12)));
    app.get("/stock/live", c -> figures.every(c, Duration.ofSeconds(1), () -> new Stock(11)));
    // end::live[]
    try (TestClient client = TestClient.inProcess(app)) {
      assertEquals(LiveFragment.script().html() + "<edge-live src=\"/stock/live\"><p>12 left</p></edge-live>",
          client.get("/stock").text());
    }
    assertEquals("text/event-stream", app.request("/stock/live").header("Content-Type").orElseThrow());
  }
}
