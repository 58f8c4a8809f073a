package dev.edge4j.data.mesh.config;

import dev.edge4j.data.StoreLimits;
import dev.edge4j.resilience.BreakerOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What a mesh file says of how much a store is asked at once, and when it is left alone: {@code limits} in its section. */
final class LimitsSection {
  static final String KEY = "limits";
  private static final Set<String> LIMITS = Set.of("concurrent", "waiting", "longestWait", "breaker");
  private static final Set<String> BREAKER = Set.of("window", "minCalls", "failureRate", "slowCall", "slowRate", "open",
      "longestOpen", "probes");

  private LimitsSection() {}

  /** Reads it wholly; empty if the store has none of its own. What is not said is as {@link StoreLimits#defaults} has it. */
  static Optional<StoreLimits> of(ConfigSection store) {
    return store.section(KEY).map(LimitsSection::limits);
  }

  private static StoreLimits limits(ConfigSection values) {
    values.allow(LIMITS);
    StoreLimits defaults = StoreLimits.defaults();
    return new StoreLimits(atLeastOne(values, "concurrent", defaults.concurrent()),
        values.integer("waiting", defaults.waiting()), values.duration("longestWait", defaults.longestWait()),
        values.section("breaker").map(section -> breaker(section, defaults.breaker())).orElse(defaults.breaker()));
  }

  private static BreakerOptions breaker(ConfigSection values, BreakerOptions defaults) {
    values.allow(BREAKER);
    Duration open = values.duration("open", defaults.open());
    boolean longer = open.compareTo(defaults.longestOpen()) > 0;
    Duration longestOpen = values.duration("longestOpen", longer ? open : defaults.longestOpen());
    if (longestOpen.compareTo(open) < 0) {
      throw values.wrong("longestOpen", "at least as long as open");
    }
    return new BreakerOptions(values.duration("window", defaults.window()),
        atLeastOne(values, "minCalls", defaults.minCalls()), values.rate("failureRate", defaults.failureRate()),
        values.duration("slowCall", defaults.slowCall()), values.rate("slowRate", defaults.slowRate()), open,
        longestOpen, atLeastOne(values, "probes", defaults.probes()));
  }

  private static int atLeastOne(ConfigSection values, String key, int fallback) {
    int given = values.integer(key, fallback);
    if (given < 1) {
      throw values.wrong(key, "1 or more");
    }
    return given;
  }
}
