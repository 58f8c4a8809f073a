package dev.edge4j.cache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.cache.http.Decision.Fresh;
import dev.edge4j.cache.http.Decision.Miss;
import dev.edge4j.cache.http.Decision.StaleIfError;
import dev.edge4j.cache.http.Decision.StaleWhileRevalidate;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 9111 section 4: what a stored response may answer. */
class LookupTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final Request GET = Request.get("/").withHeader("Host", "shop.example");

  private static StoredResponse stored(String control, String... vary) {
    Response response = Response.text(200, "x").withHeader("Cache-Control", control);
    Freshness freshness = CachePolicy.EXPLICIT.storable(NOW, GET, response).orElseThrow();
    return StoredResponse.of(NOW, GET, response, new byte[]{'x'}, freshness, List.of(vary));
  }

  private static Decision after(long seconds, Request request, StoredResponse stored) {
    return CachePolicy.lookup(NOW.plusSeconds(seconds), request, stored);
  }

  @Test
  void freshThenStaleThenOnlyInNeedThenGone() {
    StoredResponse stored = stored("max-age=60, stale-while-revalidate=30, stale-if-error=90");
    assertEquals(new Fresh(Duration.ofSeconds(59)), after(59, GET, stored));
    assertEquals(new StaleWhileRevalidate(Duration.ofSeconds(60)), after(60, GET, stored));
    assertEquals(new StaleIfError(Duration.ofSeconds(90)), after(90, GET, stored));
    assertEquals(new StaleIfError(Duration.ofSeconds(149)), after(149, GET, stored));
    assertEquals(new Miss(CacheStatus.Forward.STALE), after(150, GET, stored));
  }

  @Test
  void headIsAnsweredByWhatGetStored() {
    assertEquals(new Fresh(Duration.ZERO), after(0, GET.withMethod(Method.HEAD), stored("max-age=60")));
    assertEquals(new Miss(CacheStatus.Forward.METHOD), after(0, GET.withMethod(Method.POST), stored("max-age=60")));
  }

  @Test
  void theRequestMayRefuse() {
    var refused = new Miss(CacheStatus.Forward.REQUEST);
    StoredResponse stored = stored("max-age=60, stale-while-revalidate=30");
    assertEquals(refused, after(0, GET.withHeader("Cache-Control", "no-cache"), stored));
    assertEquals(refused, after(0, GET.withHeader("Cache-Control", "no-store"), stored));
    assertEquals(refused, after(0, GET.withHeader("Pragma", "no-cache"), stored));
    assertEquals(refused, after(6, GET.withHeader("Cache-Control", "max-age=5"), stored));
    assertEquals(new Fresh(Duration.ofSeconds(5)), after(5, GET.withHeader("Cache-Control", "max-age=5"), stored));
    assertEquals(new Miss(CacheStatus.Forward.STALE), after(60, GET.withHeader("Cache-Control", "max-age=600"),
        stored));
  }

  @Test
  void anotherVariantIsAMiss() {
    StoredResponse stored = stored("max-age=60", "Accept-Language");
    assertEquals(new Miss(CacheStatus.Forward.VARY_MISS), after(0, GET.withHeader("Accept-Language", "de"), stored));
    assertEquals(new Fresh(Duration.ZERO), after(0, GET.withHeader("Accept", "text/html"), stored));
  }

  @Test
  void authorizationSeesOnlyWhatIsMarkedForAll() {
    Request request = GET.withHeader("Authorization", "Bearer x");
    assertEquals(new Miss(CacheStatus.Forward.REQUEST), after(0, request, stored("max-age=60")));
    assertEquals(new Fresh(Duration.ZERO), after(0, request, stored("max-age=60, public")));
  }
}
