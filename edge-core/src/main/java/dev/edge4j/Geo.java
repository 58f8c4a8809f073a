package dev.edge4j;

import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a visitor is, as far as known.
 *
 * @param country ISO 3166-1 alpha-2 code, in upper case; absent if unknown
 */
public record Geo(Optional<String> country) {
  /** Nothing is known. */
  public static final Geo UNKNOWN = new Geo(Optional.empty());

  /** The request variable that {@link Context#geo()} reads. */
  public static final Key<Geo> KEY = Key.named("geo");

  private static final Currency DEFAULT_CURRENCY = Currency.getInstance("USD");
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  /** The geo of a country code; {@link #UNKNOWN} for what is not one (CDNs send XX and T1, clients anything). */
  public static Geo ofCountry(String code) {
    String upper = code.toUpperCase(Locale.ROOT);
    return COUNTRIES.contains(upper) ? new Geo(Optional.of(upper)) : UNKNOWN;
  }

  /** The currency of the country; US dollars where unknown. */
  public Currency currency() {
    return country.flatMap(code -> Optional.ofNullable(Currency.getInstance(Locale.of("", code))))
        .orElse(DEFAULT_CURRENCY);
  }
}
