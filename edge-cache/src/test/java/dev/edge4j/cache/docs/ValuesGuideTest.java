package dev.edge4j.cache.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.cache.Cache;
import dev.edge4j.cache.CacheListener;
import dev.edge4j.cache.CacheResult;
import dev.edge4j.cache.Layer;
import dev.edge4j.cache.ValueCodec;
import dev.edge4j.cache.bus.Backplane;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.http.Response;
import dev.edge4j.json.JsonCodec;
import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.resilience.MissLimiter;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The listings about values in docs/caching.md. */
class ValuesGuideTest {
  record Product(long id, String name, String category) {}

  /** What an origin answers to a conditional request. */
  record Answer(boolean isNotModified, Product product, String etag, Optional<Duration> maxAge) {}

  private final VirtualClock clock = new VirtualClock();
  private final KvStore kv = new MemoryKv(1_000, clock);
  private final List<Object> asked = new CopyOnWriteArrayList<>();
  private boolean broken;

  private Product load(long id) {
    asked.add(id);
    if (broken) {
      throw new IllegalStateException("the origin is away");
    }
    return new Product(id, "Green tea", "tea");
  }

  private Map<Long, Product> loadAll(Collection<Long> ids) {
    return ids.stream().collect(Collectors.toMap(Function.identity(), this::load));
  }

  private Answer fetch(long id, Optional<String> etag) {
    asked.add(etag);
    return new Answer(etag.isPresent(), new Product(id, "Green tea", "tea"), "\"v1\"", Optional.of(Duration.ofSeconds(
        30)));
  }

  @Test
  void staleValuesHaveTwoWindows() {
    // tag::stale[]
    Cache<Long, Product> products = Cache.<Long, Product>named("product")
        .freshFor(Duration.ofMinutes(5))
        .staleWhileRevalidate(Duration.ofMinutes(10)) // served at once, refreshed behind
        .staleIfError(Duration.ofHours(24)) // served if its load fails, or takes over 100 ms
        .negativeFor(Duration.ofSeconds(10)) // that there is nothing
        .errorFor(Duration.ofSeconds(2)) // that a load has failed, where nothing stale is at hand
        .options(o -> o.withJitter(0.1).withEagerAfter(0.9))
        .clock(clock)
        .build();

    CacheResult<Product> found = products.lookup(7L, id -> load(id));
    // found.layer(), found.age(), found.stale(), found.degraded(), found.loaded()
    // end::stale[]
    assertEquals(Layer.LOADED, found.layer());
    broken = true;
    clock.advance(Duration.ofHours(1));
    CacheResult<Product> stale = products.lookup(7L, id -> load(id));
    assertTrue(stale.stale() && stale.degraded(), stale::toString);
  }

  @Test
  void aCallMayDiffer() throws Exception {
    Cache<Long, Product> products = Cache.<Long, Product>named("product").clock(clock).build();
    var app = new App();
    // tag::call[]
    Cache<Long, Product> brief = products.with(o -> o.withFreshFor(Duration.ofSeconds(5)));

    app.get("/products/:id", c -> c.json(
        brief.within(c.deadline()).get(c.param("id").asLong(), id -> load(id)))); // waits no longer than its caller
    // end::call[]
    Response response = app.request("/products/7");
    assertEquals(200, response.status());
    clock.advance(Duration.ofSeconds(5));
    assertEquals(Optional.empty(), products.peek(7L));
  }

  @Test
  void aLoaderMayAdapt() {
    Cache<Long, Product> products = Cache.<Long, Product>named("product")
        .staleFor(Duration.ofHours(1))
        .clock(clock)
        .build();
    for (int i = 0; i < 2; i++) {
      // tag::adaptive[]
      Product product = products.get(7L, (id, load) -> {
        Answer answer = fetch(id, load.etag()); // If-None-Match
        if (answer.isNotModified()) {
          return load.unchanged(); // as good as new
        }
        return load.of(answer.product())
            .withEtag(answer.etag())
            .withFreshFor(answer.maxAge().orElse(Duration.ofMinutes(1)))
            .withTags(List.of("category:" + answer.product().category()));
      });
      // end::adaptive[]
      assertEquals(7, product.id());
      clock.advance(Duration.ofMinutes(1));
    }
    Waiting.until(() -> asked.size() == 2);
    assertEquals(List.of(Optional.empty(), Optional.of("\"v1\"")), asked);
  }

