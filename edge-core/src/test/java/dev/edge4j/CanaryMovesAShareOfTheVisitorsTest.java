package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Request;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The share of visitors that was asked for goes to the next version, each of them always, and more of them as it grows. */
class CanaryMovesAShareOfTheVisitorsTest {
  private static App named(String name) {
    var app = new App();
    app.get("/", c -> c.text(name));
    return app;
  }

  private static App mounted(Canary canary) {
    var app = new App();
    app.mount("/", canary);
    return app;
  }

  private final Canary canary = Canary.of(named("stable"), named("next"));

  /** Five standard deviations of the binomial distribution: a false alarm once in a million kinds of key. */
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.05, 0.5, 0.99})
  void theShareIsMetWithinStatisticalBounds(double share) {
    int keys = 100_000;
    long next = IntStream.range(0, keys).filter(i -> Canary.isNext("user:" + i, share)).count();
    double deviation = Math.sqrt(keys * share * (1 - share));
    assertEquals(keys * share, (double) next, 5 * deviation);
  }

  @Property
  void growingTheShareMovesNobodyBack(@ForAll String key, @ForAll @DoubleRange(max = 1) double a,
      @ForAll @DoubleRange(max = 1) double b) {
    assertTrue(!Canary.isNext(key, Math.min(a, b)) || Canary.isNext(key, Math.max(a, b)));
  }

  @Property
  void noneIsNoneAndAllIsAll(@ForAll String key) {
    assertTrue(!Canary.isNext(key, 0) && Canary.isNext(key, 1));
  }

  /** SHA-256 of "abc" begins ba7816bf (FIPS 180-2, appendix B.1), so its place is 0xba78... / 2^32 = 0.72839. */
  @Test
  void theAssignmentIsTheSameOnEveryNodeAndInEveryRelease() {
    assertTrue(Canary.isNext("abc", 0.72840));
    assertTrue(!Canary.isNext("abc", 0.72839));
  }

  @Test
  void mountedItServesEachVisitorOneVersion() throws UnknownHostException {
    App app = mounted(canary.share(0.5).by(c -> c.client().address()));
    for (int i = 0; i < 100; i++) {
      InetAddress address = InetAddress.getByAddress("a-name-" + i, new byte[]{(byte) 192, 0, 2, (byte) i});
      String expected = Canary.isNext(address.getHostAddress(), 0.5) ? "next" : "stable";
      assertEquals(expected, app.request(Request.get("/").withPeer(address)).text());
      assertEquals(expected, app.request(Request.get("/").withPeer(address)).text());
    }
  }

  @Test
  void visitorsAreToldApartByWhatOneAsksFor() {
    App app = mounted(canary.share(0.5).by(c -> c.header("X-User").orElse("")));
    for (int i = 0; i < 100; i++) {
      assertEquals(Canary.isNext("user" + i, 0.5) ? "next" : "stable", app.request(Request.get("/")
          .withHeader("X-User", "user"
              + i)).text());
    }
  }

  @Test
  void untilAShareIsGivenAllIsStable() {
    assertEquals("stable", mounted(canary).request("/").text());
    assertEquals("next", mounted(canary.share(1)).request("/").text());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1.01, 5, Double.NaN, Double.POSITIVE_INFINITY})
  void aShareIsAFraction(double share) {
    assertThrows(IllegalArgumentException.class, () -> canary.share(share));
    assertThrows(IllegalArgumentException.class, () -> Canary.isNext("key", share));
  }
}
