package dev.edge4j.middleware.geo;

import dev.edge4j.Geo;
import java.util.List;
import java.util.Optional;

/**
 * Which region a visitor belongs to: a function of where the visitor is, which regions there are, and where we are. The region of the visitor's country
 * comes first, then the nearest; we keep the visitor unless another region is nearer by more than a margin, so that who lives between two is not sent to and fro
 * as databases change. Pure.
 *
 * @param regions all that may be chosen, ours among them if it is available
 * @param here ours
 * @param margin kilometres
 */
record Nearest(List<Region> regions, Region here, double margin) {
  /** The region to go to; empty to stay. */
  Optional<Region> elsewhere(Geo visitor) {
    List<Region> home = visitor.country()
        .map(code -> regions.stream().filter(region -> region.countries().contains(code)).toList())
        .orElse(List.of());
    return choose(home.isEmpty() ? regions : home, visitor, !home.isEmpty());
  }

  private Optional<Region> choose(List<Region> among, Geo visitor, boolean byCountry) {
    Optional<Region> best = visitor.position().flatMap(place -> nearest(among, place));
    if (best.isEmpty()) { // no distances: a country's region, ours if it is one; or we are closed, and any other is better
      boolean stay = among.contains(here) || (!byCountry && regions.contains(here));
      return stay ? Optional.empty() : among.stream().filter(region -> region != here).findFirst();
    }
    boolean stay = best.get() == here || (among.contains(here) && here.position().isPresent() && distance(here, visitor)
        - distance(best.get(), visitor) <= margin);
    return stay ? Optional.empty() : best;
  }

  private static Optional<Region> nearest(List<Region> among, Geo.Position place) {
    return among.stream()
        .filter(region -> region.position().isPresent())
        .min((a, b) -> Double.compare(place.kilometresTo(a.position().orElseThrow()), place.kilometresTo(b.position()
            .orElseThrow())));
  }

  private static double distance(Region region, Geo visitor) {
    return visitor.position().orElseThrow().kilometresTo(region.position().orElseThrow());
  }
}
