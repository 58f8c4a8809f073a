package dev.edge4j.cache.http;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Responses and requests that say all sorts of things to caches. */
final class HttpArbitraries {
  private HttpArbitraries() {}

  static Arbitrary<Response> responses() {
    Arbitrary<List<String>> directives = Arbitraries.of("max-age=20", "max-age=20", "max-age=0", "s-maxage=40",
        "public",
        "private", "no-store", "no-cache", "must-revalidate", "proxy-revalidate", "stale-while-revalidate=30",
        "stale-if-error=50", "immutable", "must-understand", "private=\"X-Own\"").list().ofMaxSize(4);
    Arbitrary<List<String>> fields = Arbitraries.of("Vary: Accept-Language", "Vary: *", "Set-Cookie: a=b", "Age: 7",
        "Date: Sun, 01 Nov 2026 11:59:50 GMT", "Expires: Sun, 01 Nov 2026 12:01:00 GMT", "ETag: \"1\"",
        "Last-Modified: Sun, 01 Nov 2026 11:00:00 GMT", "CDN-Cache-Control: max-age=15", "X-Own: 1")
        .list()
        .ofMaxSize(3);
    return Combinators.combine(Arbitraries.of(200, 200, 200, 204, 206, 301, 404, 500), directives, fields)
        .as((status, control, lines) -> {
          Headers.Builder headers = Headers.builder();
          control.forEach(directive -> headers.add("Cache-Control", directive));
          lines.forEach(line -> headers.add(line.split(": ", 2)[0], line.split(": ", 2)[1]));
          return Response.text(status, "x").withHeaders(headers.build());
        });
  }

  static Arbitrary<Request> requests() {
    return Arbitraries.of("Authorization: Bearer x", "Cache-Control: no-cache", "Cache-Control: max-age=15",
        "Cache-Control: max-stale", "Cache-Control: max-stale=9", "Cache-Control: min-fresh=5",
        "Cache-Control: stale-if-error=99", "Cache-Control: only-if-cached", "Cache-Control: no-store",
        "Accept-Language: de", "Accept-Language: en", "Cookie: a=b", "Range: bytes=0-0")
        .set()
        .ofMaxSize(3)
        .map(lines -> {
          Headers.Builder headers = Headers.builder().add("Host", "shop.example");
          lines.forEach(line -> headers.add(line.split(": ", 2)[0], line.split(": ", 2)[1]));
          return Request.get("/tea?page=2").withHeaders(headers.build());
        });
  }

  static Arbitrary<CachePolicy> policies() {
    CachePolicy explicit = CachePolicy.EXPLICIT;
    CachePolicy generous = explicit.obey(RequestDirective.all())
        .freshFor(Duration.ofSeconds(60))
        .staleFor(Duration.ofSeconds(30), Duration.ofSeconds(40))
        .heuristic(0.1, Duration.ofHours(1));
    return Arbitraries.of(explicit, generous, generous.parts(true).byContentLanguage(true), generous.cookies(
        CookieRule.IF_MARKED_SHARED).trustsNotModified(true));
  }
}
