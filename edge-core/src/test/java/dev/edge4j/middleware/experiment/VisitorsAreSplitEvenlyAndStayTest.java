package dev.edge4j.middleware.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.support.Aside;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The split is as even as chance, and a change of weights moves nobody but to the variant that grew. */
@Aside
class VisitorsAreSplitEvenlyAndStayTest {
  private static final int VISITORS = 100_000;
  private static final byte[] SECRET = "sixteen bytes ok".getBytes(StandardCharsets.UTF_8);

  private static Experiment of(String name, int... weights) {
    Experiment experiment = Experiment.of(name);
    for (int i = 0; i < weights.length; i++) {
      experiment = experiment.variant("v" + i, weights[i]);
    }
    return experiment;
  }

  /** Pearson's statistic against the weights; its 99.9 % points are 10.83, 13.82 and 16.27 for 1, 2 and 3 degrees of freedom. */
  private static double chiSquare(Experiment experiment, int... weights) {
    Map<String, Integer> seen = new LinkedHashMap<>();
    IntStream.range(0, VISITORS).forEach(i -> seen.merge(experiment.assigned("visitor-" + i), 1, Integer::sum));
    double total = IntStream.of(weights).sum();
    return IntStream.range(0, weights.length).mapToDouble(i -> {
      double expected = VISITORS * weights[i] / total;
      double off = seen.getOrDefault("v" + i, 0) - expected;
      return off * off / expected;
    }).sum();
  }

  @Test
  void aHundredThousandVisitorsAreSplitByTheWeights() {
    assertTrue(chiSquare(of("hero", 1, 1), 1, 1) < 10.83);
    assertTrue(chiSquare(of("hero", 7, 2, 1), 7, 2, 1) < 13.82);
    assertTrue(chiSquare(of("hero", 1, 1, 1, 1).keyed(SECRET), 1, 1, 1, 1) < 16.27);
    assertTrue(chiSquare(of("hero", 99, 1), 1, 1) > 10_000, "the statistic can fail");
  }

  @Property(tries = 200)
  void whoMovesMovesToTheVariantThatGrew(@ForAll @IntRange(min = 1, max = 20) int a,
      @ForAll @IntRange(min = 1, max = 20) int b, @ForAll @IntRange(min = 1, max = 20) int c,
      @ForAll @IntRange(min = 0, max = 20) int more, @ForAll String visitor) {
    String before = of("hero", a, b, c).assigned(visitor);
    String after = of("hero", a, b + more, c).assigned(visitor);
    assertTrue(after.equals(before) || after.equals("v1"), before + " became " + after);
    String with = of("hero", a, b, c, 1).assigned(visitor);
    assertTrue(with.equals(before) || with.equals("v3"), before + " became " + with);
  }

  @Test
  void doublingAllWeightsMovesNobodyAndNeitherDoesTheirOrder() {
    Experiment other = Experiment.of("hero").variant("v1", 4).variant("v0", 2);
    IntStream.range(0, 1000)
        .forEach(i -> assertEquals(of("hero", 1, 2).assigned("u" + i), other.assigned("u"
            + i)));
  }

  @Test
  void anotherSecretIsAnotherSplit() {
    Experiment keyed = of("hero", 1, 1).keyed(SECRET);
    byte[] changed = SECRET.clone();
    changed[0]++;
    Experiment other = of("hero", 1, 1).keyed(changed);
    long same = IntStream.range(0, 10_000)
        .filter(i -> keyed.assigned("u" + i).equals(other.assigned("u" + i)))
        .count();
    assertEquals(5000.0, (double) same, 250.0, "five standard deviations");
    assertNotEquals(10_000, same);
    assertEquals(keyed.assigned("ann"), of("hero", 1, 1).keyed(SECRET).assigned("ann"));
    assertThrows(IllegalArgumentException.class, () -> of("hero", 1).keyed(new byte[15]));
  }
}
