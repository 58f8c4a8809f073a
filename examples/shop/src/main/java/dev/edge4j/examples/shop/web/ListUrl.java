package dev.edge4j.examples.shop.web;

import dev.edge4j.examples.shop.catalogue.Listing;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The one address of a listing: parameters in one order, and none that changes nothing. Pure. */
final class ListUrl {
  private ListUrl() {}

  static String of(Listing listing) {
    return of(parameters(listing));
  }

  /** The address that stands for all orders of it. */
  static String canonical(Listing listing) {
    Map<String, String> all = parameters(listing);
    all.remove("sort");
    return of(all);
  }

  /** Name and value of each, in the order of the address. */
  static Map<String, String> parameters(Listing listing) {
    Map<String, String> all = new LinkedHashMap<>();
    listing.category().ifPresent(slug -> all.put("category", slug));
    listing.kind().ifPresent(slug -> all.put("kind", slug));
    put(all, "q", listing.words());
    put(all, "material", String.join(",", listing.materials()));
    listing.price().least().ifPresent(amount -> all.put("min", amount.toPlainString()));
    listing.price().most().ifPresent(amount -> all.put("max", amount.toPlainString()));
    String currency = listing.price().currency().getCurrencyCode();
    put(all, "currency", currency.equals("USD") ? "" : currency);
    put(all, "stock", listing.inStock() ? "in" : "");
    put(all, "sort", listing.sort() == listing.usual() ? "" : listing.sort().slug());
    put(all, "page", listing.page() == 1 ? "" : String.valueOf(listing.page()));
    return all;
  }

  private static void put(Map<String, String> all, String name, String value) {
    if (!value.isEmpty()) {
      all.put(name, value);
    }
  }

  private static String of(Map<String, String> parameters) {
    return parameters.isEmpty() ? "/products"
        : parameters.entrySet()
            .stream()
            .map(each -> each.getKey() + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&", "/products?", ""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2C", ",");
  }
}
