package dev.edge4j.examples.shop.edge;

import dev.edge4j.Geo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where a shop stands, as its pages tell.
 *
 * @param region its name in header fields: {@code tokyo}
 * @param title its name for people
 * @param position where it is; empty for one that is nowhere in particular
 * @param country whose prices visitors see who have chosen none and come from nowhere known; empty for the shop's own
 * @param lag how far its copy of the catalogue is behind the origin; must not block for long
 * @param far below which path the origin answers over the simulated distance; empty where it is here
 * @param dashboard whether there is a dashboard to look at, for who sits at this machine
 * @param others the other regions there are, this one among them, at the host that the visitor knows this machine by; none for a shop on its own
 */
public record Site(String region, String title, Optional<Geo.Position> position, Optional<String> country,
    Supplier<Duration> lag, Optional<String> far, boolean dashboard, Function<String, List<Neighbour>> others) {
  /**
   * A region that a visitor can switch to.
   *
   * @param url its address, without a path
   */
  public record Neighbour(String region, String title, String url, boolean here) {}

  /** A shop on its own. */
  public static Site alone(String region, Supplier<Duration> lag, boolean dashboard) {
    return new Site(region, region, Optional.empty(), Optional.empty(), lag, Optional.empty(), dashboard, _ -> List
        .of());
  }
}
