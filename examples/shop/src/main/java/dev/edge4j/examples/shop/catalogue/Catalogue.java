package dev.edge4j.examples.shop.catalogue;

import dev.edge4j.Deadline;
import dev.edge4j.GatewayTimeout;
import dev.edge4j.ServiceUnavailable;
import dev.edge4j.TimeSource;
import dev.edge4j.cache.Cache;
import dev.edge4j.cache.CacheBuilder;
import dev.edge4j.cache.CacheLoadException;
import dev.edge4j.cache.CacheResult;
import dev.edge4j.data.DataException;
import dev.edge4j.data.DataMesh;
import dev.edge4j.data.MeshSession;
import dev.edge4j.examples.shop.chain.Answer;
import dev.edge4j.examples.shop.chain.Step;
import dev.edge4j.json.TypeRef;
import dev.edge4j.kv.KvStore;
import dev.edge4j.resilience.MissLimiter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads the catalogue down the chain: memory, key-value store, edge copy, origin; then what is stale in one of the first three. What it
 * shows may be some seconds old, and hours while all that could tell better is away; an order is decided by the origin. Safe for
 * use by many threads.
 */
public final class Catalogue implements AutoCloseable {
  /** The class of data in the mesh. */
  public static final String CLASS = "catalog";

  /** For how long a value may stand in when no fresh one can be had. */
  public static final Duration STALE_IF_ERROR = Duration.ofHours(24);

  /** How long a visitor waits for a store that does not answer. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** How long he waits if there is something stale to show. */
  private static final Duration SHORT_PATIENCE = Duration.ofMillis(100);

  /**
   * A value as the caches keep it.
   *
   * @param from the store it was read from
   */
  record Read<V>(V value, Step from) {}

  private final DataMesh mesh;
  private final int patience;
  /** Loads at once. A store that hangs holds as many, and no more visitors wait for it. */
  private final MissLimiter misses = MissLimiter.of(16, 32, Duration.ofSeconds(10));
  private final Cache<String, Read<Page>> pages;
  private final Cache<String, Read<Page>> searches;
  private final Cache<Long, Read<Product>> products;
  private final Cache<String, Read<Facets>> facets;
  private final Cache<String, Read<List<Product>>> suggestions;
  private final Cache<Long, Read<Siblings>> siblings;

  /** The catalogue of that mesh, its cache in memory and in {@code kv}; a visitor waits {@code patience} times as long as usual. */
  public Catalogue(DataMesh mesh, KvStore kv, InstantSource clock, int patience) {
    this.mesh = mesh;
    this.patience = patience;
    this.pages = this.<String, Page>cache("shelf", clock)
        .freshFor(Duration.ofMinutes(1))
        .tags(Catalogue::tags)
        .memory(2_000)
        .kv(kv, new TypeRef<Read<Page>>() {})
        .build();
    this.searches = this.<String, Page>cache("search", clock) // anybody can make up words and prices: they get no room on disk, nor in AnswerCache
        .freshFor(Duration.ofMinutes(1))
        .tags(Catalogue::tags)
        .memory(2_000)
        .build();
    this.facets = this.<String, Facets>cache("facets", clock).freshFor(Duration.ofMinutes(1)).memory(1_000).build();
    this.suggestions = this.<String, List<Product>>cache("suggestions", clock)
        .freshFor(Duration.ofMinutes(1))
        .memory(2_000)
        .build();
    this.siblings = this.<Long, Siblings>cache("siblings", clock).freshFor(Duration.ofMinutes(1)).memory(2_000).build();
    this.products = this.<Long, Product>cache("goods", clock)
        .freshFor(Duration.ofMinutes(5))
        .negativeFor(Duration.ofSeconds(10))
        .memory(10_000)
        .kv(kv, new TypeRef<Read<Product>>() {})
        .build();
  }

  /** A page; {@link CatalogueUnavailable} if no step has it. */
  public Answer<Page> page(Listing listing) {
    return lookUp(listing.isShelf() ? pages : searches, listing.key(), session -> CatalogueQueries.page(session,
        listing));
  }

  /** What a listing can be narrowed to, counted at most a minute ago; {@link CatalogueUnavailable} if no step can tell. */
  public Answer<Facets> facets(Listing listing) {
    return lookUp(facets, listing.facetsKey(), session -> CatalogueQueries.facets(session, listing));
  }

  /** The variants of a product; {@link CatalogueUnavailable} if no step can tell. */
  public Answer<Siblings> siblings(Product product) {
    return lookUp(siblings, product.id(), session -> CatalogueQueries.siblings(session, product));
  }

  /** The best products for what is being typed, at most that many; {@link CatalogueUnavailable} if no step can tell. */
  public Answer<List<Product>> suggest(String words, int limit) {
    return lookUp(suggestions, limit + "|" + words.toLowerCase(Locale.ROOT),
        session -> CatalogueQueries.suggest(session, words, limit));
  }

  private <K, V> Answer<V> lookUp(Cache<K, Read<V>> cache, K key, Function<MeshSession, V> load) {
    try {
      return answer(cache.lookup(key, _ -> read(mesh.session(), load)));
    } catch (DataException | GatewayTimeout | ServiceUnavailable | CacheLoadException e) {
      return lastResort(load, e);
    }
  }

