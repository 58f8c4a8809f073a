package dev.edge4j.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.HttpError;
import dev.edge4j.Key;
import dev.edge4j.Next;
import dev.edge4j.Verdict;
import dev.edge4j.cache.ResponseStore.Found;
import dev.edge4j.cache.http.CacheKey;
import dev.edge4j.cache.http.CachePolicy;
import dev.edge4j.cache.http.CacheStatus;
import dev.edge4j.cache.http.CacheStatus.Forward;
import dev.edge4j.cache.http.Decision;
import dev.edge4j.cache.http.StoredResponse;
import dev.edge4j.http.Body;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.kv.KvStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A shared cache of responses (RFC 9111) in front of the rest of a chain: memory first, a key-value store behind it.
 *
 * <p>A hit in memory is answered on the event loop. All else waits on a virtual thread: one request per variant goes further, those
 * that come meanwhile wait for its answer, unless such answers proved not to be shareable. A stale response that may be used
 * is, and a new one is fetched after it has left; it also stands in when the chain fails with a 5xx. An unsafe method that succeeds
 * invalidates its target. Only bodies that are bytes are stored, and no error that a handler throws.
 *
 * <p>A response tells {@code X-Cache: HIT}, {@code STALE} or {@code MISS}, and {@code Cache-Status} (RFC 9211); from the cache, its
 * {@code Age}. Gates behind this one do not run at a hit, so it belongs behind those that set fields on every response.
 *
 * <p>Immutable: each setting gives a new cache, with an empty memory. Caches with one store share what is stored, so they must be
 * in front of the same content.
 */
public final class ResponseCache implements Gate {
  private static final long DEFAULT_MEMORY = 64L << 20;
  private static final Duration MAX_WAIT = Duration.ofSeconds(10);
  private static final Duration UNSHAREABLE_FOR = Duration.ofMinutes(2);
  private static final Duration REFRESH_PAUSE = Duration.ofSeconds(5);
  private static final int MAX_MARKS = 10_000;
  private static final Set<Integer> FAILURES = Set.of(500, 502, 503, 504);

  private record Settings(KvStore kv, CachePolicy policy, List<String> vary, long memory, InstantSource clock) {}

  /**
   * One request that goes further.
   *
   * @param began where the store's sequence stood then
   */
  private record Fetch(Request request, String primary, long began, CountDownLatch landed) {}

  private final Key<String> changing = Key.named("the target that an unsafe method changes");
  private final Settings settings;
  private final ResponseStore store;
  private final ConcurrentMap<String, Fetch> fetches = new ConcurrentHashMap<>();
  private final Set<String> refreshing = ConcurrentHashMap.newKeySet();
  private final ConcurrentMap<String, Long> unshareableUntil = marks();
  private final ConcurrentMap<String, Long> refreshAt = marks();

  private ResponseCache(Settings settings) {
    this.settings = settings;
    var kv = new QuietKv(settings.kv, "rc:", new Counters(), new Complaints(settings.clock));
    this.store = new ResponseStore(kv, settings.memory, settings.clock);
  }

  /** A cache that stores what states its freshness itself. */
  public static ResponseCache create(KvStore kv) {
    return new ResponseCache(new Settings(kv, CachePolicy.EXPLICIT, List.of(), DEFAULT_MEMORY, InstantSource.system()));
  }

  /** How long responses with status 200 and 301 are fresh that do not say so themselves. */
  public ResponseCache ttl(Duration freshFor) {
    CachePolicy old = settings.policy;
    return policy(new CachePolicy(freshFor, old.notFoundFor(), old.staleFor()));
  }

  /** What is stored, and for how long, in full. */
  public ResponseCache policy(CachePolicy policy) {
    return new ResponseCache(new Settings(settings.kv, policy, settings.vary, settings.memory, settings.clock));
  }

  /** Request fields that every response depends on, beside those it names itself; they are added to its {@code Vary}. */
  public ResponseCache vary(String... fields) {
    List<String> names = CacheKey.names(Stream.concat(settings.vary.stream(), Stream.of(fields)).toList());
    return new ResponseCache(new Settings(settings.kv, settings.policy, names, settings.memory, settings.clock));
  }

