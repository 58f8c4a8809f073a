package dev.edge4j.render.export;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Character references in the values of attributes: numbers, and the names that stand for what would end a value. */
final class Entities {
  private static final Pattern REFERENCE = Pattern.compile(
      "&(?:#(\\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));");
  private static final Map<String, String> NAMED = Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'");

  private Entities() {}

  static String decode(String value) {
    if (value.indexOf('&') < 0) {
      return value;
    }
    return REFERENCE.matcher(value)
        .replaceAll(match -> Matcher.quoteReplacement(one(match.group(1), match.group(2), match
            .group(3), match.group())));
  }

  private static String one(@Nullable String decimal, @Nullable String hex,
      @Nullable String name, String whole) {
    if (name != null) {
      return NAMED.getOrDefault(name, whole);
    }
    int point = decimal != null ? Integer.parseInt(decimal) : hex != null ? Integer.parseInt(hex, 16) : -1;
    return Character.isValidCodePoint(point) ? Character.toString(point) : whole;
  }
}
