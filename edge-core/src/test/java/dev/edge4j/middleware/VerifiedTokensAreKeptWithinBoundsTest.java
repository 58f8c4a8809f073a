package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A token that was found good is not verified again, but its times are; those nobody sends are forgotten; memory is bounded. */
class VerifiedTokensAreKeptWithinBoundsTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final VerifiedTokens.Proof PROOF = new VerifiedTokens.Proof(new Principal("ann", Set.of(), Map.of()),
      Optional.of(NOW), NOW.plusSeconds(60));

  @Test
  void whatIsAskedForStaysAndTheRestGoes() {
    var tokens = new VerifiedTokens(1_000);
    tokens.remember("the one that is used", PROOF);
    for (int i = 0; i < 10_000; i++) {
      tokens.remember("token " + i, PROOF);
      assertTrue(tokens.find("the one that is used").isPresent());
      assertTrue(tokens.size() <= 400, () -> "kept: " + tokens.size());
    }
    assertEquals(Optional.empty(), tokens.find("token 0"));
    tokens.clear();
    assertEquals(0, tokens.size());
  }

  @Test
  void timesHaveTheirSlack() {
    Duration skew = Duration.ofSeconds(30);
    assertFalse(PROOF.holds(NOW.minusSeconds(31), skew));
    assertTrue(PROOF.holds(NOW.minusSeconds(30), skew));
    assertTrue(PROOF.holds(NOW.plusSeconds(89), skew));
    assertFalse(PROOF.holds(NOW.plusSeconds(90), skew));
  }

  @Test
  void aTokenThatWasGoodOnceEndsInItsTime() {
    String secret = "a secret of at least thirty-two bytes, for tests";
    var clock = new VirtualClock(NOW);
    var app = new App().time(clock);
    app.use(JwtAuth.hs256(secret));
    app.get("/", c -> c.text("ok"));
    String token = JwtTokens.hs256(secret).clock(clock).issue("ann", List.of(), Duration.ofMinutes(1));
    Request request = Request.get("/").withHeader("Authorization", "Bearer " + token);
    assertEquals(200, app.request(request).status());
    assertEquals(200, app.request(request).status());
    clock.advance(Duration.ofSeconds(89));
    assertEquals(200, app.request(request).status());
    clock.advance(Duration.ofSeconds(1));
    assertEquals(401, app.request(request).status());
  }

  @Test
  void nobodyChangesWhatOthersSee() {
    List<Object> groups = new ArrayList<>(List.of("a"));
    var principal = new Principal("ann", Set.of(), Map.of("groups", groups));
    groups.add("b");
    assertEquals(Map.of("groups", List.of("a")), principal.claims());
    assertThrows(UnsupportedOperationException.class, () -> Objects.requireNonNull((List<?>) principal.claims()
        .get("groups")).removeFirst());
  }
}
