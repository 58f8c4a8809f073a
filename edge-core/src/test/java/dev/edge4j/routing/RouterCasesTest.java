package dev.edge4j.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.edge4j.routing.ReferenceMatcher.Answer;
import dev.edge4j.routing.RouterCases.Case;
import dev.edge4j.routing.RouterCases.Difference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The table and its reference answer what Hono 4.13.19 answers, but for the differences listed with their reasons in
 * {@code router-differences.json}.
 */
class RouterCasesTest {
  private final List<Difference> differences = RouterCases.differences();

  RouterCasesTest() throws Exception {}

  @Test
  void theProbesAreThere() throws Exception {
    assertEquals(410, RouterCases.probes().size());
  }

  @TestFactory
  Stream<DynamicTest> answersOurProbes() throws Exception {
    return RouterCases.probes().stream().map(request -> dynamicTest(request.toString(), () -> check(request)));
  }

  @TestFactory
  Stream<DynamicTest> answersTheRecordedSuite() throws Exception {
    Optional<List<Case>> suite = RouterCases.suite();
    if (suite.isEmpty()) {
      System.out.println(RouterCases.SUITE + " is not at ../shared/cases: only our own cases are checked");
    }
    return suite.stream().flatMap(List::stream).map(request -> dynamicTest(request.toString(), () -> check(request)));
  }

  @TestFactory
  Stream<DynamicTest> everyDifferenceIsStillOne() throws Exception {
    List<Case> cases = Stream.concat(RouterCases.probes().stream(), RouterCases.suite().stream().flatMap(List::stream))
        .toList();
    return differences.stream()
        .filter(difference -> cases.stream().anyMatch(request -> request.file().equals(difference.file())))
        .map(difference -> dynamicTest(difference.toString(), () -> {
          assertFalse(difference.reason().isBlank());
          var about = cases.stream().filter(difference::isAbout).toList();
          assertEquals(1, about.size(), "requests of this table, method and path");
          assertNotEquals(about.getFirst().expect(), difference.ours(), "what is expected anyway");
        }));
  }

  private void check(Case request) {
    List<Answer> expect = differences.stream()
        .filter(difference -> difference.isAbout(request))
        .map(Difference::ours)
        .findAny()
        .orElse(request.expect());
    assertEquals(expect, Tables.match(request.rules(), request.method(), request.path()), "compiled table");
    assertEquals(expect, ReferenceMatcher.match(request.rules(), request.method(), request.path()), "reference");
  }
}
