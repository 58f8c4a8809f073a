package dev.edge4j.cache.http;

import static dev.edge4j.cache.http.HttpCases.GET;
import static dev.edge4j.cache.http.HttpCases.NOW;
import static dev.edge4j.cache.http.HttpCases.controlled;
import static dev.edge4j.cache.http.HttpCases.request;
import static dev.edge4j.cache.http.HttpCases.response;
import static dev.edge4j.cache.http.HttpCases.stored;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.http.CacheStatus.Forward;
import dev.edge4j.cache.http.Decision.Fetch;
import dev.edge4j.cache.http.Decision.Refuse;
import dev.edge4j.cache.http.Decision.Serve;
import dev.edge4j.cache.http.Decision.Use;
import dev.edge4j.cache.http.Decision.Validate;
import dev.edge4j.http.HttpDate;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 sections 4 and 5.2.1, RFC 5861: what a stored response may answer. */
class WhatIsUsedTest {
  private static final CacheRules RULES = new CacheRules(CachePolicy.EXPLICIT.obey(RequestDirective.all()));
  private static final Fetch URI_MISS = new Fetch(Forward.URI_MISS, Optional.empty());

  private static Decision after(long seconds, Request request, StoredResponse... stored) {
    return RULES.decide(NOW.plusSeconds(seconds), request, List.of(stored));
  }

  private static String word(Decision decision) {
    return switch (decision) {
      case Serve(var _, Use use) -> use.name();
      case Validate(var _, Forward reason, boolean standsIn) -> "validate " + reason + (standsIn ? " or it" : "");
      case Fetch(Forward reason, var reserve) -> "fetch " + reason + (reserve.isPresent() ? " or it" : "");
      case Refuse _ -> "refuse";
    };
  }

