package dev.edge4j.examples.shop.catalogue;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The condition of a listing in SQL. What a visitor typed is an argument and never part of the statement. */
final class Narrowing {
  /** What a list is narrowed by, each of which may be left out. */
  enum Facet {
    SHELF, MATERIAL, PRICE, STOCK
  }

  /** A word is looked for as it is; more than these are not looked for. */
  private static final int MAX_TERMS = 8;

  private final StringBuilder sql = new StringBuilder(" FROM products WHERE 1 = 1");
  private final Map<String, Object> args = new TreeMap<>();

  /**
   * The condition without these facets.
   *
   * @param found the ids that a search has found; absent if the words are to be looked for here
   */
  static Narrowing of(Listing listing, Optional<List<Long>> found, Facet... without) {
    Set<Facet> left = EnumSet.allOf(Facet.class);
    left.removeAll(List.of(without));
    var narrowing = new Narrowing();
    if (left.contains(Facet.SHELF)) {
      listing.category().ifPresent(category -> narrowing.and("category = :category", "category", category));
      listing.kind().ifPresent(kind -> narrowing.and("kind = :kind", "kind", kind));
    }
    if (left.contains(Facet.MATERIAL)) {
      narrowing.materials(listing.materials());
    }
    if (left.contains(Facet.PRICE)) {
      listing.price().leastCents().ifPresent(cents -> narrowing.and("price_cents >= :least", "least", cents));
      listing.price().mostCents().ifPresent(cents -> narrowing.and("price_cents <= :most", "most", cents));
    }
    if (left.contains(Facet.STOCK) && listing.inStock()) {
      narrowing.sql.append(" AND stock > 0");
    }
    found.ifPresentOrElse(narrowing::ids, () -> narrowing.words(listing.words()));
    return narrowing;
  }

  /** From {@code FROM} on. */
  String sql() {
    return sql.toString();
  }

  /** The arguments, to which others may be added. */
  Map<String, Object> args() {
    return new TreeMap<>(args);
  }

  private void and(String condition, String name, Object value) {
    sql.append(" AND ").append(condition);
    args.put(name, value);
  }

  private void materials(List<String> materials) {
    if (!materials.isEmpty()) {
      for (int i = 0; i < materials.size(); i++) {
        sql.append(i == 0 ? " AND material IN (" : ", ").append(":material").append(i);
        args.put("material" + i, materials.get(i));
      }
      sql.append(')');
    }
  }

  /** Numbers of our own, so they may stand in the statement: there can be more of them than a statement may have arguments. */
  private void ids(List<Long> ids) {
    sql.append(ids.isEmpty() ? " AND 1 = 0"
        : ids.stream().map(String::valueOf).collect(Collectors.joining(", ", " AND id IN (", ")")));
  }

  private void words(String words) {
    String[] terms = words.strip().toLowerCase(Locale.ROOT).split("\\s+", MAX_TERMS + 1);
    for (int i = 0; i < Math.min(terms.length, MAX_TERMS); i++) {
      if (!terms[i].isEmpty()) {
        and("(lower(name) LIKE :word" + i + " ESCAPE '\\' OR lower(description) LIKE :word" + i + " ESCAPE '\\')",
            "word" + i, "%" + terms[i].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%");
      }
    }
  }
}
