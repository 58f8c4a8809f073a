package dev.edge4j.examples.benchmarks.driver;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The words of {@code bench.args}: {@code quick}, and {@code --name=value}. */
record Flags(boolean quick, Map<String, String> values) {

  /** Fails at a word that is neither. */
  static Flags of(String text, Set<String> names) {
    List<String> words = Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
    return new Flags(words.contains("quick"), words.stream()
        .filter(word -> !word.equals("quick"))
        .collect(Collectors.toMap(word -> name(word, names), word -> word.substring(word.indexOf('=') + 1))));
  }

  private static String name(String word, Set<String> names) {
    int equals = word.indexOf('=');
    String name = word.startsWith("--") && equals > 0 ? word.substring(2, equals) : "";
    if (!names.contains(name)) {
      throw new IllegalArgumentException("bench.args: \"" + word + "\" (expected: quick, or --name=value with "
          + names.stream().sorted().toList() + ")");
    }
    return name;
  }

  int number(String name, int whenQuick, int otherwise) {
    return Integer.parseInt(values.getOrDefault(name, "" + (quick ? whenQuick : otherwise)));
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** What stands between commas; empty without the flag. */
  List<String> list(String name) {
    String text = values.getOrDefault(name, "");
    return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
  }

  /** What is named of an enumeration; all of it without the flag. */
  <E extends Enum<E>> Set<E> some(Class<E> type, String name) {
    List<String> names = list(name);
    return names.isEmpty()
        ? EnumSet.allOf(type)
        : names.stream()
            .map(each -> Enum.valueOf(type, each.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(type)));
  }
}
