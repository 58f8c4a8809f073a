package dev.edge4j.routing;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.Request;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No path can make the expression of a route go on without end, whatever the expression. */
class ExpressionsAreBoundedTest {
  private static RouteTable<String> table(String pattern) {
    return RouteTable.<String>builder().add("GET", PathPattern.parse(pattern), "h").build();
  }

  /** The classic expressions that go back and forth exponentially, or once down the stack for each character. */
  @ParameterizedTest
  @ValueSource(strings = {"(a+)+", "([a-z]+)*", "(a|aa)+", "(a|a?)+", "(.*a){20}", "(a*)*b", "(x|y|a)*z", "(.|a)+q"})
  void inLinearTimeWhereThatIsPossible(String regex) {
    String value = "a".repeat(8_000) + "!";
    assertTimeoutPreemptively(ofSeconds(20), () -> {
      table("/:x{" + regex + "}").find("GET", "/" + value);
      table("/:x{" + regex + "}/tail").find("GET", "/" + value + "/tail");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"(?=a)(a+)+b", "(a+)+\\1b", "(?!b)(a|aa)+b"})
  void byCountingWhereItIsNot(String regex) {
    var table = table("/:x{" + regex + "}");
    assertTimeoutPreemptively(ofSeconds(20), () -> {
      try {
        assertFalse(table.find("GET", "/" + "a".repeat(60)).isPresent());
      } catch (BadRequestException e) {
        assertTrue(String.valueOf(e.getMessage()).contains("too long"));
      }
      assertThrows(BadRequestException.class, () -> table.find("GET", "/" + "a".repeat(100_000)));
    });
    assertFalse(table.find("GET", "/c").isPresent());
  }

  @Test
  void groupsInGroupsDoNotEndInTheStack() throws Exception {
    var table = table("/:x{(?=a)((a|)*)*c}");
    var lookup = new FutureTask<>(() -> table.find("GET", "/" + "a".repeat(990)));
    new Thread(null, lookup, "little stack", 256 * 1024).start();
    var e = assertThrows(ExecutionException.class, lookup::get);
    assertInstanceOf(BadRequestException.class, e.getCause());
  }

  @Test
  void lookAroundWorks() {
    assertTrue(table("/p/:n{(?!admin)[a-z]+}").find("GET", "/p/bob").isPresent());
    assertFalse(table("/p/:n{(?!admin)[a-z]+}").find("GET", "/p/admin").isPresent());
  }

  @Test
  void manySlashesAreNotTriedWithoutEnd() {
    var table = table("/:a{(?:[a-z]|/)+}/:b{(?:[a-z]|/)+}/:c{(?:[a-z]|/)+}/end");
    assertTrue(table.find("GET", "/a/b/c/d/end").isPresent());
    assertTimeoutPreemptively(ofSeconds(20),
        () -> assertThrows(BadRequestException.class, () -> table.find("GET", "/x".repeat(4_000))));
  }

  @Test
  void theClientIsToldInsideTheMiddleware() {
    var app = new App();
    app.use((_, next) -> next.proceed().withHeader("Seen", "yes"));
    app.use("/:a{(?:[a-z]|/)+}/:b{(?:[a-z]|/)+}/guard", (_, next) -> next.proceed());
    app.get("/:a{(?:[a-z]|/)+}/:b{(?:[a-z]|/)+}/end", c -> c.text("x"));
    app.get("/*", c -> c.text("any"));
    var refused = app.request(Request.get("/x".repeat(4_000)));
    assertEquals(400, refused.status());
    assertEquals("x", app.request("/a/b/end").text());
    assertTrue(refused.text().contains("too many slashes"), refused.text());
    assertEquals("any", app.request("/short").text());
  }

  /** What is looked at directly means the same as it does to the engines. */
  @Property(tries = 3_000)
  void aRunOfCharactersMeansWhatTheEnginesSay(@ForAll("runs") String regex, @ForAll("values") String value) {
    var expression = Expression.compile(regex);
    boolean expected = Pattern.compile(regex, Pattern.DOTALL).matcher(value).matches();
    assertEquals(com.google.re2j.Pattern.matches(regex, value), expression.matches(value, 0, value.length()), regex);
    assertEquals(expected, expression.matches("<" + value + ">", 1, value.length() + 1), regex);
    if (expected && value.contains("/")) {
      assertTrue(expression.mayHoldSlash());
    }
  }

  @Provide
  Arbitrary<String> runs() {
    Arbitrary<String> sets = Arbitraries.of(".", "\\d", "\\w", "[a-c]", "[^/]", "[^a]", "[\\w-]", "[a\\-z]", "[/a]",
        "[+-9]",
        "[^\\d/]", "[_.~]", "[a-]", "[-a]", "[\\]a]", "[\\\\a]");
    Arbitrary<String> times = Arbitraries.of("", "+", "*", "+?", "*?", "{2}", "{1,}", "{0,3}", "{2,3}");
    return sets.flatMap(set -> times.map(t -> set + t));
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.strings()
        .withChars("abz19_-./~\\]é+")
        .withChars('\uD83D', '\uDE00')
        .ofMaxLength(5)
        .filter(value -> value.equals(new String(value.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            java.nio.charset.StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({"[0-9]+,false", "\\d{4}-\\d{2},false", "en|ja,false", "(?:a|b),false", "[^/]+\\.js,false",
      "[a-z0-9]+,false",
      ".+,true", ".+\\.js,true", "[^a]+,true", "a/b,true", "[a-z/]+,true", "[+-9]x,true", "\\S+x,true", "\\x2Fx,true",
      "(?!a)b,true", "[[:punct:]]x,true"})
  void itIsKnownWhetherASlashIsPossible(String regex, boolean may) {
    assertEquals(may, Expression.compile(regex).mayHoldSlash());
  }
}
