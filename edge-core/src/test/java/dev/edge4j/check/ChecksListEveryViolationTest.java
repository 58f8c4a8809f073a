package dev.edge4j.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.FieldError;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All that is wrong with a record is listed, by the paths of its fields, and nothing else is. */
class ChecksListEveryViolationTest {
  record Line(String sku, int quantity) {}

  record Numbers(int a, int b, List<Integer> more) {}

  private static List<String> paths(List<FieldError> errors) {
    return errors.stream().map(FieldError::field).toList();
  }

  /** The errors of a check are the violations of its fields, whatever the order of its rules. */
  @Property(tries = 200)
  void theOrderOfRulesChangesNothingButTheOrderOfTheList(@ForAll @IntRange(max = 20) int a,
      @ForAll @IntRange(max = 20) int b, @ForAll @Size(max = 5) List<@IntRange(max = 20) Integer> more,
      @ForAll long seed) {
    List<UnaryOperator<Check<Numbers>>> rules = new ArrayList<>(List.of(
        check -> check.that("a", Numbers::a, Rules.between(5, 9)),
        check -> check.that("b", Numbers::b, Rules.atMost(9)),
        check -> check.each("more", Numbers::more, Rules.atLeast(5)),
        check -> check.that("more", Numbers::more, Rules.size(1, 3))));
    Collections.shuffle(rules, new Random(seed));
    Check<Numbers> check = Check.of(Numbers.class);
    for (UnaryOperator<Check<Numbers>> rule : rules) {
      check = rule.apply(check);
    }
    var expected = new HashSet<String>();
    add(expected, "a", a < 5 || a > 9);
    add(expected, "b", b > 9);
    add(expected, "more", more.isEmpty() || more.size() > 3);
    for (int i = 0; i < more.size(); i++) {
      add(expected, "more[" + i + "]", more.get(i) < 5);
    }
    List<FieldError> errors = check.errors(new Numbers(a, b, more));
    assertEquals(expected, new HashSet<>(paths(errors)));
    assertEquals(expected.size(), errors.size());
  }

  private static void add(Set<String> to, String path, boolean wrong) {
    if (wrong) {
      to.add(path);
    }
  }

  @Test
  void severalRulesOfOneFieldAreAllListed() {
    var check = Check.of(Line.class)
        .that("sku", Line::sku, Rules.notBlank(), Rules.pattern("[a-z]+"), Rules.length(3, 5));
    assertEquals(List.of(new FieldError("sku", "must not be blank"), new FieldError("sku", "must match [a-z]+"),
        new FieldError("sku", "must have 3 to 5 characters")), check.errors(new Line(" ", 1)));
  }

  /** Or a list of a megabyte of wrong elements would be answered by many. */
  @Test
  void aHundredViolationsAreEnough() {
    var check = Check.of(Numbers.class)
        .each("more", Numbers::more, Rules.atLeast(5))
        .that("a", Numbers::a, Rules.atLeast(5));
    List<String> paths = paths(check.errors(new Numbers(1, 1, Collections.nCopies(5_000, 1))));
    assertEquals(100, paths.size());
    assertEquals("more[99]", paths.getLast());
  }

  @Test
  void theValueAsAWholeIsAskedToo() {
    var check = Check.of(Line.class)
        .whole("quantity", Rule.of(line -> !line.sku().equals("bulk") || line.quantity() >= 100,
            "must be 100 or more in bulk"));
    assertEquals(List.of("quantity"), paths(check.errors(new Line("bulk", 99))));
    assertEquals(List.of(), check.errors(new Line("bulk", 100)));
  }

  @ParameterizedTest
  @CsvSource({"a@b.de, true", "first.last+tag@sub.example.com, true", "a@b, false", "a@@b.de, false", ".a@b.de, false",
      "a..b@c.de, false", "a@-b.de, false", "a@b.d, false", "'a b@c.de', false", "a@[127.0.0.1], false",
      "x@xn--bcher-kva.example, true", "'a@b.de\n', false"})
  void emailsAreWhatMailProgramsTake(String text, boolean good) {
    assertEquals(good, Rules.email().violation(text).isEmpty());
    assertEquals(Optional.of("must be an email address"), Rules.email().violation("a".repeat(65) + "@b.de"));
  }

  @ParameterizedTest
  @CsvSource({"https://example.com/a?b#c, true", "HTTP://example.com, true", "ftp://example.com, false", "/a, false",
      "javascript:alert(1), false", "http://user@example.com, false", "https:///a, false", "'http://a b', false"})
  void urlsAreOfTheWeb(String text, boolean good) {
    assertEquals(good, Rules.url().violation(text).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"123e4567-e89b-12d3-a456-426614174000, true", "123E4567-E89B-12D3-A456-426614174000, true",
      "1-1-1-1-1, false",
      "'', false"})
  void uuidsAreCanonical(String text, boolean good) {
    assertEquals(good, Rules.uuid().violation(text).isEmpty());
  }

  @Test
  void futureAndPastAreByTheClockThatIsGiven() {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    InstantSource clock = InstantSource.fixed(now);
    assertEquals(Optional.empty(), Rules.future(clock).violation(now.plusNanos(1)));
    assertEquals(Optional.of("must be in the future"), Rules.future(clock).violation(now));
    assertEquals(Optional.empty(), Rules.past(clock).violation(now.minusNanos(1)));
    assertEquals(Optional.of("must be in the past"), Rules.past(clock).violation(now));
  }

  @Test
  void oneOfAndRangesNameWhatTheyExpect() {
    assertEquals(Optional.of("must be one of s, m, l"), Rules.oneOf("s", "m", "l").violation("xl"));
    assertEquals(Optional.of("must be between 1 and 99"), Rules.between(1, 99).violation(0));
    assertEquals(Optional.empty(), Rules.between(1, 99).violation(99));
  }

  @Test
  void badRulesAreRefusedWhenTheyAreMade() {
    assertThrows(IllegalArgumentException.class, () -> Rules.between(2, 1));
    assertThrows(IllegalArgumentException.class, () -> Rules.length(2, 1));
    assertThrows(IllegalArgumentException.class, () -> Rules.size(2, 1));
    assertThrows(IllegalArgumentException.class, () -> Rules.pattern("(a"));
    assertThrows(IllegalArgumentException.class, () -> Rules.pattern("(?=a)"));
  }
}
