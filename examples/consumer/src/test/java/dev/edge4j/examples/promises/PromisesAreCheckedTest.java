package dev.edge4j.examples.promises;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.examples.promises.TestReports.Outcome;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row without a test that ran and passed is found, whatever Surefire calls the test. */
class PromisesAreCheckedTest {
  private static final String REPORT = """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuite name="a.b.CTest" tests="11">
        <properties><property name="x" value="y"/></properties>
        <testcase name="plain" classname="a.b.CTest" time="0.1"/>
        <testcase name="each(String, int)[1]" classname="a.b.CTest" time="0.1"/>
        <testcase name="each(String, int)[2]" classname="a.b.CTest" time="0.1"/>
        <testcase name="factory()[1]" classname="a.b.CTest" time="0.1"/>
        <testcase name="factory()[2]" classname="a.b.CTest"><failure message="m" type="t">at x</failure></testcase>
        <testcase name="later" classname="a.b.CTest"><skipped message="not today"/><system-out>x</system-out></testcase>
        <testcase name="broken" classname="a.b.CTest"><error type="t"/></testcase>
        <testcase name="property" classname="DTest"/>
        <testcase name="inner" classname="a.b.CTest$Nested"/>
        <testcase name="everyTime" classname="a.b.ETest[1]"/>
        <testcase name="everyTime" classname="a.b.ETest[2]"><failure message="m" type="t">at x</failure></testcase>
        <testcase name="always" classname="a.b.ETest[2]"/>
      </testsuite>
      """;
  private static final Map<String, Outcome> OUTCOMES = Map.of("CTest#plain", Outcome.PASSED, "CTest#each",
      Outcome.PASSED, "CTest#factory", Outcome.FAILED, "CTest#later", Outcome.SKIPPED, "CTest#broken", Outcome.FAILED,
      "DTest#property", Outcome.PASSED, "CTest$Nested#inner", Outcome.PASSED, "ETest#everyTime", Outcome.FAILED,
      "ETest#always", Outcome.PASSED);

  private static List<String> problems(String verdict, String tests) {
    return Promises.read(List.of("| id | in Hono | here | what | test |", "|---|---|---|---|---|",
        "| A01 | `{en\\|ja}` | x | " + verdict + " | " + tests + " |")).problems(List.of("A01"), OUTCOMES);
  }

  @Test
  void reportsAreReadAsSurefireWritesThem() throws Exception {
    assertEquals(OUTCOMES, TestReports.read(new ByteArrayInputStream(REPORT.getBytes(UTF_8))));
  }

  @Test
  void reportsOfAnotherBuildDoNotCount(@TempDir Path folder) throws Exception {
    Path report = Files.writeString(folder.resolve("TEST-a.b.CTest.xml"), REPORT);
    Files.writeString(folder.resolve("a.b.CTest.txt"), "not this one");
    Instant start = Instant.parse("2026-11-01T00:00:00Z");
    Files.setLastModifiedTime(report, FileTime.from(start));
    assertEquals(OUTCOMES, TestReports.read(folder, start));
    assertEquals(Map.of(), TestReports.read(folder, start.plusSeconds(1)));
    assertEquals(Map.of(), TestReports.read(folder.resolve("none"), start));
  }

  @Test
  void aRowWhoseTestsPassedIsFine() {
    assertEquals(List.of(), problems("there", "`CTest#plain`, `DTest#property`"));
    assertEquals(List.of(), problems("better: faster", "`CTest$Nested#inner`"));
    assertEquals(List.of(), problems("left out: nobody needs it", "none"));
  }

  @Test
  void aTestThatIsUnknownSkippedOrFailedIsNamedWithItsRow() {
    assertEquals(List.of("A01 names CTest#renamed, which did not run"), problems("there", "`CTest#renamed`"));
    assertEquals(List.of("A01 names CTest#later, which was skipped"), problems("there", "`CTest#plain` `CTest#later`"));
    assertEquals(List.of("A01 names CTest#factory, which failed"), problems("better", "`CTest#factory`"));
    assertEquals(List.of("A01 names CTest#broken, which failed"), problems("left out: why", "`CTest#broken`"));
  }

  @Test
  void aRowMustNameATestAndAVerdict() {
    assertEquals(List.of("A01 names no test (expected: `Class#method`)"), problems("there", "yes, really"));
    assertEquals(List.of("A01 says \"maybe\" (expected: there, better or left out)"), problems("maybe",
        "`CTest#plain`"));
  }

  @Test
  void anIdWithoutARowOrWithTwoIsNamed() {
    var promises = Promises.read(List.of("| id | x | what | test |", "|---|---|---|---|",
        "| A01 | x | there | `CTest#plain` |", "| A01 | x | there | `CTest#plain` |", "", "| A02 | no | head | row |",
        "| name | x | y | test |", "| A03 | x | there | `CTest#plain` |"));
    assertEquals(List.of("A02 (expected: a row)", "A03 (expected: a row)", "A01 has several rows (expected: one)"),
        promises.problems(List.of("A01", "A02", "A03"), OUTCOMES));
  }
}