  @Test
  void freshThenStaleThenOnlyInNeedThenGone() {
    StoredResponse stored = stored(GET, controlled("max-age=60, stale-while-revalidate=30, stale-if-error=90"));
    assertEquals(new Serve(stored, Use.FRESH), after(59, GET, stored));
    assertEquals(new Serve(stored, Use.WHILE_REVALIDATE), after(60, GET, stored));
    assertEquals(new Serve(stored, Use.WHILE_REVALIDATE), after(89, GET, stored));
    assertEquals(new Fetch(Forward.STALE, Optional.of(stored)), after(90, GET, stored));
    assertEquals(new Fetch(Forward.STALE, Optional.of(stored)), after(149, GET, stored));
    assertEquals(new Fetch(Forward.STALE, Optional.empty()), after(150, GET, stored));
    assertEquals(Optional.of(stored), after(90, GET, stored).standIn());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "max-age=60 | no-cache | 10 | validate REQUEST",
      "max-age=60 | no-store | 10 | fetch REQUEST",
      "max-age=60 | max-age=10 | 10 | FRESH",
      "max-age=60 | max-age=9 | 10 | validate REQUEST or it",
      "max-age=60 | max-age=0 | 1 | validate REQUEST or it",
      "max-age=60 | max-age=600 | 60 | validate STALE",
      "max-age=60, stale-while-revalidate=9 | max-age=600 | 60 | validate STALE",
      "max-age=60 | min-fresh=50 | 10 | FRESH",
      "max-age=60 | min-fresh=51 | 10 | validate REQUEST or it",
      "max-age=60, stale-while-revalidate=9 | min-fresh=0 | 60 | validate STALE",
      "max-age=60 | max-stale=5 | 65 | MAX_STALE",
      "max-age=60 | max-stale=5 | 66 | validate STALE",
      "max-age=60 | max-stale | 99999 | MAX_STALE",
      "max-age=60 | max-stale=soon | 61 | validate STALE",
      "max-age=60 | max-stale, max-age=70 | 71 | validate STALE",
      "max-age=60, must-revalidate | max-stale | 61 | validate STALE",
      "max-age=60, proxy-revalidate | max-stale | 61 | validate STALE",
      "s-maxage=60 | max-stale | 61 | validate STALE",
      "max-age=60, no-cache | max-stale | 1 | validate STALE",
      "max-age=60 | stale-if-error=9 | 65 | validate STALE or it",
      "max-age=60 | stale-if-error=9 | 69 | validate STALE",
      "max-age=60, must-revalidate | stale-if-error=9 | 65 | validate STALE",
      "s-maxage=60, stale-if-error=9 | x | 65 | validate STALE or it",
      "max-age=60, no-cache, stale-if-error=9 | x | 5 | validate STALE",
      "max-age=60, stale-if-error=9 | no-cache | 5 | validate REQUEST",
      "max-age=60 | only-if-cached | 5 | FRESH",
      "max-age=60 | only-if-cached | 60 | refuse",
      "max-age=60 | only-if-cached, max-stale | 60 | MAX_STALE",
      "max-age=60 | only-if-cached, no-cache | 5 | refuse",
      "max-age=60 | only-if-cached, no-store | 5 | refuse",
      "max-age=60 | nothing-to-see-here | 5 | FRESH"})
  void requestDirectives(String said, String asked, long seconds, String decision) {
    StoredResponse stored = stored(GET, response("Cache-Control", said, "ETag", "\"1\""));
    assertEquals(decision, word(after(seconds, request("Cache-Control", asked), stored)));
  }

  @Test
  void whatThePolicyDoesNotObeyIsNotHeard() {
    StoredResponse stored = stored(GET, response("Cache-Control", "max-age=60", "ETag", "\"1\""));
    var deaf = new CacheRules(CachePolicy.EXPLICIT.obey(Set.of()));
    for (String asked : new String[]{"no-cache", "no-store", "max-age=0", "min-fresh=99", "only-if-cached"}) {
      assertEquals("FRESH", word(deaf.decide(NOW, request("Cache-Control", asked, "Pragma", "no-cache"), List.of(
          stored))));
    }
    assertEquals("validate STALE", word(deaf.decide(NOW.plusSeconds(60), request("Cache-Control", "max-stale"), List.of(
        stored))));
    assertEquals("validate STALE", word(new CacheRules(CachePolicy.EXPLICIT).decide(NOW.plusSeconds(60), request(
        "Cache-Control", "max-stale"), List.of(stored))), "not by default");
    assertEquals(URI_MISS, deaf.decide(NOW, request("Cache-Control", "only-if-cached"), List.of()));
  }

  @Test
  void nothingStored() {
    assertEquals(URI_MISS, after(0, GET));
    assertEquals(new Refuse(), after(0, request("Cache-Control", "only-if-cached")));
    assertEquals(504, CacheRules.refusal().status());
  }

  @Test
  void pragmaCountsOnlyWithoutCacheControl() {
    StoredResponse stored = stored(GET, response("Cache-Control", "max-age=60", "Pragma", "no-cache"));
    assertEquals("FRESH", word(after(1, GET, stored)), "in a response it means nothing");
    assertEquals("fetch REQUEST", word(after(1, request("Pragma", "no-cache"), stored)));
    assertEquals("FRESH", word(after(1, request("Pragma", "no-cache", "Cache-Control", "x"), stored)));
    assertEquals("FRESH", word(after(1, request("Pragma", "x"), stored)));
  }

  @Test
  void headIsAnsweredByWhatGetStoredAndNoOtherMethodIs() {
    StoredResponse stored = stored(GET, controlled("max-age=60"));
    assertEquals("FRESH", word(after(0, GET.withMethod(Method.HEAD), stored)));
    assertEquals("fetch METHOD", word(after(0, GET.withMethod(Method.POST), stored)));
    assertEquals("fetch METHOD", word(after(0, GET.withMethod(Method.of("M-SEARCH")), stored)));
  }

  @Test
  void aPartAnswersTheVerySameRangeAlone() {
    CachePolicy parts = CachePolicy.EXPLICIT.parts(true);
    Request asked = request("Range", "bytes=0-4");
    StoredResponse stored = stored(parts, asked, response("Cache-Control", "max-age=60", "Content-Range",
        "bytes 0-4/10",
        "ETag", "\"1\"").withStatus(206));
    assertEquals("FRESH", word(after(1, asked, stored)));
    assertEquals("fetch STALE", word(after(61, asked, stored)), "and is not validated");
    assertEquals("fetch VARY_MISS", word(after(1, GET, stored)));
    assertEquals("fetch VARY_MISS", word(after(1, request("Range", "bytes=0-3"), stored)));
    assertEquals("fetch VARY_MISS", word(after(1, request("Range", "bytes=0-4", "If-Range", "\"1\""), stored)));
    assertEquals("fetch VARY_MISS", word(after(1, asked.withMethod(Method.HEAD), stored)), "which knows no ranges");
  }

  @Test
  void authorizationSeesOnlyWhatIsMarkedForAll() {
    Request request = request("Authorization", "Bearer x");
    assertEquals("fetch REQUEST", word(after(0, request, stored(GET, controlled("max-age=60")))));
    assertEquals("FRESH", word(after(0, request, stored(GET, controlled("max-age=60, public")))));
  }

  @Test
  void ofSeveralTheNewestByItsDate() {
    StoredResponse newer = stored(GET, response("Cache-Control", "max-age=60", "Date", HttpDate.format(NOW.minusSeconds(
        1))));
    StoredResponse older = stored(GET, response("Cache-Control", "max-age=600", "Date", HttpDate.format(NOW
        .minusSeconds(
            2))));
    assertEquals(new Serve(newer, Use.FRESH), after(1, GET, older, newer));
    assertEquals(new Serve(newer, Use.FRESH), after(1, GET, newer, older));
  }

  @Test
  void aClockThatWasSetBackMakesNothingYounger() {
    StoredResponse stored = stored(GET, response("Cache-Control", "max-age=60", "Age", "50"));
    assertEquals(50, stored.age(NOW.minusSeconds(1000)).toSeconds());
    assertEquals(55, stored.age(NOW.plusSeconds(5)).toSeconds());
  }

  @Test
  void softlyExpiredItIsStaleFromThenOn() {
    StoredResponse stored = stored(GET, controlled("max-age=60, stale-while-revalidate=30, stale-if-error=40"));
    Instant purged = NOW.plusSeconds(10);
    StoredResponse expired = stored.expired(purged);
    assertEquals("WHILE_REVALIDATE", word(RULES.decide(purged, GET, List.of(expired))));
    assertEquals("fetch STALE or it", word(RULES.decide(purged.plusSeconds(30), GET, List.of(expired))));
    assertEquals("fetch STALE", word(RULES.decide(purged.plusSeconds(40), GET, List.of(expired))));
    assertEquals(40, expired.remaining(purged).toSeconds());
    assertEquals(expired, expired.expired(purged.plusSeconds(5)));
  }

  @Test
  void whetherItMayStandInIsAskedAgainWhenTheTimeHasCome() {
    StoredResponse stored = stored(GET, controlled("max-age=60, stale-if-error=40"));
    assertTrue(RULES.mayStandIn(NOW.plusSeconds(99), GET, stored));
    assertFalse(RULES.mayStandIn(NOW.plusSeconds(100), GET, stored));
    assertInstanceOf(Fetch.class, after(100, GET, stored));
  }
}
