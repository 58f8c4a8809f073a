package dev.edge4j.cache.http;

import static dev.edge4j.cache.http.HttpCases.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.http.Decision.Serve;
import dev.edge4j.cache.http.Decision.Use;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Laws that no policy, and no mixture of directives, fields and times, may break. */
class CacheLawsTest {
  @Provide
  Arbitrary<Response> responses() {
    return HttpArbitraries.responses();
  }

  @Provide
  Arbitrary<Request> requests() {
    return HttpArbitraries.requests();
  }

  @Provide
  Arbitrary<CachePolicy> policies() {
    return HttpArbitraries.policies();
  }

  private static Optional<StoredResponse> store(CachePolicy policy, Request request, Response response) {
    return HttpCases.storing(policy, request, response) instanceof Storing.Store head ? Optional.of(head.with(
        new byte[]{'x'})) : Optional.empty();
  }

  /** What it says to this cache: a targeted field replaces the other. */
  private static boolean says(Headers headers, String directive) {
    String field = headers.contains("CDN-Cache-Control") ? "CDN-Cache-Control" : "Cache-Control";
    return headers.list(field)
        .stream()
        .anyMatch(said -> said.equals(directive) || said.startsWith(directive
            + "="));
  }

  private static boolean isMarked(Headers headers) {
    return says(headers, "public") || says(headers, "s-maxage") || says(headers, "must-revalidate");
  }

  @Property
  void whatIsForOneVisitorIsNeverStored(@ForAll("policies") CachePolicy policy, @ForAll("requests") Request request,
      @ForAll("responses") Response response) {
    Headers headers = response.headers();
    boolean hidden = headers.list("Cache-Control").contains("private") && says(headers, "private");
    boolean forbidden = says(headers, "no-store") && !says(headers, "must-understand");
    boolean cookie = headers.contains("Set-Cookie") && (policy.cookies() == CookieRule.NEVER || !isMarked(headers));
    boolean authorized = request.headers().contains("Authorization") && !isMarked(headers);
    boolean asked = request.headers().list("Cache-Control").contains("no-store");
    if (hidden || forbidden || cookie || authorized || asked || headers.list("Vary").contains("*")) {
      assertFalse(store(policy, request, response).isPresent());
    }
  }

  @Property
  void authorizedRequestsGetOnlyWhatIsMarked(@ForAll("policies") CachePolicy policy, @ForAll("requests") Request first,
      @ForAll("requests") Request second, @ForAll("responses") Response response,
      @ForAll @IntRange(max = 200) int seconds) {
    if (second.headers().contains("Authorization") && !isMarked(response.headers())) {
      store(policy, first, response).ifPresent(stored -> {
        Decision decision = new CacheRules(policy).decide(NOW.plusSeconds(seconds), second, List.of(stored));
        assertFalse(decision instanceof Serve || decision instanceof Decision.Validate, decision.toString());
        assertTrue(decision.standIn().isEmpty());
      });
    }
  }

  @Property
  void neverStaleAgainstAProhibition(@ForAll("policies") CachePolicy policy, @ForAll("requests") Request first,
      @ForAll("requests") Request second, @ForAll("responses") Response response,
      @ForAll @IntRange(max = 200) int seconds) {
    store(policy, first, response).ifPresent(stored -> {
      Instant now = NOW.plusSeconds(seconds);
      Decision decision = new CacheRules(policy).decide(now, second, List.of(stored));
      boolean stale = !stored.timeToLive(now).isPositive();
      Headers headers = response.headers();
      boolean strict = says(headers, "must-revalidate") || says(headers, "proxy-revalidate");
      if (stale && strict) {
        assertFalse(decision instanceof Serve, decision.toString());
        assertTrue(decision.standIn().isEmpty());
      }
      if (says(headers, "no-cache") || second.headers().list("Cache-Control").contains("no-cache")) {
        assertFalse(decision instanceof Serve, decision.toString());
        assertTrue(decision.standIn().isEmpty());
      }
      if (decision instanceof Serve(var _, Use use)) {
        assertEquals(stale, use != Use.FRESH);
      }
    });
  }

  @Property
  void anAnswerIsForTheVariantThatWasAsked(@ForAll("requests") Request first, @ForAll("requests") Request second,
      @ForAll("responses") Response response) {
    store(CachePolicy.EXPLICIT, first, response).ifPresent(stored -> {
      boolean sameLanguage = first.headers().all("Accept-Language").equals(second.headers().all("Accept-Language"));
      if (response.headers().contains("Vary") && !sameLanguage) {
        assertTrue(new CacheRules(CachePolicy.EXPLICIT).decide(NOW, second, List.of(
            stored)) instanceof Decision.Fetch || second.headers()
                .list("Cache-Control")
                .contains("only-if-cached"));
      }
    });
  }

