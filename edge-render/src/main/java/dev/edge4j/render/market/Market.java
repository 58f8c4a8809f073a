package dev.edge4j.render.market;

import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A country that is sold to, the language it is spoken to in, and the currency it pays in.
 *
 * @param country ISO 3166-1 alpha-2 code, in upper case
 * @param locale the language of its pages, and how numbers and dates are written
 * @param currency what prices are in
 * @param path the segment that its paths begin with, in lower case: {@code ja-jp}
 * @param languages the languages that its visitors' browsers ask for, the most spoken first; none where it is that of its pages
 */
public record Market(String country, Locale locale, Currency currency, String path, List<Locale> languages) {
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  /** Refuses a country that is none, a locale without a language, and a path that is no segment. */
  public Market {
    if (!COUNTRIES.contains(country)) {
      throw new IllegalArgumentException("country of a market: \"" + country
          + "\" (expected: an ISO 3166-1 code, such as JP)");
    }
    languages = List.copyOf(languages);
    for (Locale each : Stream.concat(Stream.of(locale), languages.stream()).toList()) {
      if (each.getLanguage().isEmpty()) {
        throw new IllegalArgumentException("locale of a market: \"" + each.toLanguageTag()
            + "\" (expected: one with a language)");
      }
    }
    if (!path.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException("path of a market: \"" + path
          + "\" (expected: small letters, digits and hyphens, such as ja-jp)");
    }
  }

  /** The market of a language tag with a country, {@code ja-JP}, and a currency's code; its path is the tag in small letters. */
  public static Market of(String languageTag, String currency) {
    Locale locale = Locale.forLanguageTag(languageTag);
    return new Market(locale.getCountry(), locale, Currency.getInstance(currency), languageTag.toLowerCase(
        Locale.ROOT), List.of());
  }

  /** The same below another path. */
  public Market withPath(String newPath) {
    return new Market(country, locale, currency, newPath, languages);
  }

  /**
   * The same, found too by who asks for one of these languages: for pages in another language than the country's, {@code Market.of("en-CH", "CHF").withLanguages("de", "fr", "it")}. The most
   * spoken first: of several markets with a language, the one counts in whose list it stands further in front.
   */
  public Market withLanguages(String... languageTags) {
    return new Market(country, locale, currency, path, Stream.of(languageTags).map(Locale::forLanguageTag).toList());
  }

  /** The name of its country, in the reader's language: {@code Japan}, 日本. The JDK looks it up each time, so keep those of a picker. */
  public String name(Locale reader) {
    return Locale.of("", country).getDisplayCountry(reader);
  }

  /** What tells it from every other in the key of a cache: {@code ja-JP.JPY.jp}, with its path behind language and currency. */
  public String key() {
    return locale.toLanguageTag() + "." + currency.getCurrencyCode() + "." + path;
  }
}
