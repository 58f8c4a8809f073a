package dev.edge4j.cache.response;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Key;
import dev.edge4j.Next;
import dev.edge4j.Verdict;
import dev.edge4j.cache.http.CacheKey;
import dev.edge4j.cache.http.Decision;
import dev.edge4j.cache.http.Decision.Use;
import dev.edge4j.cache.http.Invalidation;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.http.Response;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a response cache does as a gate: a hit in memory is answered by {@link #before}, which takes no locks and reads no store; all else is a
 * {@link Passage} on a virtual thread; what an unsafe method changed is forgotten in {@link #after}. Safe for use by many threads.
 */
final class CachingGate implements Gate, AutoCloseable {
  private final Key<String> changing = Key.named("the target that an unsafe method changes");
  private final Settings settings;
  private final ReentrantLock lock = new ReentrantLock();
  /** Made at the first use, so that settings cost nothing. */
  private volatile @Nullable Engine engine;

  CachingGate(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Verdict before(Context c) {
    Request asked = c.request();
    Optional<String> primary = CacheKey.primary(asked);
    if (primary.isEmpty() || !isRead(asked)) {
      if (primary.isPresent() && !asked.method().isSafe()) {
        c.set(changing, primary.get());
      }
      return Verdict.pass();
    }
    Engine parts = engine;
    if (parts == null) {
      return Verdict.offload(); // the first requests may have to wait for each other until it is made
    }
    return answer(parts, primary.get(), asked);
  }

  /** From memory, if what is needed is at hand. */
  private static Verdict answer(Engine parts, String primary, Request asked) {
    Instant now = parts.now();
    Request request = parts.encodings.plain(asked);
    Lookup.Found found = parts.lookup.near(primary, request, now);
    if (found == null || found.variant() == null || !(found.decision() instanceof Decision.Serve(var _, Use use))) {
      return Verdict.offload();
    }
    Ready ready = found.variant().in(parts.encodings.choose(asked));
    if (ready == null || (use == Use.WHILE_REVALIDATE && Refreshing.isDue(parts, primary, request))) {
      return Verdict.offload();
    }
    parts.counters.add(use == Use.FRESH ? ResponseEvent.HIT : ResponseEvent.STALE, primary);
    return Verdict.answer(ready.answer(parts.rules, now, asked, use));
  }

  /** RFC 9111 section 4.4: what an unsafe method changed is not served from the cache. */
  @Override
  public Response after(Context c, Response response) {
    if (c.method().isSafe() || c.get(changing).isEmpty()) {
      return response;
    }
    Engine parts = engine;
    if (parts == null) {
      Request request = c.request();
      c.waitUntil(() -> Purge.finish(engine(), outdated(engine(), request, response)));
      return response;
    }
    Invalidation outdated = outdated(parts, c.request(), response);
    if (!outdated.isEmpty()) {
      c.waitUntil(() -> Purge.finish(parts, outdated));
    }
    return response;
  }

  /** What an unsafe request has changed, which is gone from memory by now. */
  private static Invalidation outdated(Engine parts, Request request, Response response) {
    Invalidation outdated = parts.rules.invalidated(request, response);
    outdated.targets().forEach(target -> {
      parts.counters.add(ResponseEvent.PURGED, target);
      parts.store.forget(target);
    });
    if (!outdated.groups().isEmpty()) {
      parts.purges.incrementAndGet();
    }
    return outdated;
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    Optional<String> primary = CacheKey.primary(c.request());
    return primary.isEmpty() || !isRead(c.request()) ? Gate.super.handle(c, next)
        : new Passage(engine(), c, next, primary.get()).run();
  }

  /** What a cache could answer: neither an upgrade nor what has a body. An offer to go on in HTTP/2 is one that may be passed over (RFC 9110 section 7.8). */
  private static boolean isRead(Request request) {
    Method method = request.method();
    return (method.equals(Method.GET) || method.equals(Method.HEAD)) && request.body() == RequestBody.EMPTY
        && (!request.headers().contains("Upgrade") || request.headers()
            .first("Upgrade")
            .filter(protocol -> !protocol.equalsIgnoreCase("h2c"))
            .isEmpty());
  }

  /** The parts. May wait for another thread that makes them. */
  Engine engine() {
    Engine made = engine;
    return made == null ? make() : made;
  }

  private Engine make() {
    lock.lock();
    try {
      Engine made = engine;
      if (made == null) {
        made = new Engine(settings);
        engine = made;
      }
      return made;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    Engine made = engine;
    if (made != null) {
      made.close();
    }
  }
}
