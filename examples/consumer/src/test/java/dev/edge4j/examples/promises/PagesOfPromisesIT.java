package dev.edge4j.examples.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.edge4j.examples.promises.TestReports.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages for those who come from elsewhere leave no row out, and every test that they name ran in this build, in whatever module, and passed. */
class PagesOfPromisesIT {
  private static final Path HOUSE = Path.of(System.getProperty("edge4j.house", ""));

  /**
   * Members of the application, facts of dispatch, patterns, engines, context, request, middleware, helpers, validator and client, third parties, what users
   * suffer from, advisories.
   */
  private static final List<String> HONO = Stream.of(numbered("A", 13), numbered("D", 10), numbered("R", 15), numbered(
      "C", 9), numbered("Q", 8), numbered("M", 27), numbered("H", 18),
      Stream.of("2.1", "2.2", "7.1", "7.2", "8.1", "8.2", "8.3", "8.4", "8.5", "8.6", "8.7", "8.8", "8.9", "8.10"),
      IntStream.rangeClosed(1, 10).mapToObj(i -> "P" + i),
      Stream.of("CVE-2026-22817", "CVE-2026-22818", "CVE-2026-47673", "CVE-2026-47674", "CVE-2026-47675",
          "CVE-2026-47676", "CVE-2026-54290", "GHSA-6wqw-2p9w-4vw4", "GHSA-92pp-h63x-v22m", "GHSA-92vj-g62v-jqhh",
          "GHSA-9r54-q6cx-xmh5", "GHSA-crvj-82cr-hjcx", "GHSA-frvp-7c67-39w9", "GHSA-g6gw-c38x-mqfc",
          "GHSA-gqvv-2mrq-wpjv", "GHSA-m732-5p4w-x69g", "GHSA-q5qw-h33p-qvwr", "GHSA-q7jf-gf43-6x6p",
          "GHSA-r354-f388-2fhh", "GHSA-w332-q679-j88p", "#5266"))
      .flatMap(ids -> ids)
      .toList();

  /** What durable objects should have, row by row. */
  private static final List<String> DURABLE_OBJECTS = numbered("S", 19).toList();

  private static Stream<String> numbered(String letter, int last) {
    return IntStream.rangeClosed(1, last).mapToObj(i -> "%s%02d".formatted(letter, i));
  }

  @Test
  void comingFromHono() throws Exception {
    assertKept("docs/coming-from-hono.md", HONO);
  }

  @Test
  void comingFromDurableObjects() throws Exception {
    assertKept("docs/coming-from-durable-objects.md", DURABLE_OBJECTS);
  }

  private static void assertKept(String page, List<String> ids) throws Exception {
    assumeTrue(System.getProperty("test", "").isEmpty(), "only some of the tests were asked for");
    Map<String, Outcome> outcomes = new HashMap<>();
    for (Path module : modules()) {
      outcomes.putAll(outcomes(module));
    }
    assumeTrue(!outcomes.isEmpty(), "the other modules are no part of this build");
    Promises promises = Promises.read(Files.readAllLines(HOUSE.resolve(page)));
    assertEquals("", String.join("\n", promises.problems(ids, outcomes)));
  }

  private static List<Path> modules() throws Exception {
    try (Stream<Path> folders = Files.list(HOUSE)) {
      return folders.filter(folder -> folder.getFileName().toString().startsWith("edge-")).toList();
    }
  }

  private static Map<String, Outcome> outcomes(Path module) throws Exception {
    Instant start = Instant.parse(System.getProperty("edge4j.build.start", Instant.EPOCH.toString()));
    Map<String, Outcome> outcomes = new HashMap<>(TestReports.read(module.resolve("target/surefire-reports"), start));
    outcomes.putAll(TestReports.read(module.resolve("target/failsafe-reports"), start));
    return outcomes;
  }
}
