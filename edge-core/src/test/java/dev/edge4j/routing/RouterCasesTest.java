package dev.edge4j.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.edge4j.routing.ReferenceMatcher.Answer;
import dev.edge4j.routing.ReferenceMatcher.Rule;
import dev.edge4j.routing.RouterCases.Case;
import dev.edge4j.routing.RouterCases.Difference;
import dev.edge4j.routing.RouterCases.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The table and its reference answer what Hono 4.13.19 answers, but for the differences listed by shape in
 * {@code router-differences.json}.
 */
class RouterCasesTest {
  /** The shapes that docs/decisions/0012 names, in its words, with how a pattern of each looks. */
  private static final Map<String, Pattern> SHAPES = Map.of("text around a parameter",
      Pattern.compile(".*([^/]:\\w|:\\w+([.]|-:)|}[^/?]).*"), "two parameters of one name",
      Pattern.compile(".*:(\\w+)(/.*)?/:\\1(/.*)?"), "an optional one in the middle", Pattern.compile(".*:\\w+\\?/.*"),
      "a star beside text", Pattern.compile(".*([^/]\\*.+|\\*[^/].*)"));

  private final List<Shape> shapes = RouterCases.shapes();
  private final List<Difference> differences = shapes.stream().flatMap(shape -> shape.differences().stream()).toList();

  RouterCasesTest() throws Exception {}

  @Test
  void theProbesAreThere() throws Exception {
    assertEquals(410, RouterCases.probes().size());
  }

  @Test
  void onlyTheShapesOfTheDecisionDiffer() throws Exception {
    Path house = Path.of(System.getProperty("edge4j.house", ".."));
    String decision = Files.readString(house.resolve("docs/decisions/0012-pattern-language.md"))
        .replaceAll("\\s+", " ");
    assertEquals(SHAPES.size(), shapes.size());
    for (Shape shape : shapes) {
      assertTrue(SHAPES.containsKey(shape.name()), shape.name());
      assertTrue(decision.contains(shape.name()), shape.name() + " is not in the decision");
      assertFalse(shape.reason().isBlank());
    }
    System.out.println("differences from Hono: " + differences.size() + " requests of " + shapes.size() + " shapes");
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
          var about = cases.stream().filter(difference::isAbout).toList();
          assertEquals(1, about.size(), "requests of this table, method and path");
          assertNotEquals(Optional.of(about.getFirst().expect()), difference.ours(), "what is expected anyway");
          assertTrue(about.getFirst().rules().stream().anyMatch(rule -> hasShape(rule, difference.shape())),
              "a pattern of the shape: " + difference.shape());
        }));
  }

  private static boolean hasShape(Rule rule, String name) {
    Pattern shape = SHAPES.get(name);
    return shape != null && shape.matcher(rule.pattern()).matches();
  }

  private void check(Case request) {
    Optional<Difference> difference = differences.stream().filter(each -> each.isAbout(request)).findAny();
    if (difference.isPresent() && difference.get().ours().isEmpty()) {
      assertThrows(PatternException.class, () -> Tables.of(request.rules()));
      assertTrue(request.rules().stream().anyMatch(rule -> ReferenceMatcher.refusal(rule.pattern()).isPresent()));
      return;
    }
    List<Answer> expect = difference.flatMap(Difference::ours).orElse(request.expect());
    assertEquals(expect, Tables.match(request.rules(), request.method(), request.path()), "compiled table");
    assertEquals(expect, ReferenceMatcher.match(request.rules(), request.method(), request.path()), "reference");
  }
}