  /** A product, if there is one; {@link CatalogueUnavailable} if no step can tell. */
  public Optional<Answer<Product>> look(long id) {
    return look(id, products);
  }

  private Optional<Answer<Product>> look(long id, Cache<Long, Read<Product>> cache) {
    try {
      CacheResult<Optional<Read<Product>>> found = cache.lookupOptional(id, _ -> present(read(mesh.session(),
          session -> CatalogueQueries.product(session, id))));
      return found.value().map(value -> answer(with(value, found)));
    } catch (DataException | GatewayTimeout | ServiceUnavailable | CacheLoadException e) {
      Answer<Optional<Product>> stale = lastResort(session -> CatalogueQueries.product(session, id), e);
      if (stale.value().isEmpty()) { // it may be newer than the copy
        throw new CatalogueUnavailable("product " + id + " is not in the stale edge copy", e);
      }
      return Optional.of(stale.map(Optional::orElseThrow));
    }
  }

  /** A product, if there is one; fails as {@link #look} does. */
  public Optional<Product> product(long id) {
    return look(id).map(Answer::value);
  }

  /** The products of these ids that there are, by id; all of them wait no longer than one would. Fails as {@link #look} does. */
  public Map<Long, Answer<Product>> products(Collection<Long> ids) {
    Cache<Long, Read<Product>> hurried = products.within(Deadline.in(PATIENCE.multipliedBy(patience), TimeSource
        .system()));
    Map<Long, Answer<Product>> found = new TreeMap<>();
    ids.forEach(id -> look(id, hurried).ifPresent(product -> found.put(id, product)));
    return found;
  }

  /** How many products there are, now; without caches. */
  public long count() {
    return CatalogueQueries.count(mesh.session());
  }

  /** The ids of products in their order, from that place on, at most so many; without caches. */
  public List<Long> ids(long first, int limit) {
    return CatalogueQueries.ids(mesh.session(), first, limit);
  }

  /** Ends what its caches do by themselves with the key-value store. */
  @Override
  public void close() {
    List.of(pages, searches, products, facets, suggestions, siblings).forEach(Cache::close);
  }

  /** Has these products loaded anew, because their stock or price has changed; what the cache knows is kept for when that fails. */
  void changed(Collection<Long> ids) {
    ids.forEach(id -> {
      products.expire(id);
      pages.expireTag(tag(id));
      searches.expireTag(tag(id));
    });
  }

  /**
   * Has a product in memory as the stores below have it now: the next view does not wait for them, nor shows what was there before. Nothing may be carried over
   * meanwhile. {@link DataException} if it cannot be read.
   */
  void renew(long id) {
    present(read(mesh.session(), session -> CatalogueQueries.product(session, id))).ifPresent(now -> products.put(id,
        now));
  }

  /**
   * Not stale while revalidating: a load is a read of a local file, so waiting for it costs nobody anything, and nothing stale is shown
   * while all is well. Where it does take its time, a stale value is shown after the soft timeout.
   */
  private <K, V> CacheBuilder<K, Read<V>> cache(String name, InstantSource clock) {
    return Cache.<K, Read<V>>named(name)
        .clock(clock)
        .staleIfError(STALE_IF_ERROR)
        .misses(misses)
        .options(o -> o.withSoftTimeout(SHORT_PATIENCE.multipliedBy(patience))
            .withHardTimeout(PATIENCE.multipliedBy(patience)));
  }

  private <V> Answer<V> lastResort(Function<MeshSession, V> load, RuntimeException failure) {
    try {
      Read<V> read = read(mesh.staleSession(), load);
      return new Answer<>(read.value(), read.from(), Duration.ZERO, true);
    } catch (DataException e) {
      failure.addSuppressed(e);
      throw new CatalogueUnavailable("no step of the chain knows the catalogue: " + failure.getMessage(), failure);
    }
  }

  /** Runs a query and asks the mesh who answered it. */
  private static <V> Read<V> read(MeshSession session, Function<MeshSession, V> load) {
    V value = load.apply(session);
    return new Read<>(value, switch (session.served().getLast().by()) {
      case PRIMARY, ORIGIN -> Step.ORIGIN;
      case REPLICA -> Step.REPLICA;
      case STALE_REPLICA -> Step.STALE_REPLICA;
    });
  }

  private static <V> Answer<V> answer(CacheResult<Read<V>> result) {
    Step step = switch (result.layer()) {
      case L1 -> Step.MEMORY;
      case L2 -> Step.KV;
      case LOADED -> result.value().from();
    };
    return new Answer<>(result.value().value(), result.stale() ? step.stale() : step, result.age(), result.degraded());
  }

  private static <V> CacheResult<V> with(V value, CacheResult<?> result) {
    return new CacheResult<>(value, result.layer(), result.age(), result.stale(), result.degraded(), result.loaded());
  }

  private static <V> Optional<Read<V>> present(Read<Optional<V>> read) {
    return read.value().map(value -> new Read<>(value, read.from()));
  }

  private static List<String> tags(Read<Page> page) {
    return page.value().products().stream().map(product -> tag(product.id())).toList();
  }

  /** What is cached of a product, and of pages that show it, has this tag. */
  public static String tag(long id) {
    return "product:" + id;
  }
}
