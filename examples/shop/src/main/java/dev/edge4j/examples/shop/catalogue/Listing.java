package dev.edge4j.examples.shop.catalogue;

import dev.edge4j.BadRequest;
import dev.edge4j.Context;
import dev.edge4j.examples.shop.text.Typed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which products are asked for.
 *
 * @param category a {@link Category#slug}; absent for all
 * @param kind the slug of a {@link Category.Kind} of that category; absent for all
 * @param words words of a name or a description; empty for all
 * @param materials slugs of {@link Material}s in their order, any of which will do; empty for all
 * @param inStock true for what is not sold out
 * @param page from 1
 */
public record Listing(Optional<String> category, Optional<String> kind, String words, List<String> materials,
    PriceRange price, boolean inStock, Sort sort, int page) {
  /** Products on a page. */
  public static final int LIMIT = 20;
  /** The most that a search by words finds. */
  public static final int MOST_FOUND = 1_000;

  /** More pages than this no shelf has. */
  static final int MOST_PAGES = Math.ceilDiv(CatalogueGenerator.MAX_COUNT, LIMIT);

  private static final int MAX_PAGE = 10_000;
  private static final int MAX_WORDS = 60;

  /** Copies the list. */
  public Listing {
    materials = List.copyOf(materials);
  }

  /**
   * Reads {@code ?category=&kind=&q=&material=&min=&max=&currency=&stock=&sort=&page=}; throws {@link BadRequest} naming what is wrong.
   */
  public static Listing of(Context c) {
    Optional<String> category = filled(c, "category");
    if (category.isPresent() && category.flatMap(Category::find).isEmpty()) {
      throw new BadRequest("category", "is not one of " + names(Category.values()));
    }
    Optional<String> kind = filled(c, "kind");
    if (kind.isPresent() && category.flatMap(Category::find).flatMap(shelf -> shelf.kind(kind.get())).isEmpty()) {
      throw new BadRequest("kind", "is not on that category's shelf");
    }
    String words = Typed.withoutControls(c.query("q").orElse(""));
    if (words.length() > MAX_WORDS) {
      throw new BadRequest("q", "must be at most " + MAX_WORDS + " characters");
    }
    return new Listing(category, kind, words, materials(c), PriceRange.of(c), inStock(c), sort(c, words), page(c));
  }

  /** The first page of a category, newest first. */
  public static Listing newest(Optional<String> category) {
    return new Listing(category, Optional.empty(), "", List.of(), PriceRange.ALL, false, Sort.NEWEST, 1);
  }

  /** The sort of who has chosen none. */
  public Sort usual() {
    return words.isEmpty() ? Sort.NEWEST : Sort.RELEVANCE;
  }

  /** True if it is narrowed by more than category, kind and words: search engines are not to index every combination. */
  public boolean isNarrowed() {
    return !materials.isEmpty() || !price.isAll() || inStock;
  }

  /** True if it is one of so many: a page of a shelf as it is, which all look at. Everything else anybody can make up. */
  boolean isShelf() {
    return words.isEmpty() && !isNarrowed() && page <= MOST_PAGES;
  }

  /** The same on that page. */
  public Listing at(int newPage) {
    return new Listing(category, kind, words, materials, price, inStock, sort, newPage);
  }

  /** The same from its first page, in that order. */
  public Listing by(Sort newSort) {
    return new Listing(category, kind, words, materials, price, inStock, newSort, 1);
  }

  /** The same from its first page, of that category and kind. */
  public Listing on(Optional<String> newCategory, Optional<String> newKind) {
    return new Listing(newCategory, newKind, words, materials, price, inStock, sort, 1);
  }

  /** The same from its first page, with that material if it was without it, and the other way round. */
  public Listing toggled(Material material) {
    var chosen = new TreeSet<>(materials);
    if (!chosen.remove(material.slug())) {
      chosen.add(material.slug());
    }
    return new Listing(category, kind, words, List.copyOf(chosen), price, inStock, sort, 1);
  }

  /** The same from its first page, within those prices. */
  public Listing within(PriceRange newPrice) {
    return new Listing(category, kind, words, materials, newPrice, inStock, sort, 1);
  }

  /** The same from its first page, with or without what is sold out. */
  public Listing inStock(boolean only) {
    return new Listing(category, kind, words, materials, price, only, sort, 1);
  }

  /** The same from its first page, with nothing chosen but category, kind and words. */
  public Listing cleared() {
    return new Listing(category, kind, words, List.of(), PriceRange.ALL, false, sort, 1);
  }

  /** The key under which its page is cached. */
  String key() {
    return facetsKey() + "|" + sort.slug() + "|" + page;
  }

  /** The key under which its facets are cached: neither order nor page changes them. */
  String facetsKey() {
    String bounds = price.leastCents().map(String::valueOf).orElse("") + "-" + price.mostCents()
        .map(String::valueOf)
        .orElse("");
    return category.orElse("") + "|" + kind.orElse("") + "|" + String.join(",", materials) + "|" + bounds + "|"
        + inStock + "|" + words.toLowerCase(Locale.ROOT);
  }

  private static List<String> materials(Context c) {
    var chosen = new TreeSet<String>();
    for (String given : c.query().all("material")) {
      for (String slug : given.split(",", Material.values().length + 1)) {
        if (!slug.isEmpty() && Material.find(slug).isEmpty()) {
          throw new BadRequest("material", "is not one of " + names(Material.values()));
        }
        chosen.add(slug);
      }
    }
    chosen.remove("");
    return new ArrayList<>(chosen);
  }

  private static boolean inStock(Context c) {
    String given = c.query("stock").orElse("");
    if (!given.isEmpty() && !given.equals("in")) {
      throw new BadRequest("stock", "can only be in");
    }
    return !given.isEmpty();
  }

  private static Sort sort(Context c, String words) {
    Sort usual = words.isEmpty() ? Sort.NEWEST : Sort.RELEVANCE;
    return filled(c, "sort")
        .map(slug -> Sort.find(slug).orElseThrow(() -> new BadRequest("sort", "is not one of " + names(Sort.values()))))
        .orElse(usual);
  }

  private static int page(Context c) {
    int page = c.query("page").asInt(1);
    if (page < 1 || page > MAX_PAGE) {
      throw new BadRequest("page", "must be 1 to " + MAX_PAGE);
    }
    return page;
  }

  private static Optional<String> filled(Context c, String name) {
    return c.query(name).text().filter(text -> !text.isEmpty());
  }

  private static String names(Enum<?>[] constants) {
    return String.join(", ", Arrays.stream(constants).map(each -> each.name().toLowerCase(Locale.ROOT)).toList());
  }
}
