package dev.edge4j.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.support.Aside;
import dev.edge4j.support.LongRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every pattern of up to three pieces on every path of up to three values, alone and behind a sibling that takes the same paths: no
 * difference from the reference. Hono's two engines differ on 11.3 % of such a grid.
 */
@Aside
class PatternGridTest {
  private static final List<String> INSIDE = List.of("a", "", ":@", ":@.json", "a-:@", ":@-:@", ":@{[0-9]+}", ":@{.+}",
      ":@{.*}.json", "*");
  private static final List<String> LAST = List.of(":@?", "*@", "a*", ":@{[0-9]+}?");
  private static final List<String> VALUES = List.of("a", "1", "", "a-1", "1.json", "b");

  private static final List<String> MORE_INSIDE = List.of("b", "a\\:b", ":@{[0-9]+}.json", "v:@.:@", ":@{a|a/b}");
  private static final List<String> MORE_LAST = List.of("a-*", ":@{.*}?", ":@{.+?}");
  private static final List<String> MORE_VALUES = List.of("a:b", "v1.2", "-");

  private final Map<String, Set<String>> siblings = new HashMap<>();
  private int pairs;
  private int matches;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void noDifferenceAnywhere() {
    List<String> inside = inLongRun(INSIDE, MORE_INSIDE);
    List<String> last = plus(inside, inLongRun(LAST, MORE_LAST));
    List<String> patterns = Stream.concat(Stream.of("*", "/*", "/:@?/:@?"), joined(inside, last, 3).stream())
        .map(PatternGridTest::named)
        .toList();
    List<String> values = inLongRun(VALUES, MORE_VALUES);
    List<String> paths = Stream.concat(Stream.of("", "a", "a/1"), joined(values, values, 3).stream()).toList();
    for (String pattern : patterns) {
      check(pattern, paths);
    }
    System.out.println("grid: " + patterns.size() + " patterns x " + paths.size() + " paths = " + pairs
        + " pairs, each alone and with a sibling; " + matches + " match; 0 differences");
    assertTrue(patterns.size() >= 1_000 && paths.size() >= 200, "a grid of at least 1,000 x 200");
    assertTrue(matches > pairs / 50, "enough of them match");
  }

  private void check(String text, List<String> paths) {
    String siblingText = text.length() == 1 ? "/:s" : text.replaceAll("/[^/]*", "/:s").replaceAll(":s(?=/)", "*");
    ReferencePattern reference = ReferencePattern.of(text);
    Set<String> ofSibling = siblings.computeIfAbsent(siblingText, _ -> matched(siblingText, paths));
    PathPattern pattern = PathPattern.parse(text);
    var alone = RouteTable.<String>builder().add("GET", pattern, "it").build();
    var pair = RouteTable.<String>builder()
        .add("GET", PathPattern.parse(siblingText), "sibling")
        .add("GET", pattern, "it")
        .build();
    for (String path : paths) {
      Optional<Map<String, String>> params = reference.params(path);
      List<String> it = params.isPresent() ? List.of("it") : List.of();
      List<String> both = ofSibling.contains(path) ? plus(List.of("sibling"), it) : it;
      if (!values(alone.all("GET", path)).equals(it) || !values(pair.all("GET", path)).equals(both)
          || !values(pair.find("GET", path).stream().toList()).equals(both.stream().limit(1).toList())) {
        throw new AssertionError(text + " with " + siblingText + " on \"" + path + "\" (expected: " + both + ")");
      }
      params.ifPresent(expected -> {
        matches++;
        assertEquals(expected.toString(), pattern.params(path).toMap().toString(), () -> text + " on " + path);
      });
      pairs++;
    }
  }

  private static Set<String> matched(String pattern, List<String> paths) {
    ReferencePattern reference = ReferencePattern.of(pattern);
    return paths.stream().filter(reference::matches).collect(Collectors.toSet());
  }

  private static List<String> values(List<RouteTable.Entry<String>> entries) {
    return entries.stream().map(RouteTable.Entry::value).toList();
  }

  /** All ways to write one to that many pieces one behind another, where some may only be the last. */
  private static List<String> joined(List<String> inside, List<String> last, int most) {
    List<String> all = new ArrayList<>();
    List<String> begins = List.of("");
    for (int i = 0; i < most; i++) {
      List<String> ends = begins.stream().flatMap(begin -> last.stream().map(piece -> begin + "/" + piece)).toList();
      all.addAll(ends);
      begins = begins.stream().flatMap(begin -> inside.stream().map(piece -> begin + "/" + piece)).toList();
    }
    return all;
  }

  private static String named(String template) {
    String pattern = template;
    for (int i = 1; pattern.contains("@"); i++) {
      pattern = pattern.replaceFirst("@", "x" + i);
    }
    return pattern;
  }

  private static List<String> inLongRun(List<String> always, List<String> more) {
    return LongRun.isOn() ? plus(always, more) : always;
  }

  private static List<String> plus(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