  @Test
  void manyKeysAreOneCall() {
    Cache<Long, Product> products = Cache.<Long, Product>named("product").clock(clock).build();
    // tag::batch[]
    Map<Long, Product> found = products.getAll(List.of(7L, 8L, 9L), missing -> loadAll(missing));
    // end::batch[]
    assertEquals(List.of(7L, 8L, 9L), new ArrayList<>(found.keySet()));
    assertEquals(found, products.getAll(List.of(7L, 8L, 9L), missing -> Map.of()));
  }

  @Test
  void nodesShare() {
    Backplane bus = Backplane.inProcess();
    // tag::nodes[]
    Cache<Long, Product> products = Cache.<Long, Product>named("product")
        .memoryWeight(64 * 1024 * 1024, (id, product) -> 64 + product.name().length())
        .memoryFor(Duration.ofSeconds(30)) // then the store is asked whether the copy is still right
        .kv(kv, Product.class)
        .version(3) // what an older program has written is a miss
        .lease(Duration.ofSeconds(10)) // one node loads, the others wait for what it brings
        .backplane(bus) // invalidations reach the other nodes at once
        .misses(MissLimiter.of(10, 100, Duration.ofMinutes(1))) // loads at the origin, after a restart and later
        .build();
    // end::nodes[]
    assertEquals("Green tea", products.get(7L, id -> load(id)).name());
    Waiting.until(() -> kv.get("cache:product:=7").isPresent());
    bus.close();
  }

  @Test
  void aCodecMayRefuse() {
    // tag::codec[]
    ValueCodec<Product> json = ValueCodec.json(JsonCodec.jackson(), Product.class);
    var checked = new ValueCodec<Product>() {
      @Override
      public byte[] encode(Product product) throws Exception {
        return json.encode(product);
      }

      @Override
      public Product decode(byte[] bytes) throws Exception {
        Product product = json.decode(bytes);
        if (product.name().isEmpty()) {
          throw new IllegalArgumentException("a product without a name"); // a miss
        }
        return product;
      }
    };
    Cache<Long, Product> products = Cache.<Long, Product>named("product").kv(kv, checked).build();
    // end::codec[]
    products.put(7L, new Product(7, "", "tea"));
    Cache<Long, Product> restarted = Cache.<Long, Product>named("product").kv(kv, checked).build();
    assertEquals("Green tea", restarted.get(7L, id -> load(id)).name());
  }

  @Test
  void softAndHard() {
    Cache<Long, Product> products = Cache.<Long, Product>named("product")
        .staleFor(Duration.ofHours(1))
        .clock(clock)
        .build();
    products.put(7L, load(7));
    // tag::soft[]
    products.expire(7L); // stale from now on: still served while it is refreshed, or if that fails
    products.expireTag("category:tea");
    products.expireAll();

    products.invalidate(7L); // gone
    products.invalidateTag("category:tea");
    products.clear();
    // end::soft[]
    assertTrue(products.peek(7L).isEmpty());
  }

  @Test
  void cacheAsideInOneLine() {
    Cache<String, Product> cache = Cache.<String, Product>named("aside").kv(kv, Product.class).build();
    long id = 7;
    // tag::aside[]
    Product product = cache.edgeCacheAside("product:" + id, () -> load(id), Duration.ofMinutes(5));
    // end::aside[]
    assertEquals(product, cache.edgeCacheAside("product:" + id, () -> load(8), Duration.ofMinutes(5)));
  }

  @Test
  void whatHappensIsTold() {
    List<String> log = new CopyOnWriteArrayList<>();
    // tag::listener[]
    Cache<Long, Product> products = Cache.<Long, Product>named("product").listener(new CacheListener<Long>() {
      @Override
      public void loaded(Long id, Duration took, boolean background) {
        log.add(id + " took " + took.toMillis() + " ms");
      }
    }).clock(clock).build();
    // end::listener[]
    products.get(7L, id -> load(id));
    assertEquals(List.of("7 took 0 ms"), log);
    assertFalse(products.stats().hitRate() > 0);
  }
}
