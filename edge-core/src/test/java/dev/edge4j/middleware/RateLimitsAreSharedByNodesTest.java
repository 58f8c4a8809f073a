package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.ratelimit.RateDecision;
import dev.edge4j.middleware.ratelimit.RatePolicy;
import dev.edge4j.middleware.ratelimit.RateStore;
import dev.edge4j.middleware.ratelimit.SharedRates;
import dev.edge4j.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Counts kept in a store hold for all nodes together, exactly or but for what is leased, and a store that fails stops nobody. */
class RateLimitsAreSharedByNodesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final VirtualClock clock = new VirtualClock();
  private final Store store = new Store(clock);

  /** A store that counts how often it is asked, and can be broken. */
  private static final class Store implements RateStore {
    private final SharedRates rates;
    private final List<String> asked = new ArrayList<>();
    private boolean broken;

    Store(VirtualClock clock) {
      this.rates = new SharedRates(clock);
    }

    @Override
    public RateDecision take(String key, RatePolicy policy, int tokens) throws IOException {
      asked.add(key + " " + tokens);
      if (broken) {
        throw new IOException("connection refused");
      }
      return rates.take(key, policy, tokens);
    }
  }

  private App node(RateLimit limit) {
    var app = new App().time(clock);
    app.use(limit);
    app.get("/", c -> c.text("ok"));
    return app;
  }

  @Test
  void exactlyForAllTogether() {
    RateLimit five = RateLimit.perClient(5, MINUTE).named("api").keptIn(store);
    List<App> nodes = List.of(node(five), node(five.named("api")), node(five.named("api")));
    int allowed = 0;
    for (int i = 0; i < 12; i++) {
      allowed += nodes.get(i % 3).request("/").status() == 200 ? 1 : 0;
    }
    assertEquals(5, allowed);
    assertEquals("api:7f000001 1", store.asked.getFirst());
    clock.advance(MINUTE);
    assertEquals(200, nodes.get(1).request("/").status());
  }

  @Test
  void theStoreIsAskedOnAVirtualThreadAndARefusalIsRememberedOnTheEventLoop() {
    App app = node(RateLimit.perClient(1, MINUTE).keptIn(store));
    var first = app.open(Request.get("/"));
    assertTrue(first.fastLane().isEmpty());
    assertTrue(first.isOffloaded());
    assertEquals(Optional.of("\"default\";r=0;t=60"), first.slowLane().header("RateLimit"));
    assertEquals(429, app.request("/").status());
    assertEquals(2, store.asked.size());

    Response refused = app.open(Request.get("/")).fastLane().orElseThrow();
    assertEquals(429, refused.status());
    assertEquals(Optional.of("60"), refused.header("Retry-After"));
    assertEquals(2, store.asked.size());
    clock.advance(MINUTE);
    assertEquals(200, app.request("/").status());
  }

  @Test
  void aLeaseIsSpentWithoutAsking() {
    App app = node(RateLimit.perClient(100, MINUTE).keptIn(store).leasing(10));
    for (int i = 0; i < 25; i++) {
      assertEquals(Optional.of(99L - i), remaining(app.request("/")));
    }
    assertEquals(List.of("default:7f000001 10", "default:7f000001 10", "default:7f000001 10"), store.asked);
    var leased = app.open(Request.get("/"));
    assertFalse(leased.isOffloaded());
    assertTrue(leased.fastLane().isEmpty()); // the handler is not inline
    assertFalse(leased.isOffloaded());
  }

  private static Optional<Long> remaining(Response response) {
    return response.header("RateLimit").map(field -> Long.valueOf(field.replaceAll(".*;r=(\\d+);.*", "$1")));
  }

  @Test
  void theLastTokensAreLeasedToo() {
    App app = node(RateLimit.perClient(10, MINUTE).keptIn(store).leasing(4));
    for (int i = 0; i < 10; i++) {
      assertEquals(200, app.request("/").status(), "request " + i);
    }
    assertEquals(429, app.request("/").status());
  }

  /** The bound that is promised: the store's own, and a lease less one for each node. */
  @Property(tries = 200)
  void leasesKeepTheirBoundInAnyWindow(@ForAll @IntRange(min = 1, max = 4) int lease,
      @ForAll @Size(min = 20, max = 150) List<@IntRange(max = 59) Integer> steps) throws Exception {
    var own = new RateLimitsAreSharedByNodesTest();
    RateLimit limit = RateLimit.perClient(10, MINUTE).slidingWindow().keptIn(own.store).leasing(lease);
    List<App> nodes = List.of(own.node(limit), own.node(limit.leasing(lease)));
    List<Long> allowed = new ArrayList<>();
    long start = own.clock.nanoTime();
    for (int step : steps) {
      own.clock.advance(Duration.ofSeconds(step / 10));
      if (nodes.get(step % 2).request("/").status() == 200) {
        allowed.add(own.clock.nanoTime() - start);
      }
      long now = own.clock.nanoTime() - start;
      long within = allowed.stream().filter(time -> time >= now - MINUTE.toNanos()).count();
      assertTrue(within <= 10 + 2 * (lease - 1), "let through: " + within);
    }
  }

  @Test
  void whileTheStoreFailsNobodyIsLimitedAndItIsSeldomAsked() {
    store.broken = true;
    RateLimit limit = RateLimit.perClient(1, MINUTE).keptIn(store);
    App app = node(limit);
    for (int i = 0; i < 10; i++) {
      Response response = app.request("/");
      assertEquals(200, response.status());
      assertFalse(response.headers().contains("RateLimit"));
    }
    assertEquals(1, store.asked.size());
    assertEquals(10, limit.failures());

    clock.advance(Duration.ofSeconds(1));
    store.broken = false;
    assertEquals(200, app.request("/").status());
    assertEquals(429, app.request("/").status());
    assertEquals(10, limit.failures());
  }

  @Test
  void orEverybodyIsRefusedWhereThatIsDeclared() {
    store.broken = true;
    App app = node(RateLimit.perClient(1, MINUTE).keptIn(store).failClosed());
    assertEquals(503, app.request("/").status());
    Response refused = app.open(Request.get("/")).fastLane().orElseThrow();
    assertEquals(503, refused.status());
    assertEquals(Optional.of("1"), refused.header("Retry-After"));
    assertEquals(1, store.asked.size());
  }

  @Test
  void aWarmUpIsNotCounted() {
    App app = node(RateLimit.perClient(1, MINUTE).keptIn(store));
    for (int i = 0; i < 3; i++) {
      assertEquals(200, app.warmUp(Request.get("/")).status());
    }
    assertTrue(store.asked.isEmpty());
  }
}
