package dev.edge4j.render.head;

import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The types of schema.org that shops and sites say most about themselves with, as records for {@link Head#jsonLd}. They have the properties that search engines ask
 * for; a record of your own says more. Addresses may be paths of the site.
 *
 * <p>Source: schema.org; what Google Search documents for product, breadcrumb, organization, site name and carousel.
 */
public final class Schema {
  private Schema() {}

  /** A path of the site, or an absolute address, in the form that these records want; what no URI holds is escaped. */
  public static URI address(String address) {
    return URI.create(Site.encode(address));
  }

  /** Whether something can be bought. */
  public enum Availability {
    InStock, OutOfStock, PreOrder, BackOrder, Discontinued, LimitedAvailability, SoldOut
  }

  /**
   * Something that is sold.
   *
   * @param sku the number it has in the shop, empty for none
   */
  public record Product(String name, String description, String sku, URI url, List<URI> image, Optional<Brand> brand,
      Optional<Offer> offers, Optional<AggregateRating> aggregateRating) {
    /** One that says no more than its name and where it is. */
    public static Product of(String name, String address) {
      return new Product(name, "", "", Schema.address(address), List.of(), Optional.empty(), Optional.empty(), Optional
          .empty());
    }

    /** A copy with a description. */
    public Product withDescription(String text) {
      return new Product(name, text, sku, url, image, brand, offers, aggregateRating);
    }

    /** A copy with the number that it has in the shop. */
    public Product withSku(String number) {
      return new Product(name, description, number, url, image, brand, offers, aggregateRating);
    }

    /** A copy with one picture more. */
    public Product withImage(String address) {
      List<URI> more = new ArrayList<>(image);
      more.add(Schema.address(address));
      return new Product(name, description, sku, url, more, brand, offers, aggregateRating);
    }

    /** A copy with who makes it. */
    public Product withBrand(String maker) {
      return new Product(name, description, sku, url, image, Optional.of(new Brand(maker)), offers, aggregateRating);
    }

    /** A copy with what it is sold for, at the product's own address. */
    public Product withOffer(BigDecimal price, String currency, Availability availability) {
      Offer offer = new Offer(price, currency, availability, url, Optional.empty());
      return new Product(name, description, sku, url, image, brand, Optional.of(offer), aggregateRating);
    }

    /** A copy with what buyers say, from 1 to 5; without effect where nobody has said anything, since a rating by nobody is an error. */
    public Product withRating(double value, int count) {
      Optional<AggregateRating> rating = count == 0 ? Optional.empty() : Optional.of(AggregateRating.of(value, count));
      return new Product(name, description, sku, url, image, brand, offers, rating);
    }
  }

  /** Who makes a product. */
  public record Brand(String name) {}

  /**
   * What a product is sold for.
   *
   * @param price printed as it is, {@code 4.50}
   * @param priceCurrency the code of the currency (ISO 4217)
   */
  public record Offer(BigDecimal price, String priceCurrency, Availability availability, URI url,
      Optional<LocalDate> priceValidUntil) {}

  /** What many people say of something. */
  public record AggregateRating(double ratingValue, int reviewCount, int bestRating, int worstRating) {
    /** From 1 to 5. */
    public static AggregateRating of(double value, int count) {
      return new AggregateRating(Math.round(value * 10) / 10.0, count, 5, 1);
    }
  }

  /** The way from the first page to this one. */
  public record BreadcrumbList(List<ListItem> itemListElement) {
    /** A way of no steps yet. */
    public static BreadcrumbList empty() {
      return new BreadcrumbList(List.of());
    }

    /** A copy with one step more; the page itself is the last. */
    public BreadcrumbList then(String name, String address) {
      List<ListItem> more = new ArrayList<>(itemListElement);
      more.add(new ListItem(more.size() + 1, name, Optional.of(Schema.address(address)), Optional.empty()));
      return new BreadcrumbList(more);
    }
  }

  /** A place in a list, from 1: a step of a way has an {@code item}, an entry of a list an {@code url}. */
  public record ListItem(int position, String name, Optional<URI> item, Optional<URI> url) {}

  /** A list of pages: what a category shows. */
  public record ItemList(String name, OptionalInt numberOfItems, List<ListItem> itemListElement) {
    /** A list of that name, with nothing in it yet. */
    public static ItemList of(String name) {
      return new ItemList(name, OptionalInt.empty(), List.of());
    }

    /** A copy with one entry more. */
    public ItemList with(String entry, String address) {
      List<ListItem> more = new ArrayList<>(itemListElement);
      more.add(new ListItem(more.size() + 1, entry, Optional.empty(), Optional.of(Schema.address(address))));
      return new ItemList(name, OptionalInt.of(more.size()), more);
    }
  }

  /** Who stands behind a site. */
  public record Organization(String name, URI url, Optional<URI> logo, List<URI> sameAs) {
    /** One with a page and a logo. */
    public static Organization of(String name, String address, String logo) {
      return new Organization(name, Schema.address(address), Optional.of(Schema.address(logo)), List.of());
    }
  }

  /** The site as a whole, for its first page. */
  public record WebSite(String name, URI url, Optional<String> inLanguage, Optional<SearchAction> potentialAction) {
    /** The site, from its first page on. */
    public static WebSite of(Site site) {
      return new WebSite(site.name(), URI.create(site.origin() + "/"), Optional.empty(), Optional.empty());
    }

    /** A copy in that language. */
    public WebSite in(Locale language) {
      return new WebSite(name, url, Optional.of(language.toLanguageTag()), potentialAction);
    }

    /** A copy that says how it is searched: {@code withSearch(site, "/products", "q")}. */
    public WebSite withSearch(Site site, String path, String parameter) {
      String template = site.absolute(path) + "?" + Site.encode(parameter) + "={search_term_string}";
      return new WebSite(name, url, inLanguage, Optional.of(new SearchAction(Map.of("@type", "EntryPoint",
          "urlTemplate",
          template), "required name=search_term_string")));
    }
  }

  /** How a site is searched. */
  public record SearchAction(Map<String, String> target, @JsonLd.Term("query-input") String queryInput) {}
}
