package dev.edge4j.examples.shop.web;

import dev.edge4j.examples.shop.catalogue.Category;
import dev.edge4j.examples.shop.catalogue.Facets;
import dev.edge4j.examples.shop.catalogue.Listing;
import dev.edge4j.examples.shop.catalogue.Material;
import dev.edge4j.examples.shop.catalogue.PriceRange;
import dev.edge4j.examples.shop.money.Prices;
import dev.edge4j.examples.shop.money.ShopMarkets;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** What can be chosen of a listing, and what is, for a visitor who sees these prices. */
record Choices(Listing listing, Prices prices) {

  Filters filters(Facets facets) {
    List<Filters.Shelf> shelves = Arrays.stream(Category.values()).map(category -> shelf(category, facets)).toList();
    List<Filters.Choice> materials = Arrays.stream(Material.values())
        .map(material -> new Filters.Choice(ListUrl.of(listing.toggled(material)), material.title(), facets.count(
            material), listing.materials().contains(material.slug())))
        .filter(choice -> choice.count() > 0 || choice.current())
        .toList();
    var stock = new Filters.Choice(ListUrl.of(listing.inStock(!listing.inStock())), "In stock", facets.inStock(),
        listing
            .inStock());
    return new Filters(shelves, materials, stock, price(facets));
  }

  private Filters.Shelf shelf(Category category, Facets facets) {
    Optional<String> slug = Optional.of(category.slug());
    boolean open = listing.category().equals(slug);
    var choice = new Filters.Choice(ListUrl.of(listing.on(open && listing.kind().isEmpty() ? Optional.empty() : slug,
        Optional.empty())), category.title(), facets.count(category.slug(), Optional.empty()), open && listing.kind()
            .isEmpty());
    List<Filters.Choice> kinds = !open ? List.of()
        : category.kinds()
            .stream()
            .map(kind -> kind(category, kind, facets))
            .toList();
    return new Filters.Shelf(choice, open, kinds);
  }

  private Filters.Choice kind(Category category, Category.Kind kind, Facets facets) {
    Optional<String> slug = Optional.of(kind.slug());
    boolean current = listing.kind().equals(slug);
    return new Filters.Choice(ListUrl.of(listing.on(Optional.of(category.slug()), current ? Optional.empty() : slug)),
        kind
            .title(), facets.count(category.slug(), slug), current);
  }

  private Filters.Price price(Facets facets) {
    List<Filters.Field> hidden = ListPage.hidden(listing)
        .entrySet()
        .stream()
        .map(each -> new Filters.Field(each.getKey(), each.getValue()))
        .toList();
    return new Filters.Price(hidden, prices.currency().getCurrencyCode(), shown(listing.price().least()), shown(listing
        .price()
        .most()), whole(facets.leastCents(), RoundingMode.FLOOR), whole(facets.mostCents(), RoundingMode.CEILING));
  }

  /** A bound in the visitor's currency, whichever it was given in. */
  private String shown(Optional<BigDecimal> bound) {
    Currency given = listing.price().currency();
    return bound.map(amount -> given.equals(prices.currency()) ? amount
        : ShopMarkets.RATES.convert(amount, given, prices.currency()).setScale(0, RoundingMode.HALF_UP))
        .map(BigDecimal::toPlainString)
        .orElse("");
  }

  private String whole(long cents, RoundingMode mode) {
    return prices.of(cents).amount().setScale(0, mode).toPlainString();
  }

  /** What is chosen, each with the address of the list without it. */
  List<Link> chosen() {
    List<Link> chosen = new ArrayList<>();
    for (String slug : listing.materials()) {
      Material.find(slug)
          .ifPresent(material -> chosen.add(new Link(ListUrl.of(listing.toggled(material)), material.title(), true)));
    }
    if (!listing.price().isAll()) {
      chosen.add(new Link(ListUrl.of(listing.within(PriceRange.ALL)), range(), true));
    }
    if (listing.inStock()) {
      chosen.add(new Link(ListUrl.of(listing.inStock(false)), "In stock", true));
    }
    return chosen;
  }

  private String range() {
    String least = shown(listing.price().least());
    String most = shown(listing.price().most());
    String code = prices.currency().getCurrencyCode() + " ";
    if (most.isEmpty()) {
      return code + least + " and more";
    }
    return least.isEmpty() ? "Up to " + code + most : code + least + " to " + most;
  }
}
