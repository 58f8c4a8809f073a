package dev.edge4j.render.market;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which form of a noun a number takes in a language: cardinal rules of Unicode CLDR, which the JDK has but does not show. A number's visible digits count: {@code 1.0} is not
 * {@code 1} in English. Immutable, safe for use by many threads.
 */
final class PluralRules {
  private static final Map<String, PluralRules> BY_LANGUAGE = read();
  private static final PluralRules NONE = new PluralRules(List.of());

  /** A form and when it is taken: one of several alternatives of which all relations hold. */
  private record Rule(Plural form, List<List<PluralRelation>> alternatives) {}

  private final List<Rule> rules;

  private PluralRules(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** The rules of a locale: of language and script, of language and region, or of the language; {@link Plural#OTHER} alone where there are none. */
  static PluralRules of(Locale locale) {
    for (String key : List.of(locale.getLanguage() + "-" + locale.getScript(), locale.getLanguage() + "-" + locale
        .getCountry(), locale.getLanguage())) {
      PluralRules found = BY_LANGUAGE.get(key);
      if (found != null) {
        return found;
      }
    }
    return NONE;
  }

  /** The form behind that number as it is written, trailing zeros included. */
  Plural select(BigDecimal number) {
    BigDecimal written = number.abs();
    for (Rule rule : rules) {
      if (rule.alternatives.stream().anyMatch(all -> all.stream().allMatch(each -> each.holds(written)))) {
        return rule.form;
      }
    }
    return Plural.OTHER;
  }

  private static Map<String, PluralRules> read() {
    Map<String, PluralRules> read = new HashMap<>();
    try (InputStream in = PluralRules.class.getResourceAsStream("plurals.txt")) {
      if (in == null) {
        throw new IllegalStateException("plurals.txt is not in the module");
      }
      var lines = new BufferedReader(new InputStreamReader(in, UTF_8));
      for (String line : (Iterable<String>) lines.lines()::iterator) {
        if (!line.startsWith("#")) {
          String[] parts = line.split(" \\| ", 2);
          PluralRules rules = parse(parts[1]);
          List.of(parts[0].split(" ", -1)).forEach(language -> read.put(language, rules));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(read);
  }

  private static PluralRules parse(String text) {
    List<Rule> rules = new ArrayList<>();
    for (String rule : text.split("; ", -1)) {
      String[] parts = rule.split(": ", 2);
      List<List<PluralRelation>> alternatives = new ArrayList<>();
      for (String alternative : parts[1].strip().split(" or ", -1)) {
        alternatives.add(List.of(alternative.split(" and ", -1)).stream().map(PluralRelation::parse).toList());
      }
      rules.add(new Rule(Plural.valueOf(parts[0].strip().toUpperCase(Locale.ROOT)), alternatives));
    }
    return new PluralRules(rules);
  }
}
