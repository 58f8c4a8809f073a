package dev.edge4j.examples.shop.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * What a list can be narrowed to, and how much is left then. The count of a choice leaves out what was chosen of the same facet: it says what
 * choosing it instead would give.
 *
 * @param shelves by category and kind
 * @param materials by material
 * @param inStock how many are not sold out
 * @param leastCents the lowest price in US cents, zero if there is nothing
 * @param mostCents the highest price in US cents
 */
public record Facets(List<Shelf> shelves, List<Count> materials, long inStock, long leastCents, long mostCents) {
  /** How many of a kind there are. */
  public record Shelf(String category, String kind, long count) {}

  /** How many of a material there are. */
  public record Count(String slug, long count) {}

  /** How many there are in a category, and of a kind in it if one is given. */
  public long count(String category, Optional<String> kind) {
    return shelves.stream()
        .filter(shelf -> shelf.category().equals(category) && kind.map(shelf.kind()::equals).orElse(true))
        .mapToLong(Shelf::count)
        .sum();
  }

  /** How many there are of a material. */
  public long count(Material material) {
    return materials.stream().filter(each -> each.slug().equals(material.slug())).mapToLong(Count::count).sum();
  }
}
