package dev.edge4j.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.support.Aside;
import dev.edge4j.support.LongRun;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On every table and request, the compiled table answers what the reference answers: values, order and parameters. */
@Aside
class ReferenceAgreementTest {
  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void answersAsTheReference() {
    long seed = LongRun.isOn() ? System.nanoTime() : 12;
    int tables = LongRun.tries(10_000, 1_000_000);
    Map<String, Integer> seen = Agreement.check(seed, tables);
    System.out.println("random tables: " + tables + " from seed " + seed + ", seen: " + seen);
    for (String what : new String[]{"answers 1", "answers 3", "parameters 1", "parameters 3"}) {
      assertTrue(seen.getOrDefault(what, 0) > tables / 10, what);
    }
    int pairs = seen.entrySet()
        .stream()
        .filter(e -> e.getKey().startsWith("overlap"))
        .mapToInt(Map.Entry::getValue)
        .sum();
    for (Overlap overlap : Overlap.values()) {
      assertTrue(seen.getOrDefault("overlap " + overlap, 0) > pairs / 50, overlap.toString());
    }
  }

  @Property(tries = 20_000)
  void refusesWhatTheReferenceRefuses(@ForAll("scribbles") String pattern, @ForAll("paths") String anyPath) {
    if (ReferenceScribbles.isUnclear(pattern)) {
      Statistics.label("scribbles").collect("unclear");
      return;
    }
    String path = anyPath.length() % 2 == 0 ? anyPath : ReferenceScribbles.path(pattern);
    Optional<String> refusal = ReferenceMatcher.refusal(pattern);
    Optional<PathPattern> parsed;
    try {
      parsed = Optional.of(PathPattern.parse(pattern));
    } catch (PatternException e) {
      parsed = Optional.empty();
    }
    assertEquals(refusal, parsed.isPresent() ? Optional.empty() : Optional.of(refusal.orElse("not at all")));
    boolean matches = parsed.isPresent() && parsed.get().matches(path);
    if (matches) {
      assertEquals(ReferencePattern.of(pattern).params(path).map(Map::toString), Optional.of(parsed.get()
          .params(path)
          .toMap()
          .toString()));
    }
    assertEquals(parsed.isPresent() && ReferencePattern.of(pattern).matches(path), matches);
    Statistics.label("scribbles").collect(parsed.isPresent() ? "read" : "refused");
    Statistics.label("scribbles").coverage(c -> c.check("read").percentage(p -> p > 20));
    Statistics.label("scribbles").coverage(c -> c.check("refused").percentage(p -> p > 20));
    Statistics.label("scribbles").coverage(c -> c.check("unclear").percentage(p -> p < 10));
    Statistics.label("matches").collect(matches);
    Statistics.label("matches").coverage(c -> c.check(true).percentage(p -> p > 5));
  }

  @Provide
  Arbitrary<String> scribbles() {
    return Arbitraries.randoms().map(ReferenceScribbles::scribble);
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.randoms().map(random -> {
      RandomTables tables = new RandomTables(random);
      return tables.path(tables.patterns(1));
    });
  }
}
