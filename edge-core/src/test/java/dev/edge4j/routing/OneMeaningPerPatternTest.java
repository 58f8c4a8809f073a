package dev.edge4j.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.routing.RandomTables.Made;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** What a route answers, and with which parameters, does not depend on what else is registered. Only who comes first does. */
class OneMeaningPerPatternTest {
  @Property(tries = 3_000)
  void siblingsChangeNothing(@ForAll("randoms") Random source) {
    RandomTables random = new RandomTables(source);
    Made made = random.pattern();
    List<Made> before = random.patterns(4);
    List<Made> after = random.patterns(4);
    var alone = RouteTable.<String>builder().add("GET", PathPattern.parse(made.pattern()), "it").build();
    var builder = RouteTable.<String>builder();
    add(builder, before);
    builder.add("GET", PathPattern.parse(made.pattern()), "it");
    add(builder, after);
    var among = builder.build();
    for (int i = 0; i < 10; i++) {
      String path = random.path(List.of(made, random.any(before), random.any(after)));
      var expected = params(alone.all("GET", path), path);
      assertEquals(expected, params(among.all("GET", path), path), () -> made.pattern() + " on " + path);
      Statistics.collect(expected.isPresent());
      Statistics.coverage(c -> c.check(true).percentage(p -> p > 10));
    }
  }

  private static void add(RouteTable.Builder<String> builder, List<Made> siblings) {
    siblings.forEach(sibling -> builder.add("GET", PathPattern.parse(sibling.pattern()), "sibling"));
  }

  /** The parameters of the one route; empty if it does not answer. */
  private static Optional<List<Map.Entry<String, String>>> params(List<RouteTable.Entry<String>> entries,
      String path) {
    return entries.stream()
        .filter(entry -> entry.value().equals("it"))
        .map(entry -> List.copyOf(entry.pattern().params(path).toMap().entrySet()))
        .findFirst();
  }

  @Provide
  Arbitrary<Random> randoms() {
    return Arbitraries.randoms();
  }
}