  /** The most bytes of bodies in memory. Default: 64 MiB. */
  public ResponseCache memory(long maxBytes) {
    return new ResponseCache(new Settings(settings.kv, settings.policy, settings.vary, maxBytes, settings.clock));
  }

  /** Where the time comes from; tests own it. */
  public ResponseCache clock(InstantSource clock) {
    return new ResponseCache(new Settings(settings.kv, settings.policy, settings.vary, settings.memory, clock));
  }

  @Override
  public Verdict before(Context c) {
    Request request = c.request();
    Optional<String> primary = CacheKey.primary(request);
    if (primary.isEmpty()) {
      return Verdict.pass();
    }
    if (!isRead(request)) {
      if (!request.method().isSafe()) {
        c.set(changing, primary.get());
      }
      return Verdict.pass();
    }
    return CachePolicy.refusal(request).isPresent() ? Verdict.offload()
        : store.near(primary.get(), request)
            .filter(found -> found.decision() instanceof Decision.Fresh
                || (found.decision() instanceof Decision.StaleWhileRevalidate && !isRefreshDue(primary.get(), request)))
            .map(found -> Verdict.answer(answer(found)))
            .orElseGet(Verdict::offload);
  }

  /** RFC 9111 section 4.4: what an unsafe method changed is not served from the cache. */
  @Override
  public Response after(Context c, Response response) {
    Optional<String> primary = response.status() < 400 ? c.get(changing) : Optional.empty();
    primary.ifPresent(target -> {
      store.forget(target);
      c.waitUntil(() -> store.purge(target));
    });
    return response;
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    Request request = c.request();
    Optional<String> primary = CacheKey.primary(request);
    if (primary.isEmpty() || !isRead(request)) {
      return Gate.super.handle(c, next);
    }
    var fetch = new Fetch(request, primary.get(), store.sequence(), new CountDownLatch(1));
    Optional<Forward> refusal = CachePolicy.refusal(request);
    return refusal.isPresent() ? fetch(c, next, fetch, refusal.get(), Optional.empty(), false)
        : answerOrFetch(c, next, fetch);
  }

