package dev.edge4j.cache.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Laws that no mixture of directives, fields and times may break. */
class CacheLawsTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final CachePolicy POLICY = new CachePolicy(Duration.ofSeconds(60), Duration.ofSeconds(10), Duration
      .ofSeconds(30));

  @Provide
  Arbitrary<Response> responses() {
    Arbitrary<List<String>> directives = Arbitraries.of("max-age=20", "max-age=0", "s-maxage=40", "public", "private",
        "no-store", "no-cache", "must-revalidate", "proxy-revalidate", "stale-while-revalidate=30", "stale-if-error=50",
        "immutable").list().ofMaxSize(4);
    Arbitrary<List<String>> fields = Arbitraries.of("Vary: Accept-Language", "Vary: *", "Set-Cookie: a=b", "Age: 7",
        "Date: Sun, 01 Nov 2026 11:59:50 GMT", "Expires: Sun, 01 Nov 2026 12:01:00 GMT", "ETag: \"1\"")
        .list()
        .ofMaxSize(3);
    return Combinators.combine(Arbitraries.of(200, 204, 206, 301, 404, 410, 500), directives, fields)
        .as((status, control, lines) -> {
          Headers.Builder headers = Headers.builder();
          control.forEach(directive -> headers.add("Cache-Control", directive));
          lines.forEach(line -> headers.add(line.split(": ", 2)[0], line.split(": ", 2)[1]));
          return Response.text(status, "x").withHeaders(headers.build());
        });
  }

  @Provide
  Arbitrary<Request> requests() {
    return Arbitraries.of("Authorization: Bearer x", "Cache-Control: no-cache", "Cache-Control: max-age=15",
        "Cache-Control: no-store", "Accept-Language: de", "Cookie: a=b").set().ofMaxSize(3).map(lines -> {
          Headers.Builder headers = Headers.builder().add("Host", "shop.example");
          lines.forEach(line -> headers.add(line.split(": ", 2)[0], line.split(": ", 2)[1]));
          return Request.of(Method.GET, "/tea?page=2").withHeaders(headers.build());
        });
  }

  private static Optional<StoredResponse> store(Request request, Response response) {
    return POLICY.storable(NOW, request, response)
        .map(freshness -> StoredResponse.of(NOW, request, response, new byte[]{'x'}, freshness, List.of()));
  }

  private static boolean says(Headers headers, String directive) {
    return headers.list("Cache-Control").stream().anyMatch(said -> said.startsWith(directive));
  }

  @Property
  void whatIsForOneVisitorIsNeverStored(@ForAll("requests") Request request, @ForAll("responses") Response response) {
    Headers headers = response.headers();
    boolean forOne = says(headers, "private") || says(headers, "no-store") || headers.contains("Set-Cookie");
    boolean marked = says(headers, "public") || says(headers, "s-maxage") || says(headers, "must-revalidate");
    boolean authorized = request.headers().contains("Authorization");
    if (forOne || says(request.headers(), "no-store") || (authorized && !marked)) {
      assertFalse(store(request, response).isPresent());
    }
  }

  @Property
  void authorizedRequestsGetOnlyWhatIsMarked(@ForAll("requests") Request first, @ForAll("requests") Request second,
      @ForAll("responses") Response response, @ForAll @IntRange(max = 200) int seconds) {
    Headers headers = response.headers();
    boolean marked = says(headers, "public") || says(headers, "s-maxage") || says(headers, "must-revalidate");
    if (second.headers().contains("Authorization") && !marked) {
      store(first, response).ifPresent(stored -> assertTrue(CachePolicy.lookup(NOW.plusSeconds(seconds), second,
          stored) instanceof Decision.Miss));
    }
  }

  @Property
  void neverStaleAgainstAProhibition(@ForAll("requests") Request first, @ForAll("requests") Request second,
      @ForAll("responses") Response response, @ForAll @IntRange(max = 200) int seconds) {
    store(first, response).ifPresent(stored -> {
      Decision decision = CachePolicy.lookup(NOW.plusSeconds(seconds), second, stored);
      boolean strict = says(response.headers(), "must-revalidate") || says(response.headers(), "proxy-revalidate")
          || says(response.headers(), "no-cache");
      if (strict) {
        assertTrue(decision instanceof Decision.Fresh || decision instanceof Decision.Miss, decision.toString());
      }
      if (says(second.headers(), "no-cache")) {
        assertTrue(decision instanceof Decision.Miss);
      }
      if (decision instanceof Decision.Fresh(Duration age)) {
        assertTrue(age.compareTo(stored.freshness().freshFor()) < 0);
      }
    });
  }

  @Property
  void anAnswerIsForTheVariantThatWasAsked(@ForAll("requests") Request first, @ForAll("requests") Request second,
      @ForAll("responses") Response response) {
    store(first, response).ifPresent(stored -> {
      boolean sameLanguage = first.headers().first("Accept-Language").equals(second.headers().first("Accept-Language"));
      if (response.headers().contains("Vary") && !sameLanguage) {
        assertTrue(CachePolicy.lookup(NOW, second, stored) instanceof Decision.Miss);
      }
    });
  }

  @Property
  void ageNeverFallsAndUseNeverComesBack(@ForAll("responses") Response response, @ForAll @IntRange(max = 200) int one,
      @ForAll @IntRange(max = 200) int more) {
    Request request = Request.get("/").withHeader("Host", "h");
    store(request, response).ifPresent(stored -> {
      Instant sooner = NOW.plusSeconds(one);
      Instant later = sooner.plusSeconds(more);
      assertTrue(stored.age(sooner).compareTo(stored.age(later)) <= 0);
      assertTrue(stored.age(NOW.minusSeconds(one)).equals(stored.age(NOW)), "a clock set back");
      assertTrue(rank(CachePolicy.lookup(sooner, request, stored)) <= rank(CachePolicy.lookup(later, request, stored)));
    });
  }

  private static int rank(Decision decision) {
    return switch (decision) {
      case Decision.Fresh _ -> 0;
      case Decision.StaleWhileRevalidate _ -> 1;
      case Decision.StaleIfError _ -> 2;
      case Decision.Miss _ -> 3;
    };
  }

  @Property
  void bytesCarryTheWholeResponse(@ForAll("requests") Request request, @ForAll("responses") Response response,
      @ForAll byte[] body) {
    POLICY.storable(NOW, request, response).ifPresent(freshness -> {
      StoredResponse stored = StoredResponse.of(NOW, request, response, body, freshness, Set.of("X-Tenant"));
      StoredResponse read = StoredResponse.decode(stored.encode()).orElseThrow();
      assertArrayEquals(body, read.body());
      assertEquals(new StoredResponse(read.status(), read.headers(), body, read.storedAt(), read.freshness(), read
          .vary(), read.variant()), stored);
    });
  }

  @Property
  void damagedBytesAreNothing(@ForAll byte[] bytes, @ForAll("responses") Response response,
      @ForAll @IntRange(max = 300) int cut) {
    StoredResponse.decode(bytes);
    store(Request.get("/"), response).ifPresent(stored -> {
      byte[] whole = stored.encode();
      byte[] part = Arrays.copyOf(whole, Math.min(cut, whole.length - 1));
      assertEquals(Optional.empty(), StoredResponse.decode(part));
    });
  }
}
