package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.cache.Cache;
import dev.edge4j.cache.ValueCodec;
import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.render.FragmentCache;
import dev.edge4j.render.Hole;
import dev.edge4j.render.SegmentedPage;
import dev.edge4j.render.ViewOptions;
import dev.edge4j.render.Views;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The value cache keeps pages with holes, outside of the process too, and the HTML of holes that visitors share. */
class PagesWithHolesAreKeptByTheValueCacheTest {
  /** A page of one product. */
  public record ProductPage(String name, Hole<Integer> stock, Hole<String> visitor) {}

  private static Views views() {
    return Views.of(Map.of("product",
        "<h1>{{name}}</h1>{{#stock}}<p>{{.}} left</p>{{/stock}}{{#visitor}}<p>Hello {{.}}</p>{{/visitor}}"),
        ViewOptions.strict());
  }

  // tag::codec[]
  private static ValueCodec<SegmentedPage> codec(Views views) {
    return new ValueCodec<>() {
      @Override
      public byte[] encode(SegmentedPage page) {
        return page.encode();
      }

      @Override
      public SegmentedPage decode(byte[] bytes) {
        return views.segmentedPage(bytes); // refuses what other templates have made
      }
    };
  }
  // end::codec[]

  private static Cache<Long, SegmentedPage> pages(Views views, KvStore kv) {
    return Cache.<Long, SegmentedPage>named("pages").freshFor(Duration.ofMinutes(5)).kv(kv, codec(views)).build();
  }

  @Test
  void aPageIsMadeOnceAndSurvivesARestart() {
    var kv = new MemoryKv();
    var made = new AtomicInteger();
    for (int process = 0; process < 2; process++) {
      Views views = views();
      try (Cache<Long, SegmentedPage> pages = pages(views, kv)) {
        var app = new App();
        // tag::page[]
        app.get("/product", c -> pages.get(7L, id -> {
          made.incrementAndGet();
          return views.segments("product", new ProductPage("Tea", Hole.named("stock"), Hole.named("visitor")));
        }).serve(c, Hole.of("stock", () -> 3), Hole.of("visitor", () -> "Ada")));
        // end::page[]
        for (int i = 0; i < 3; i++) {
          assertEquals("<h1>Tea</h1><p>3 left</p><p>Hello Ada</p>", app.request("/product").text());
        }
      }
      awaitKept(views, kv);
    }
    assertEquals(1, made.get());
  }

  /** What a cache holds is written to its store behind the answer. */
  private static void awaitKept(Views views, KvStore kv) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    var loads = new AtomicInteger(1);
    while (loads.get() > 0) {
      assertTrue(System.nanoTime() < end, "the page was never kept");
      loads.set(0);
      try (Cache<Long, SegmentedPage> probe = pages(views, kv)) {
        probe.get(7L, id -> {
          loads.incrementAndGet();
          return views.segments("product", new ProductPage("Tea", Hole.named("stock"), Hole.named("visitor")));
        });
      }
    }
  }

  @Test
  void aHoleThatVisitorsShareIsMadeAgainAfterItsTagIsInvalidated() {
    // tag::fragments[]
    Cache<String, byte[]> kept = Cache.<String, byte[]>named("fragments").staleFor(Duration.ofMinutes(10)).build();
    FragmentCache fragments = (key, freshFor, tags, make) -> kept.get(key,
        (_, load) -> load.of(make.call()).withFreshFor(freshFor).withTags(tags));
    // end::fragments[]
    Views views = views();
    SegmentedPage page = views.segments("product", new ProductPage("Tea", Hole.named("stock"), Hole.named("visitor")));
    var left = new AtomicInteger(3);
    var app = new App();
    app.get("/product", c -> page.serve(c,
        // tag::shared[]
        Hole.of("stock", left::get).shared(fragments, "stock:7", Duration.ofSeconds(10), "product:7"),
        // end::shared[]
        Hole.of("visitor", () -> "Ada")));
    assertEquals("<h1>Tea</h1><p>3 left</p><p>Hello Ada</p>", app.request("/product").text());
    left.set(2);
    assertEquals("<h1>Tea</h1><p>3 left</p><p>Hello Ada</p>", app.request("/product").text());
    kept.invalidateTag("product:7");
    assertEquals("<h1>Tea</h1><p>2 left</p><p>Hello Ada</p>", app.request("/product").text());
    kept.close();
    assertEquals(List.of("stock", "visitor"), page.holes());
  }
}
