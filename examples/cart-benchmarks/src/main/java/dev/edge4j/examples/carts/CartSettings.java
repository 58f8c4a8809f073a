package dev.edge4j.examples.carts;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much is measured.
 *
 * @param rounds in each all take turns
 * @param seconds of one turn
 * @param warmUp calls of each before the first round: seconds would be few of them on a machine that is busy
 * @param kills how many times each is killed beforehand
 */
record CartSettings(int rounds, int seconds, int warmUp, int kills) {
  /** Words as in {@code --rounds=5 --seconds=3 --warm-up=50000 --kills=2}, which is what goes without. */
  static CartSettings of(String text) {
    Map<String, Integer> words = Arrays.stream(text.split(" ", -1))
        .filter(word -> !word.isEmpty())
        .map(word -> word.split("=", 2))
        .collect(Collectors.toMap(word -> word[0], word -> Integer.parseInt(word[1])));
    return new CartSettings(words.getOrDefault("--rounds", 5), words.getOrDefault("--seconds", 3), words.getOrDefault(
        "--warm-up", 50_000), words.getOrDefault("--kills", 2));
  }

  String line() {
    return "%s, %d processors, Java %s; SerialGC, 256 MB; %d carts with a caller each; rounds: %d of %d s.".formatted(
        System.getProperty("os.arch"), Runtime.getRuntime().availableProcessors(), Runtime.version(), Carts.CARTS,
        rounds, seconds);
  }
}
