package dev.edge4j;

import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a visitor is, as far as known.
 *
 * @param country ISO 3166-1 alpha-2 code, in upper case; absent if unknown
 * @param position about where; absent if unknown
 */
public record Geo(Optional<String> country, Optional<Position> position) {
  /** Nothing is known. */
  public static final Geo UNKNOWN = new Geo(Optional.empty(), Optional.empty());

  /**
   * The request variable that {@link Context#geo()} reads. A gate that looks where visitors are sets it to {@link #UNKNOWN} where it finds nothing and nothing was
   * found before, for what such a visitor gets depends on his address too, and is not for others.
   */
  public static final Key<Geo> KEY = Key.named("geo");

  private static final Currency DEFAULT_CURRENCY = Currency.getInstance("USD");
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  /**
   * A place on the Earth.
   *
   * @param latitude degrees, -90 to 90, north is positive
   * @param longitude degrees, -180 to 180, east is positive
   */
  public record Position(double latitude, double longitude) {
    private static final double EARTH_RADIUS_KM = 6371.0088;

    /** {@link IllegalArgumentException} for what is nowhere. */
    public Position {
      if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
        throw new IllegalArgumentException("position: " + latitude + ", " + longitude
            + " (expected: -90 to 90 and -180 to 180 degrees)");
      }
    }

    /** The great-circle distance in kilometres, by the haversine formula on a sphere: right within half a percent. */
    public double kilometresTo(Position other) {
      double north = Math.sin(Math.toRadians(other.latitude - latitude) / 2);
      double east = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
      double half = north * north + Math.cos(Math.toRadians(latitude)) * Math.cos(Math.toRadians(other.latitude)) * east
          * east;
      return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(half)));
    }
  }

  /** A place of which the country alone is known, or nothing. */
  public Geo(Optional<String> country) {
    this(country, Optional.empty());
  }

  /** The same, with a position. */
  public Geo at(double latitude, double longitude) {
    return new Geo(country, Optional.of(new Position(latitude, longitude)));
  }

  /** True if anything is known. */
  public boolean isKnown() {
    return country.isPresent() || position.isPresent();
  }

  /** The geo of a country code; {@link #UNKNOWN} for what is not one (CDNs send XX and T1, clients anything). */
  public static Geo ofCountry(String code) {
    String upper = code.toUpperCase(Locale.ROOT);
    return COUNTRIES.contains(upper) ? new Geo(Optional.of(upper), Optional.empty()) : UNKNOWN;
  }

  /** The currency of the country; US dollars where unknown. */
  public Currency currency() {
    return country.flatMap(code -> Optional.ofNullable(Currency.getInstance(Locale.of("", code))))
        .orElse(DEFAULT_CURRENCY);
  }
}
