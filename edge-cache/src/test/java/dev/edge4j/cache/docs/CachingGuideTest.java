package dev.edge4j.cache.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.cache.Cache;
import dev.edge4j.cache.Layer;
import dev.edge4j.cache.response.ResponseCache;
import dev.edge4j.http.Response;
import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.MemoryKv;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The listings of docs/caching.md. */
class CachingGuideTest {
  record Product(long id, String name, String category) {}

  private final AtomicInteger loads = new AtomicInteger();

  private Product load(long id) {
    loads.incrementAndGet();
    return new Product(id, "Green tea", "tea");
  }

  /** Finds nothing. */
  private Optional<Product> search(long id) {
    return Optional.of(load(id)).filter(product -> product.name().isEmpty());
  }

  @Test
  void valuesComeFromTheNearestLayer() {
    KvStore kv = new MemoryKv();
    // tag::cache[]
    Cache<Long, Product> products = Cache.<Long, Product>named("product")
        .freshFor(Duration.ofMinutes(5))
        .staleFor(Duration.ofHours(1))
        .negativeFor(Duration.ofSeconds(10))
        .tags(product -> List.of("category:" + product.category()))
        .memory(10_000)
        .kv(kv, Product.class)
        .build();

    Product product = products.get(7L, id -> load(id)); // one load per key at a time
    assertEquals(Layer.L1, products.lookup(7L, id -> load(id)).layer());
    // end::cache[]
    assertEquals("Green tea", product.name());
    assertEquals(1, loads.get());
    // tag::invalidate[]
    products.invalidate(7L);
    products.invalidateTag("category:tea");
    // end::invalidate[]
    products.get(7L, id -> load(id));
    assertEquals(2, loads.get());
  }

  @Test
  void thatThereIsNothingIsRememberedToo() {
    Cache<Long, Product> products = Cache.<Long, Product>named("product").negativeFor(Duration.ofSeconds(10)).build();
    // tag::negative[]
    Optional<Product> none = products.find(8L, id -> search(id));
    // end::negative[]
    assertTrue(none.isEmpty());
    assertTrue(products.find(8L, id -> search(id)).isEmpty());
    assertEquals(1, loads.get());
  }

  @Test
  void responsesAreKeptToo() {
    KvStore kv = new MemoryKv();
    var app = new App();
    // tag::responses[]
    app.use("/api/products/*", ResponseCache.create(kv).vary("Accept-Language"));
    app.get("/api/products/:id", c -> c.json(load(c.param("id").asLong()))
        .withHeader("Cache-Control", "max-age=60, stale-while-revalidate=600"));
    // end::responses[]
    Response first = app.request("/api/products/7");
    Response second = app.request("/api/products/7");
    assertEquals("MISS", first.header("X-Cache").orElseThrow());
    assertEquals("HIT", second.header("X-Cache").orElseThrow());
    assertEquals(first.text(), second.text());
    assertTrue("Accept-Language".equalsIgnoreCase(second.header("Vary").orElseThrow()));
    assertEquals(1, loads.get());
  }
}
