package dev.edge4j.examples.conformance;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.cache.http.CachePolicy;
import dev.edge4j.cache.http.CookieRule;
import dev.edge4j.cache.http.RequestDirective;
import dev.edge4j.cache.response.ResponseCache;
import dev.edge4j.client.OriginClient;
import dev.edge4j.client.OriginOptions;
import dev.edge4j.http.RequestTarget;
import dev.edge4j.proxy.Proxy;
import java.time.Duration;

/**
 * A shared cache in front of one origin: every method and every path. Nothing is kept that does not say how long it is good for, or when it was changed last
 * (RFC 9111 section 4.2.2).
 */
public final class CachingProxy {
  /** A cache that obeys its clients, and grants what RFC 9111 leaves to it: these clients are probes, not visitors. */
  private static final CachePolicy POLICY = CachePolicy.EXPLICIT.obey(RequestDirective.all())
      .heuristic(0.1, Duration.ofDays(1))
      .staleFor(Duration.ZERO, Duration.ofMinutes(5))
      .cookies(CookieRule.LIKE_ANY_FIELD)
      .byContentLanguage(true)
      .wholes(false)
      .parts(true)
      .trustsNotModified(true);

  private CachingProxy() {}

  /** Asks however often it fails: that is what probes want to see. */
  static OriginClient client(String origin) {
    return OriginClient.to(origin, OriginOptions.defaults().withoutBreaker());
  }

  /** The application, before its first request. The client stays the caller's. */
  public static App of(OriginClient origin) {
    Proxy proxy = Proxy.to(origin).keepingHost();
    var app = new App();
    app.use(new AsSent(), ResponseCache.create().policy(POLICY));
    app.use((c, next) -> c.request().target().isAsterisk() ? proxy.handle(c) : next.proceed());
    app.all("/*path", proxy);
    return app;
  }

  /**
   * Keeps the path as the client has spelt it, for the cache as for the origin. A gateway with guards would not: two spellings of one
   * path are two entries here, as they may be two things there.
   */
  private static final class AsSent implements Gate {
    @Override
    public Verdict before(Context c) {
      RequestTarget target = c.request().target();
      String path = rawPath(target.raw());
      if (!path.equals(target.path())) {
        c.rewrite(c.request().withTarget(target.withPath(path)));
      }
      return Verdict.pass();
    }

    private static String rawPath(String raw) {
      int authority = raw.startsWith("/") ? -1 : raw.indexOf("://");
      int query = raw.indexOf('?');
      int end = query < 0 ? raw.length() : query;
      int begin = authority < 0 ? 0 : raw.indexOf('/', authority + 3);
      return begin < 0 || begin >= end ? raw.equals("*") ? raw : "/" : raw.substring(begin, end);
    }
  }
}
