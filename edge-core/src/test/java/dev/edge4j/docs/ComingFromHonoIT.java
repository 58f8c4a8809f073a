package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/coming-from-hono.md leaves no row out, and every test that it names ran in this build and passed. */
class ComingFromHonoIT {
  /** Members of the application, facts of dispatch, patterns, engines, what users suffer from, advisories. */
  private static final List<String> IDS = Stream.of(numbered("A", 13), numbered("D", 10), numbered("R", 15),
      Stream.of("2.1", "2.2", "P2", "P3", "P4", "P5", "P6"),
      Stream.of("CVE-2026-22817", "CVE-2026-47673", "CVE-2026-47676", "GHSA-92pp-h63x-v22m", "GHSA-frvp-7c67-39w9",
          "GHSA-m732-5p4w-x69g", "GHSA-q5qw-h33p-qvwr", "GHSA-w332-q679-j88p", "#5266")).flatMap(ids -> ids).toList();

  private static Stream<String> numbered(String letter, int last) {
    return IntStream.rangeClosed(1, last).mapToObj(i -> "%s%02d".formatted(letter, i));
  }

  @Test
  void everyRowIsThereAndItsTestsPassed() throws Exception {
    assumeTrue(System.getProperty("test", "").isEmpty(), "only some of the tests were asked for");
    Path page = Document.house().resolve("docs/coming-from-hono.md");
    Path reports = Path.of(System.getProperty("basedir", "")).resolve("target/surefire-reports");
    Instant start = Instant.parse(System.getProperty("edge4j.build.start", Instant.EPOCH.toString()));
    Promises promises = Promises.read(Files.readAllLines(page));
    assertEquals("", String.join("\n", promises.problems(IDS, TestReports.read(reports, start))));
  }
}