  private Response answerOrFetch(Context c, Next next, Fetch mine) throws Exception {
    String key = variantKey(mine.primary, mine.request);
    boolean alone = mine.request.method().equals(Method.HEAD) || isMarked(unshareableUntil, key);
    Fetch fetch = alone ? mine : fetches.computeIfAbsent(key, _ -> mine);
    boolean collapsed = !fetch.equals(mine);
    try {
      Optional<Found> near = store.near(mine.primary, mine.request);
      if (collapsed && near.filter(ResponseCache::isUsable).isEmpty() && !isSuperseded(fetch)) {
        // Who has waited that long goes on by himself.
        boolean _ = fetch.landed.await(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        near = store.near(mine.primary, mine.request);
      }
      Optional<Found> found = near.filter(ResponseCache::isUsable).isPresent() || collapsed ? near
          : store.far(mine.primary, mine.request, () -> isSuperseded(mine))
              .or(() -> store.near(mine.primary,
                  mine.request));
      if (found.filter(ResponseCache::isUsable).isPresent()) {
        return answerAndRefresh(c, next, mine, found.get());
      }
      Optional<Found> reserve = found.filter(stored -> stored.decision() instanceof Decision.StaleIfError);
      return fetch(c, next, mine, reason(found), reserve, collapsed);
    } finally {
      fetches.remove(key, mine);
      mine.landed.countDown();
    }
  }

  private Response answerAndRefresh(Context c, Next next, Fetch fetch, Found found) {
    String key = variantKey(fetch.primary, fetch.request);
    if (found.decision() instanceof Decision.StaleWhileRevalidate && !isMarked(refreshAt, key)
        && refreshing.add(key)) {
      mark(refreshAt, key, REFRESH_PAUSE);
      c.waitUntil(() -> {
        try {
          keep(next.proceed(), fetch).ifPresent(kept -> save(kept, fetch));
        } finally {
          refreshing.remove(key);
        }
      });
    }
    return answer(found);
  }

  /** Runs the rest of the chain; {@code reserve} answers if that fails. */
  private Response fetch(Context c, Next next, Fetch fetch, Forward reason, Optional<Found> reserve,
      boolean collapsed) throws Exception {
    Response response;
    try {
      response = next.proceed();
    } catch (Exception e) {
      boolean refused = e instanceof HttpError error && error.status() < 500;
      if (refused || reserve.isEmpty()) {
        throw e;
      }
      return answer(reserve.get());
    }
    if (FAILURES.contains(response.status()) && reserve.isPresent()) {
      return answer(reserve.get());
    }
    Optional<StoredResponse> kept = keep(response, fetch);
    kept.ifPresent(stored -> c.waitUntil(() -> save(stored, fetch)));
    return withVary(response).withHeader("X-Cache", "MISS")
        .withAddedHeader("Cache-Status", CacheStatus.forwarded(reason, kept.isPresent(), collapsed));
  }

  /** Remembers a response in memory if it may be stored; else, unless it is a failure, that such answers may not. */
  private Optional<StoredResponse> keep(Response response, Fetch fetch) {
    Instant now = settings.clock.instant();
    String key = variantKey(fetch.primary, fetch.request);
    Optional<StoredResponse> kept = bytes(response.body()).flatMap(body -> settings.policy
        .storable(now, fetch.request, response)
        .map(fresh -> StoredResponse.of(now, fetch.request, withVary(response), body, fresh, settings.vary)));
    if (kept.isPresent()) {
      unshareableUntil.remove(key);
      store.remember(fetch.primary, kept.get(), () -> isSuperseded(fetch));
    } else if (fetch.request.method().equals(Method.GET) && !FAILURES.contains(response.status())) {
      mark(unshareableUntil, key, UNSHAREABLE_FOR);
    }
    return kept;
  }

  private void save(StoredResponse stored, Fetch fetch) {
    store.save(fetch.primary, stored, () -> isSuperseded(fetch));
  }

  private boolean isSuperseded(Fetch fetch) {
    return store.isForgottenSince(fetch.primary, fetch.began);
  }

  private Response answer(Found found) {
    boolean fresh = found.decision() instanceof Decision.Fresh;
    return found.stored().toResponse(settings.clock.instant()).withHeader("X-Cache", fresh ? "HIT" : "STALE");
  }

  private Response withVary(Response response) {
    List<String> told = CacheKey.names(response.headers().list("Vary"));
    List<String> missing = settings.vary.stream().filter(name -> !told.contains(name)).toList();
    return missing.isEmpty() || told.contains("*") ? response
        : response.withAddedHeader("Vary", String.join(", ", missing));
  }

  private boolean isRefreshDue(String primary, Request request) {
    String key = variantKey(primary, request);
    return !refreshing.contains(key) && !isMarked(refreshAt, key);
  }

  private String variantKey(String primary, Request request) {
    List<String> names = CacheKey.names(Stream.concat(settings.vary.stream(), store.vary(primary).stream()).toList());
    return request.method() + " " + primary + "\n" + CacheKey.variant(request, names);
  }

  private boolean isMarked(ConcurrentMap<String, Long> marks, String key) {
    Long until = marks.get(key);
    return until != null && settings.clock.millis() < until;
  }

  private void mark(ConcurrentMap<String, Long> marks, String key, Duration time) {
    marks.put(key, settings.clock.millis() + time.toMillis());
  }

  private static ConcurrentMap<String, Long> marks() {
    return Caffeine.newBuilder().maximumSize(MAX_MARKS).<String, Long>build().asMap();
  }

  private static boolean isRead(Request request) {
    return request.method().equals(Method.GET) || request.method().equals(Method.HEAD);
  }

  private static boolean isUsable(Found found) {
    return found.decision() instanceof Decision.Fresh || found.decision() instanceof Decision.StaleWhileRevalidate;
  }

  private static Forward reason(Optional<Found> found) {
    return found.map(Found::decision)
        .map(decision -> decision instanceof Decision.Miss(Forward reason) ? reason : Forward.STALE)
        .orElse(Forward.URI_MISS);
  }

  private static Optional<byte[]> bytes(Body body) {
    return switch (body) {
      case Body.Empty _ -> Optional.of(new byte[0]);
      case Body.Bytes(byte[] bytes) -> Optional.of(bytes);
      case Body.File _,Body.Stream _,Body.Upgrade _ -> Optional.empty();
    };
  }
}
