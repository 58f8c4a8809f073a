package dev.edge4j;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.edge4j.support.Aside;
import dev.edge4j.support.OurClasses;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each room of edge-core knows the rooms below it and no others, and a library stays in the room that is built on it. */
@Aside
class FloorsTest {
  private static final String HOUSE = "dev.edge4j";

  /** What a user types every day: the root package itself. */
  private static final String ROOT = "";

  /** Room by room, what it may import besides itself. A room that is not here yet is no error; a room without a line is. */
  private static final Map<String, Set<String>> KNOWS = Map.ofEntries(
      Map.entry(ROOT, Set.of("http", "routing", "kv", "json", "log")),
      Map.entry("check", Set.of(ROOT)),
      Map.entry("http", Set.of()),
      Map.entry("jobs", Set.of(ROOT, "client", "http", "json", "log", "middleware")),
      Map.entry("json", Set.of()),
      Map.entry("kv", Set.of("json")),
      Map.entry("log", Set.of()),
      Map.entry("observe", Set.of(ROOT, "http", "json", "middleware", "resilience", "server")),
      Map.entry("resilience", Set.of()),
      Map.entry("routing", Set.of("http")),
      Map.entry("middleware", Set.of(ROOT, "client", "http", "json", "kv", "resilience")),
      Map.entry("env", Set.of()),
      Map.entry("server", Set.of(ROOT, "http", "log", "wire")),
      Map.entry("client", Set.of(ROOT, "http", "resilience", "wire")),
      Map.entry("proxy", Set.of(ROOT, "client", "http", "resilience", "wire")),
      Map.entry("wire", Set.of("http")),
      Map.entry("testing", Set.of(ROOT, "http", "json", "server", "client", "wire")));

  private static final Set<String> INTERNAL = Set.of("dev.edge4j.server.channel", "dev.edge4j.server.http1",
      "dev.edge4j.server.http2", "dev.edge4j.server.lanes", "dev.edge4j.server.websocket", "dev.edge4j.server.wire",
      "dev.edge4j.wire");

  private static final JavaClasses OURS = OurClasses.ALL;

  static Stream<String> rooms() {
    return KNOWS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aRoomKnowsWhatItsLineSays(String room) {
    Set<String> known = KNOWS.getOrDefault(room, Set.of());
    classes().that(describe("are in room \"" + room + "\"", type -> isOurs(type) && room(type).equals(room)))
        .should()
        .onlyDependOnClassesThat(describe("are in it, in " + known + " or in a library",
            type -> !isOurs(type) || room(type).equals(room) || known.contains(room(type))))
        .allowEmptyShould(true)
        .check(OURS);
  }

  @Test
  void everyPackageIsInARoomOfTheTable() {
    assertTrue(OURS.contain(dev.edge4j.http.Response.class));
    noClasses().should(be(describe("in a package without a line", type -> !KNOWS.containsKey(room(type))))).check(OURS);
  }

  @Test
  void aLibraryStaysInItsRoom() {
    only("io.netty..", "server", "client");
    only("tools.jackson..", "json");
    only("com.fasterxml.jackson..", "json");
    only("com.maxmind.db..", "middleware");
    only("io.jsonwebtoken..", "middleware");
    only("io.micrometer..", "observe");
    only("io.opentelemetry..", "observe");
    only("jakarta.validation..", "check");
  }

  private static void only(String library, String... rooms) {
    Set<String> allowed = Set.of(rooms);
    noClasses().that(describe("are outside of " + allowed, type -> !allowed.contains(room(type))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(OURS);
  }

  @Test
  void nettyIsInNoPublicSignature() {
    DescribedPredicate<JavaClass> netty = resideInAPackage("io.netty..");
    methods().that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .and()
        .areDeclaredInClassesThat(describe("are exported", FloorsTest::isExported))
        .should()
        .notHaveRawReturnType(netty)
        .andShould()
        .notHaveRawParameterTypes(describe("with a Netty type", types -> types.stream().anyMatch(netty)))
        .check(OURS);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().assignedFrom(new Packages()).should().beFreeOfCycles().check(OURS);
  }

  /** A slice for each package, the root one included, which a pattern cannot say. */
  private static final class Packages implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return isOurs(type) ? SliceIdentifier.of(type.getPackageName()) : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "packages of edge-core";
    }
  }

  /** What the module does not export may show Netty's types to its neighbours. */
  private static boolean isExported(JavaClass type) {
    return !INTERNAL.contains(type.getPackageName());
  }

  private static boolean isOurs(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(HOUSE) || name.startsWith(HOUSE + ".");
  }

  /** The first part of the package's name after ours: {@code dev.edge4j.server.http2} is in room {@code server}. */
  private static String room(JavaClass type) {
    String name = type.getPackageName();
    if (!name.startsWith(HOUSE + ".")) {
      return ROOT;
    }
    int end = name.indexOf('.', HOUSE.length() + 1);
    return name.substring(HOUSE.length() + 1, end < 0 ? name.length() : end);
  }
}
