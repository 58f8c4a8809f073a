package dev.edge4j.examples.shop.world;

import dev.edge4j.Geo;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Where the shops of the world are. */
public enum Town {
  TOKYO("tokyo", "Tokyo", "JP", 35.68, 139.69, 0),
  LONDON("london", "London", "GB", 51.51, -0.13, 1),
  SAO_PAULO("sao-paulo", "São Paulo", "BR", -23.55, -46.63, 2),
  /** Where prices, stock, orders and accounts are decided. */
  VIRGINIA("virginia", "Virginia", "US", 39.04, -77.49, 3);

  /** Light in glass goes at two thirds of its speed in the void, in kilometres a millisecond. */
  private static final double GLASS = 0.66 * 299.792458;

  /** What routers, and cables that are no great circles, add to it: milliseconds for a message at all, and for each 1,000 km. */
  private static final double HOPS = 2;
  private static final double DETOUR = 1.5;

  private final String region;
  private final String title;
  private final String country;
  private final int number;
  private final double latitude;
  private final double longitude;

  Town(String region, String title, String country, double latitude, double longitude, int number) {
    this.number = number;
    this.region = region;
    this.title = title;
    this.country = country;
    this.latitude = latitude;
    this.longitude = longitude;
  }

  /** Those with an edge. */
  public static List<Town> edges() {
    return Arrays.stream(values()).filter(town -> town != VIRGINIA).toList();
  }

  /** Its name in header fields. */
  public String region() {
    return region;
  }

  /** Its name for people. */
  public String title() {
    return title;
  }

  /** How many ports its own is behind the first one; also the seed of its links. */
  public int number() {
    return number;
  }

  /** The country whose prices visitors see there who have chosen none. */
  public String country() {
    return country;
  }

  /** Where it is. */
  public Geo.Position position() {
    return new Geo.Position(latitude, longitude);
  }

  /**
   * How long a message takes from here to there, one way and without jitter: the great circle through glass, and a cost for hops. From Tokyo to
   * Virginia that is 73 ms, which a round trip of 146 ms is twice of.
   */
  public Duration to(Town other) {
    double kilometres = position().kilometresTo(other.position());
    return Duration.ofNanos(Math.round((kilometres / GLASS + HOPS + DETOUR * kilometres / 1_000) * 1e6));
  }
}
