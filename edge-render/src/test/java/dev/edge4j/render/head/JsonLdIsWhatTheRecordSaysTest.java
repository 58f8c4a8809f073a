package dev.edge4j.render.head;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.TypeRef;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The data that a page has for machines, as a parser of JSON reads it. */
class JsonLdIsWhatTheRecordSaysTest {
  private static final Site SITE = Site.of("Shop", "https://shop.example");

  private static Object read(Record thing) {
    return JsonCodec.jackson()
        .read(JsonLd.text(SITE, thing).getBytes(UTF_8),
            new TypeRef<Map<String, Object>>() {});
  }

  private static Object parsed(String json) {
    return JsonCodec.jackson().read(json.getBytes(UTF_8), new TypeRef<Map<String, Object>>() {});
  }

  @Test
  void aProductWithItsOfferAndRating() {
    var product = Schema.Product.of("Green tea", "/products/1")
        .withDescription("Leaves")
        .withSku("T-1")
        .withImage("/pictures/1.svg")
        .withBrand("Hill")
        .withOffer(new BigDecimal("4.50"), "EUR", Schema.Availability.InStock)
        .withRating(4.25, 12);
    assertEquals(parsed("""
        {"@context":"https://schema.org","@type":"Product","name":"Green tea","description":"Leaves","sku":"T-1",
         "url":"https://shop.example/products/1","image":["https://shop.example/pictures/1.svg"],
         "brand":{"@type":"Brand","name":"Hill"},
         "offers":{"@type":"Offer","price":"4.50","priceCurrency":"EUR","availability":"https://schema.org/InStock",
                   "url":"https://shop.example/products/1"},
         "aggregateRating":{"@type":"AggregateRating","ratingValue":4.3,"reviewCount":12,"bestRating":5,"worstRating":1}}
        """), read(product));
  }

  @Test
  void aRatingByNobodyIsLeftOut() {
    assertFalse(JsonLd.text(SITE, Schema.Product.of("Tea", "/1").withRating(0, 0)).contains("aggregateRating"));
  }

  @Test
  void aWayAListASiteAndWhoIsBehindIt() {
    assertEquals(parsed("""
        {"@context":"https://schema.org","@type":"BreadcrumbList","itemListElement":[
          {"@type":"ListItem","position":1,"name":"Tea","item":"https://shop.example/tea"},
          {"@type":"ListItem","position":2,"name":"Green","item":"https://shop.example/tea/green"}]}
        """), read(Schema.BreadcrumbList.empty().then("Tea", "/tea").then("Green", "/tea/green")));
    assertEquals(parsed("""
        {"@context":"https://schema.org","@type":"ItemList","name":"Tea","numberOfItems":1,"itemListElement":[
          {"@type":"ListItem","position":1,"name":"Green","url":"https://shop.example/1"}]}
        """), read(Schema.ItemList.of("Tea").with("Green", "/1")));
    assertEquals(parsed("""
        {"@context":"https://schema.org","@type":"WebSite","name":"Shop","url":"https://shop.example/","inLanguage":"de-AT",
         "potentialAction":{"@type":"SearchAction","query-input":"required name=search_term_string",
           "target":{"@type":"EntryPoint","urlTemplate":"https://shop.example/products?q={search_term_string}"}}}
        """), read(Schema.WebSite.of(SITE).in(Locale.of("de", "AT")).withSearch(SITE, "/products", "q")));
    assertEquals(parsed("""
        {"@context":"https://schema.org","@type":"Organization","name":"Shop","url":"https://shop.example/",
         "logo":"https://shop.example/logo.png"}
        """), read(Schema.Organization.of("Shop", "/", "/logo.png")));
  }

  /** A record of an application. */
  public record Recipe(@JsonLd.Term("@id") URI id, String name, Duration totalTime, LocalDate datePublished,
      Optional<String> recipeYield, List<String> recipeIngredient, boolean isFamilyFriendly) {}

  @Test
  void aRecordOfOnesOwn() {
    var recipe = new Recipe(URI.create("/r/1"), "Tea", Duration.ofMinutes(5), LocalDate.of(2026, 1, 2), Optional
        .empty(), List
            .of("water", "leaves"), true);
    assertEquals(parsed("""
        {"@context":"https://schema.org","@type":"Recipe","@id":"https://shop.example/r/1","name":"Tea","totalTime":"PT5M",
         "datePublished":"2026-01-02","recipeIngredient":["water","leaves"],"isFamilyFriendly":true}
        """), read(recipe));
  }

  /** Holds what has no form. */
  public record Wrong(Object inside) {}

  @Test
  void whatHasNoFormIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> JsonLd.text(SITE, new Wrong(Thread.currentThread())));
    assertThrows(IllegalArgumentException.class, () -> JsonLd.text(SITE, "text"));
  }
}