  @Property
  void ageNeverFallsAndUseNeverComesBack(@ForAll("policies") CachePolicy policy, @ForAll("responses") Response response,
      @ForAll @IntRange(max = 200) int one, @ForAll @IntRange(max = 200) int more) {
    store(policy, HttpCases.GET, response).ifPresent(stored -> {
      Instant sooner = NOW.plusSeconds(one);
      Instant later = sooner.plusSeconds(more);
      assertTrue(stored.age(sooner).compareTo(stored.age(later)) <= 0);
      assertEquals(stored.age(NOW), stored.age(NOW.minusSeconds(one)), "a clock set back");
      assertTrue(told(policy, stored, sooner) <= told(policy, stored, later));
      var rules = new CacheRules(policy);
      assertTrue(rank(rules.decide(sooner, HttpCases.GET, List.of(stored))) <= rank(rules.decide(later, HttpCases.GET,
          List.of(stored))));
    });
  }

  private static long told(CachePolicy policy, StoredResponse stored, Instant now) {
    Response answer = new CacheRules(policy).answer(now, HttpCases.GET, stored, Use.FRESH);
    return Long.parseLong(answer.header("Age").orElseThrow());
  }

  private static int rank(Decision decision) {
    return switch (decision) {
      case Serve(var _, Use use) -> use == Use.FRESH ? 0 : 1;
      case Decision.Validate _,Decision.Fetch _ -> decision.standIn().isPresent() ? 2 : 3;
      case Decision.Refuse _ -> 4;
    };
  }

  /** Text that a field can hold, full of what means something to somebody. */
  @Provide
  Arbitrary<String> values() {
    Arbitrary<String> pieces = Arbitraries.of("max-age", "=", ",", "\"", "\\", ";q=", "9", "99999999999999999999", "-1",
        " ",
        "\t", "no-cache", "private", "*", "?1", ":", "//", "/", "?", "#", "%", "%2", "http:", "[", "@", "ü", "bytes",
        "W/", "0.");
    return pieces.list().ofMaxSize(8).map(list -> String.join("", list));
  }

  @Property(tries = 300)
  void whateverAFieldHoldsIsRead(@ForAll("policies") CachePolicy policy,
      @ForAll @Size(value = 6) List<@From("values") String> values, @ForAll("values") String asked) {
    Headers.Builder fields = Headers.builder();
    List<String> names = List.of("Cache-Control", "CDN-Cache-Control", "Age", "Expires", "Vary", "Location",
        "Content-Location", "Cache-Groups", "Cache-Group-Invalidation", "Content-Language", "ETag", "Last-Modified");
    for (int i = 0; i < names.size(); i++) {
      fields.add(names.get(i), values.get(i % values.size()));
    }
    Response response = Response.text(200, "x").withHeaders(fields.build());
    Request request = HttpCases.request("Cache-Control", asked, "Accept-Language", asked, "Accept-Encoding", asked,
        "If-None-Match", asked, "If-Modified-Since", asked, "Range", asked);
    var rules = new CacheRules(policy.vary(List.of("Accept-Language", "Accept-Encoding")));
    rules.invalidated(request.withMethod(Method.POST), response);
    rules.store(NOW, NOW, request.withMethod(Method.POST), response);
    Response good = response.withHeader("Cache-Control", "max-age=60").withHeader("Vary", "X").withHeader("Age", "1");
    if (rules.store(NOW, NOW, HttpCases.GET, good.withHeader("CDN-Cache-Control",
        "max-age=9")) instanceof Storing.Store head) {
      StoredResponse stored = head.with(new byte[]{'x'});
      Decision decision = rules.decide(NOW.plusSeconds(5), request, List.of(stored));
      rules.forward(request, decision);
      rules.answer(NOW, request, stored, Use.FRESH);
      rules.freshen(NOW, NOW, request, stored, response.withStatus(304));
      rules.afterHead(NOW, NOW, request, response, List.of(stored));
    }
  }

  @Property
  void bytesCarryTheWholeResponse(@ForAll("policies") CachePolicy policy, @ForAll("requests") Request request,
      @ForAll("responses") Response response, @ForAll byte[] body) {
    if (HttpCases.storing(policy, request, response) instanceof Storing.Store head) {
      StoredResponse stored = head.with(body);
      assertEquals(stored, StoredResponse.decode(stored.encode()).orElseThrow());
    }
  }

  @Property
  void damagedBytesAreNothing(@ForAll byte[] bytes, @ForAll("responses") Response response,
      @ForAll @IntRange(max = 300) int cut) {
    StoredResponse.decode(bytes);
    store(CachePolicy.EXPLICIT, HttpCases.GET, response).ifPresent(stored -> {
      byte[] whole = stored.encode();
      byte[] part = Arrays.copyOf(whole, Math.min(cut, whole.length - 1));
      assertEquals(Optional.empty(), StoredResponse.decode(part));
    });
  }
}
