package dev.edge4j.examples.shop.web;

import dev.edge4j.examples.shop.catalogue.Product;
import dev.edge4j.examples.shop.money.Prices;
import dev.edge4j.render.head.Schema;
import dev.edge4j.render.head.Site;
import java.util.List;

/** What a page is about, for programs, in the words of schema.org. */
final class Facts {
  private Facts() {}

  static Schema.WebSite site(Site site) {
    return Schema.WebSite.of(site).withSearch(site, "/products", "q");
  }

  static Schema.Product product(Product product, Prices prices) {
    return Schema.Product.of(product.name(), "/products/" + product.id())
        .withDescription(product.description())
        .withSku(String.valueOf(product.id()))
        .withImage(product.pictureUrl())
        .withOffer(prices.of(product.priceCents()).amount(), prices.currency().getCurrencyCode(), product.stock() > 0
            ? Schema.Availability.InStock
            : Schema.Availability.OutOfStock)
        .withRating(product.tenthsOfStars() / 10.0, Math.toIntExact(product.ratings()));
  }

  static Schema.BreadcrumbList crumbs(List<Crumb> way) {
    Schema.BreadcrumbList list = Schema.BreadcrumbList.empty();
    for (Crumb crumb : way) {
      list = list.then(crumb.title(), crumb.path());
    }
    return list;
  }

  static Schema.ItemList list(String name, List<Product> products) {
    Schema.ItemList list = Schema.ItemList.of(name);
    for (Product product : products) {
      list = list.with(product.name(), "/products/" + product.id());
    }
    return list;
  }
}
