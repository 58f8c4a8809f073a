package dev.edge4j.cache.response;

import dev.edge4j.App;
import dev.edge4j.BadRequest;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestTarget;
import dev.edge4j.http.Response;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The routes of {@link ResponseCache#admin(Gate)}. */
final class AdminRoutes {
  private AdminRoutes() {}

  /** What {@code POST /purge} takes: one of the first three. */
  record Order(@Nullable String url, @Nullable String tag, @Nullable Boolean all, @Nullable Boolean soft) {}

  static App of(ResponseCache cache, Gate authentication) {
    var app = new App();
    app.use("/*", authentication);
    app.get("/stats", c -> noStore(c.json(stats(cache.stats()))));
    app.post("/purge", c -> noStore(c.json(purge(cache, c.body(Order.class)))));
    app.on(Method.of("PURGE"), "/*", c -> noStore(c.json(purge(cache, path(c)))));
    return app;
  }

  private static Response noStore(Response response) {
    return response.withHeader("Cache-Control", "no-store");
  }

  private static Map<String, Object> purge(ResponseCache cache, Order order) {
    boolean soft = Boolean.TRUE.equals(order.soft);
    boolean all = Boolean.TRUE.equals(order.all);
    String url = order.url;
    String tag = order.tag;
    if ((url == null ? 0 : 1) + (tag == null ? 0 : 1) + (all ? 1 : 0) != 1) {
      throw new BadRequest("what is to be purged is not clear (expected: one of \"url\", \"tag\" and \"all\")");
    }
    if (url != null) {
      if (Purge.primary(url).isEmpty()) {
        throw new BadRequest("url", "is no URL (expected: https://host/path, or a path)");
      }
      run(soft, () -> cache.expire(url), () -> cache.purge(url));
      return done("url", url, soft);
    }
    if (tag != null) {
      run(soft, () -> cache.expireTag(tag), () -> cache.purgeTag(tag));
      return done("tag", tag, soft);
    }
    run(soft, cache::expireAll, cache::purgeAll);
    return done("all", true, soft);
  }

  private static void run(boolean soft, Runnable expire, Runnable purge) {
    (soft ? expire : purge).run();
  }

  private static Map<String, Object> done(String what, Object which, boolean soft) {
    return new TreeMap<>(Map.of(what, which, "soft", soft, "purged", true));
  }

  /** The path below this, at the host that the request was sent to. */
  private static Order path(Context c) {
    Request request = c.request();
    String query = request.target().query();
    String target = RequestTarget.encode(request.path()) + (query.isEmpty() ? "" : "?" + query);
    String authority = request.authority();
    return new Order(authority.isEmpty() ? target : request.scheme() + "://" + authority + target, null, null, null);
  }

  private static Map<String, Object> stats(ResponseStats stats) {
    var counts = new TreeMap<String, Object>();
    stats.counts().forEach((event, count) -> counts.put(event.name().toLowerCase(Locale.ROOT), count));
    return new TreeMap<>(Map.of("counts", counts, "targets", stats.targets(), "bytes", stats.bytes()));
  }
}
