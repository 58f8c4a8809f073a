package dev.edge4j.render.market;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.text.CompactNumberFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The JDK has plural rules in its compact number formats and shows them nowhere, but for their serialised form, where the text of the rules stands. A format made with that text and
 * patterns that say nothing but the category is asked what it takes a number for.
 */
class PluralsAreThoseOfTheJdkTest {
  private static final Pattern RULES = Pattern.compile("(?:zero|one|two|few|many):[a-z0-9 %!=.,:;]*=[a-z0-9 %!=.,:;]*");
  private static final String FORMS = "{zero:'ZERO' one:'ONE' two:'TWO' few:'FEW' many:'MANY' other:'OTHER'}";

  private static String rules(Locale locale) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(NumberFormat.getCompactNumberInstance(locale, NumberFormat.Style.LONG));
    }
    Matcher matcher = RULES.matcher(bytes.toString(ISO_8859_1));
    return matcher.find() ? matcher.group() : "";
  }

  /** What the JDK takes it for: its formats begin to choose at a thousand, so that is what one of their units is here. */
  private static String category(CompactNumberFormat format, long number) {
    return format.format(number * 1000).replaceAll("[^A-Z]", "");
  }

  @Test
  void inEveryLanguageOfTheJdk() throws IOException {
    Set<String> languages = new TreeSet<>();
    int checked = 0;
    for (Locale locale : NumberFormat.getAvailableLocales()) {
      // Portuguese alone differs by country; and the data of a quarter of the languages is enough to load, but with -Dedge4j.locales=all.
      boolean alike = !locale.getCountry().isEmpty() && !locale.getLanguage().equals("pt");
      boolean skipped = !"all".equals(System.getProperty("edge4j.locales")) && locale.getLanguage().hashCode() % 4 != 0;
      String rules = alike || skipped ? "" : rules(locale);
      if (locale.getLanguage().isEmpty() || !languages.add(locale.getLanguage() + rules) || rules.isEmpty()) {
        continue;
      }
      String[] patterns = {"", "", "", FORMS.replace("'ZERO'", "0'ZERO'")
          .replace("'ONE'", "0'ONE'")
          .replace("'TWO'",
              "0'TWO'")
          .replace("'FEW'", "0'FEW'")
          .replace("'MANY'", "0'MANY'")
          .replace("'OTHER'", "0'OTHER'")};
      var format = new CompactNumberFormat("0", DecimalFormatSymbols.getInstance(Locale.ROOT), patterns, rules);
      PluralRules own = PluralRules.of(locale);
      checked++;
      for (long number = 1; number <= 230; number++) {
        assertEquals(category(format, number), own.select(BigDecimal.valueOf(number)).name(), locale.toLanguageTag()
            + " " + number + " by " + rules);
      }
    }
    assertTrue(checked >= 20, checked + " languages");
  }

  @ParameterizedTest
  @CsvSource({"en, 0, OTHER", "en, 1, ONE", "en, 1.0, OTHER", "en, -1, ONE", "ja, 1, OTHER", "pl, 1, ONE", "pl, 2, FEW",
      "pl, 5, MANY", "pl, 22, FEW", "pl, 12, MANY", "pl, 1.5, OTHER", "ru, 21, ONE", "ar, 0, ZERO", "ar, 2, TWO",
      "ar, 6, FEW", "ar, 11, MANY", "ar, 100, OTHER", "lv, 0, ZERO", "fr, 0, ONE", "fr, 1.5, ONE", "fr, 1000000, MANY",
      "pt-BR, 0, ONE", "pt-PT, 0, OTHER", "da, 0.1, ONE", "is, 1.1, ONE", "cs, 1.5, MANY", "xx, 1, OTHER"})
  void byNumberAndVisibleDigits(String tag, BigDecimal number, Plural expected) {
    assertEquals(expected, PluralRules.of(Locale.forLanguageTag(tag)).select(number));
  }

  @Test
  void everyLanguageWithRulesHasThem() {
    assertTrue(Stream.of("en", "de", "pl", "ar", "he", "lt")
        .noneMatch(language -> PluralRules.of(Locale.of(language))
            .select(BigDecimal.ONE) == Plural.OTHER));
  }
}
