package dev.edge4j.examples.conformance;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.examples.conformance.CacheTests.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The tests of cache-tests.fyi, in the version that is on npm, against the caching proxy. Counted as that site counts: those for browsers alone and the suite of
 * Surrogate-Control, which needs a draft that nobody else follows, are left out, and a test does not pass if one that it depends on has not. That gives the 157
 * required and 86 optimal ones by which published results are 93 and 50 (nginx), 105 and 40 (Varnish), 118 and 59 (Apache), 118 and 55 (Traffic Server).
 *
 * <p>What fails is listed in {@code known-failures.txt} with the reason: anything else that fails is an error, and so is what is listed there and passes.
 */
@Timeout(240)
class HttpCacheTestsIT {
  private static final Path KNOWN = Path.of(System.getProperty("basedir", ""), "src/test/resources/http-cache-tests",
      "known-failures.txt");
  private static final int REQUIRED = 150;
  private static final int OPTIMAL = 80;

  @Test
  void theProxyPassesAllButWhatIsKnown() throws Exception {
    Map<String, String> known = known();
    try (CacheTests tests = CacheTests.start();
        ConformanceProcess process = ConformanceProcess.start("--port=0", "--origin=" + tests.origin())) {
      List<Result> results = tests.run(base(process));
      if (!surprises(results, known).isEmpty()) {
        // Its clocks are of two and three seconds: what a busy machine made late passes now.
        results = better(results, tests.run(base(process)));
      }
      check(results, known);
    }
  }

  private static String base(ConformanceProcess process) {
    String address = process.cache("/").toString();
    return address.substring(0, address.length() - 1);
  }

  private static void check(List<Result> results, Map<String, String> known) {
    List<Result> failed = results.stream().filter(HttpCacheTestsIT::counts).filter(r -> !r.passed()).toList();
    String told = failed.stream().map(Result::toString).collect(Collectors.joining("\n", "\n", "\n"));
    System.out.println("http-cache-tests: " + List.of("required", "optimal", "check")
        .stream()
        .map(kind -> kind + " " + passed(results, kind) + " of " + all(results, kind))
        .collect(Collectors.joining(", ")));
    assertAll(() -> assertEquals(157, all(results, "required")), () -> assertEquals(86, all(results, "optimal")),
        () -> assertEquals(List.of(), surprises(results, known), "unlike known-failures.txt; all that failed:" + told),
        () -> assertTrue(passed(results, "required") >= REQUIRED, "required: " + passed(results, "required") + told),
        () -> assertTrue(passed(results, "optimal") >= OPTIMAL, "optimal: " + passed(results, "optimal") + told));
  }

  private static boolean counts(Result result) {
    return !result.kind().equals("check");
  }

  private static List<String> surprises(List<Result> results, Map<String, String> known) {
    return results.stream()
        .filter(HttpCacheTestsIT::counts)
        .filter(r -> r.passed() == known.containsKey(r.id()))
        .map(r -> r.passed() ? "passes, but is listed: " + r.id() : r.toString())
        .toList();
  }

  private static List<Result> better(List<Result> first, List<Result> second) {
    Map<String, Result> again = second.stream().collect(Collectors.toMap(Result::id, r -> r));
    return first.stream().map(r -> r.passed() ? r : again.get(r.id())).toList();
  }

  private static long passed(List<Result> results, String kind) {
    return count(results, r -> r.kind().equals(kind) && r.passed());
  }

  private static long all(List<Result> results, String kind) {
    return count(results, r -> r.kind().equals(kind));
  }

  private static long count(List<Result> results, Predicate<Result> which) {
    return results.stream().filter(which).count();
  }

  /** Lines of an id and a reason. */
  private static Map<String, String> known() throws IOException {
    Map<String, String> known = new TreeMap<>();
    for (String line : Files.readAllLines(KNOWN)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split(" ", 2);
        assertEquals(2, parts.length, line + " (expected: an id and a reason)");
        known.put(parts[0], parts[1]);
      }
    }
    return known;
  }
}
