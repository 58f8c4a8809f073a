package dev.edge4j.examples.shop.catalogue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The orders in which products are listed. The id makes each of them total, so that no page repeats a product. */
public enum Sort {
  NEWEST("Newest", "created_at DESC, id DESC"), CHEAPEST("Price, low to high", "price_cents, id"),
  DEAREST("Price, high to low", "price_cents DESC, id DESC"), NAME("Name", "name, id"),
  RATING("Best rated", "CASE WHEN ratings = 0 THEN 0 ELSE rating_sum * 100 / ratings END DESC, ratings DESC, id"),
  /** Of a search: the best match first. Without words, and where the store cannot search, by name. */
  RELEVANCE("Best match", "name, id");

  private final String title;
  private final String sql;

  Sort(String title, String sql) {
    this.title = title;
    this.sql = sql;
  }

  public String title() {
    return title;
  }

  /** The name in addresses: {@code newest}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT);
  }

  String sql() {
    return sql;
  }

  /** The sort of that slug. */
  public static Optional<Sort> find(String slug) {
    return Arrays.stream(values()).filter(sort -> sort.slug().equals(slug)).findFirst();
  }
}
