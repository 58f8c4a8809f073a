package dev.edge4j.middleware.geo;

import dev.edge4j.Geo;
import dev.edge4j.http.Origin;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * A place where the application runs: {@code Region.of("fra", "https://fra.example.com").at(50.1, 8.7).countries("DE", "AT")}. Immutable but for what
 * {@link #available} asks; safe for use by many threads.
 */
public final class Region {
  private final String name;
  private final String origin;
  private final Optional<Geo.Position> position;
  private final Set<String> countries;
  private final BooleanSupplier available;

  private Region(String name, String origin, Optional<Geo.Position> position, Set<String> countries,
      BooleanSupplier available) {
    this.name = name;
    this.origin = origin;
    this.position = position;
    this.countries = countries;
    this.available = available;
  }

  /**
   * One without a place yet. {@link IllegalArgumentException} for a name other than letters, digits and hyphens, and for what is no origin.
   *
   * @param name by which nodes call it, {@code fra} say
   * @param origin scheme, host and perhaps a port, at which visitors reach it
   */
  public static Region of(String name, String origin) {
    if (!name.matches("[A-Za-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("name of a region: \"" + name
          + "\" (expected: 1 to 64 letters, digits, hyphens)");
    }
    var _ = Origin.of(origin); // refuses a path, and what is no origin at all
    return new Region(name, origin, Optional.empty(), Set.of(), () -> true);
  }

  /** Where it is, in degrees; {@link IllegalArgumentException} for what is nowhere. */
  public Region at(double latitude, double longitude) {
    return new Region(name, origin, Optional.of(new Geo.Position(latitude, longitude)), countries, available);
  }

  /** The countries it is the first choice of, whatever the distance; {@link IllegalArgumentException} for what is no country. */
  public Region countries(String... codes) {
    Set<String> upper = Arrays.stream(codes).map(code -> code.toUpperCase(Locale.ROOT)).collect(Collectors.toSet());
    for (String code : upper) {
      if (Geo.ofCountry(code).country().isEmpty()) {
        throw new IllegalArgumentException("country: \"" + code + "\" (expected: an ISO 3166-1 code of two letters)");
      }
    }
    return new Region(name, origin, position, Set.copyOf(upper), available);
  }

  /** Is asked for each visitor whether to send anybody there; it must not block. */
  public Region available(BooleanSupplier whether) {
    return new Region(name, origin, position, countries, whether);
  }

  public String name() {
    return name;
  }

  /** Scheme, host and perhaps a port, without a slash at the end. */
  public String origin() {
    return origin;
  }

  /** Where it is, if that was said. */
  public Optional<Geo.Position> position() {
    return position;
  }

  /** The countries it is the first choice of. */
  public Set<String> countries() {
    return countries;
  }

  /** Whether visitors may be sent there now. */
  public boolean isAvailable() {
    return available.getAsBoolean();
  }

  @Override
  public String toString() {
    return name + " at " + origin;
  }
}
