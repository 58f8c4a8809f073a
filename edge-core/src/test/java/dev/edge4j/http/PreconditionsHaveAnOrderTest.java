package dev.edge4j.http;

import static dev.edge4j.http.Preconditions.Outcome.FAILED;
import static dev.edge4j.http.Preconditions.Outcome.NOT_MODIFIED;
import static dev.edge4j.http.Preconditions.Outcome.PROCEED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every combination of conditions comes to what the table of RFC 9110 section 13.2.2 says, read here step by step. */
class PreconditionsHaveAnOrderTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final Instant CHANGED = Instant.parse("2026-10-01T00:00:00Z");
  private static final String BEFORE = HttpDate.format(CHANGED.minusSeconds(1));
  private static final String SAME = HttpDate.format(CHANGED);
  private static final String AFTER = HttpDate.format(CHANGED.plusSeconds(1));

  /** What each value of a list of tags means against strong "a", weak "a", no tag at all: strong match, weak match. */
  private static final List<String> TAGS = List.of("", "\"a\"", "W/\"a\"", "\"b\"", "\"b\", \"a\"", "*", "garbage",
      "\"a");
  private static final List<String> DATES = List.of("", BEFORE, SAME, AFTER, "yesterday");
  private static final List<Method> METHODS = List.of(Method.GET, Method.HEAD, Method.PUT);

  /** States of the resource: its tag ("" for none, "-" if it does not exist), and whether its time of change is known. */
  private record State(String tag, boolean dated) {
    Optional<Validators> validators() {
      return tag.equals("-") ? Optional.empty()
          : Optional.of(new Validators(EntityTag.parse(tag), dated ? Optional.of(CHANGED) : Optional.empty()));
    }

    boolean exists() {
      return !tag.equals("-");
    }
  }

  private static final List<State> STATES = List.of(new State("\"a\"", true), new State("\"a\"", false), new State(
      "W/\"a\"", true), new State("", true), new State("", false), new State("-", false));

  @Test
  void everyCombination() {
    int cases = 0;
    for (String match : TAGS) {
      for (String unmodified : DATES) {
        for (String noneMatch : TAGS) {
          for (String modified : DATES) {
            for (Method method : METHODS) {
              for (State state : STATES) {
                Map<String, String> fields = Map.of("If-Match", match, "If-Unmodified-Since", unmodified,
                    "If-None-Match", noneMatch, "If-Modified-Since", modified);
                assertEquals(model(fields, method, state), Preconditions.of(method, headers(fields), NOW)
                    .evaluate(state.validators()), () -> method + " " + fields + " of " + state);
                cases++;
              }
            }
          }
        }
      }
    }
    assertEquals(TAGS.size() * TAGS.size() * DATES.size() * DATES.size() * METHODS.size() * STATES.size(), cases);
  }

  /** The five steps of the section, word for word. */
  private static Preconditions.Outcome model(Map<String, String> fields, Method method, State state) {
    boolean get = method.equals(Method.GET) || method.equals(Method.HEAD);
    String match = fields.getOrDefault("If-Match", "");
    String unmodified = fields.getOrDefault("If-Unmodified-Since", "");
    String noneMatch = fields.getOrDefault("If-None-Match", "");
    String modified = fields.getOrDefault("If-Modified-Since", "");
    // 1. and 2.
    if (!match.isEmpty()) {
      if (!contains(match, state, true)) {
        return FAILED;
      }
    } else if (unmodified.equals(BEFORE) && state.dated) {
      return FAILED;
    }
    // 3. and 4.
    if (!noneMatch.isEmpty()) {
      if (contains(noneMatch, state, false)) {
        return get ? NOT_MODIFIED : FAILED;
      }
    } else if (get && state.dated && (modified.equals(SAME) || modified.equals(AFTER))) {
      return NOT_MODIFIED;
    }
    return PROCEED;
  }

  private static boolean contains(String list, State state, boolean strongly) {
    return switch (list) {
      case "*" -> state.exists();
      case "\"a\"", "\"b\", \"a\"" -> state.tag.equals("\"a\"") || (!strongly && state.tag.equals("W/\"a\""));
      case "W/\"a\"" -> !strongly && state.tag.endsWith("\"a\"");
      default -> false;
    };
  }

  private static Headers headers(Map<String, String> fields) {
    Headers.Builder headers = Headers.builder();
    fields.forEach((name, value) -> {
      if (!value.isEmpty()) {
        headers.add(name, value);
      }
    });
    return headers.build();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", value = {"-|true", "\"a\"|true", "W/\"a\"|false", "\"b\"|false",
      "Thu, 01 Oct 2026 00:00:00 GMT|true", "Thu, 01 Oct 2026 00:00:01 GMT|false",
      "Wed, 30 Sep 2026 23:59:59 GMT|false",
      "yesterday|false", "*|false"})
  void aRangeCountsForTheVersionItWasMeantFor(String validator, boolean counts) {
    Headers headers = validator == null ? Headers.empty() : Headers.of("If-Range", validator);
    assertEquals(counts, Preconditions.of(Method.GET, headers, NOW)
        .rangeCounts(Validators.of(EntityTag.strong("a"), CHANGED)));
  }

  @Test
  void weakTagsAndFreshDatesAreNoStrongValidators() {
    Headers tag = Headers.of("If-Range", "W/\"a\"");
    assertEquals(false, Preconditions.of(Method.GET, tag, NOW).rangeCounts(Validators.of(EntityTag.weak("a"))));
    Instant fresh = NOW.minusSeconds(10);
    Headers date = Headers.of("If-Range", HttpDate.format(fresh));
    assertEquals(false, Preconditions.of(Method.GET, date, NOW).rangeCounts(Validators.of(fresh)));
    assertEquals(true, Preconditions.of(Method.GET, date, NOW.plusSeconds(60)).rangeCounts(Validators.of(fresh)));
  }

  @Test
  void aDateThatStandsTwiceIsPassedOver() {
    Headers twice = Headers.of("If-Modified-Since", SAME, "If-Modified-Since", SAME);
    assertEquals(PROCEED, Preconditions.of(Method.GET, twice, NOW).evaluate(Optional.of(Validators.of(CHANGED))));
  }
}
