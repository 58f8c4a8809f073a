package dev.edge4j.cache.response;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Next;
import dev.edge4j.Verdict;
import dev.edge4j.cache.bus.Backplane;
import dev.edge4j.cache.http.CachePolicy;
import dev.edge4j.cache.http.CacheRules;
import dev.edge4j.http.Response;
import dev.edge4j.kv.KvStore;
import dev.edge4j.middleware.BearerAuth;
import dev.edge4j.middleware.compression.ContentCoding;
import dev.edge4j.resilience.MissLimiter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A shared cache of responses (RFC 9111) in front of the rest of a chain, own handlers or a {@link dev.edge4j.proxy.Proxy}: memory first, a key-value store
 * behind it, if there is one.
 *
 * <p>A hit in memory is answered on the event loop and copies nothing of the body. All else waits on a virtual thread. One request for a key goes further
 * ({@link CacheRules} say how), those that come meanwhile have its answer, head and bytes as they arrive; the fetch belongs to the cache, so it goes on when
 * the client that began it leaves, as long as somebody waits. Answers that cannot be shared are not waited for again for two minutes. A stale response that may
 * be used is, and a new one is fetched in the background; it also stands in when the chain fails. An unsafe method that succeeds invalidates its target.
 *
 * <p>A response tells {@code X-Cache}: {@code HIT}, {@code STALE}, {@code MISS}, {@code REVALIDATED} or {@code FALLBACK}; and {@code Cache-Status} (RFC 9211), whose
 * {@code detail} names the layer: {@code memory}, {@code kv} or {@code fallback}. Gates behind this one do not run at a hit, so it belongs behind those that set
 * fields on every response; what they add to a response is stored with it.
 *
 * <p>Not stored: bodies over {@link #maxBody}, files, event streams, upgrades, what a handler throws. Immutable: each setting gives a new cache, with an empty
 * memory. Caches with one store share what is stored, so they must be in front of the same content. Safe for use by many threads.
 */
public final class ResponseCache implements Gate, AutoCloseable {
  private static final int LARGEST_BODY = 512 << 20;

  private final Settings settings;
  private final CachingGate gate;

  private ResponseCache(Settings settings) {
    this.settings = settings;
    this.gate = new CachingGate(settings);
  }

  /** A cache in memory alone that stores what states its freshness itself. */
  public static ResponseCache create() {
    return new ResponseCache(new Settings(Optional.empty()));
  }

  /** A cache in memory and that store, of what states its freshness itself. The store is the caller's, and closed by it. */
  public static ResponseCache create(KvStore kv) {
    return new ResponseCache(new Settings(Optional.of(kv)));
  }

  /** How long responses with status 200 and 301 are fresh that do not say so themselves. */
  public ResponseCache ttl(Duration freshFor) {
    return policy(settings.policy.freshFor(freshFor));
  }

  /** What is stored, and for how long, in full. */
  public ResponseCache policy(CachePolicy policy) {
    return with(changed -> changed.policy = policy);
  }

  /** Request fields that every response depends on, beside those it names itself; they are added to its {@code Vary}. */
  public ResponseCache vary(String... fields) {
    List<String> before = settings.policy.selection().fields();
    return policy(settings.policy.vary(Stream.concat(before.stream(), Stream.of(fields)).toList()));
  }

  /** The most bytes in memory: bodies, their coded forms, header fields. Half as much again may be on its way in. Default: 64 MiB. */
  public ResponseCache memory(long maxBytes) {
    check("memory", maxBytes, Long.MAX_VALUE / 4);
    return with(changed -> changed.memory = maxBytes);
  }

  /**
   * The largest body that is stored, in bytes. Default: 8 MiB. A body of unknown length that turns out larger is passed on to those who read it already, at the pace
   * of the slowest, who is cut off if he takes nothing for ten seconds; others go on by themselves.
   */
  public ResponseCache maxBody(int bytes) {
    check("maxBody", bytes, LARGEST_BODY);
    return with(changed -> changed.maxBody = bytes);
  }

  /** How many may wait for one answer; the next ones are answered 503. Default: 10,000. */
  public ResponseCache waiters(int most) {
    check("waiters", most, Integer.MAX_VALUE);
    return with(changed -> changed.waiters = most);
  }

  /** How long the head of an answer may take; then those who wait get what stands in, or 504. Default: a minute. */
  public ResponseCache fetchTimeout(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("fetchTimeout: " + time + " (expected: more than zero)");
    }
    return with(changed -> changed.fetchTimeout = time);
  }

  /** Whether a response of status 200 without a validator is given an entity tag, of its bytes. Default: yes; for a proxy better not. */
  public ResponseCache etags(boolean made) {
    return with(changed -> changed.tagged = made);
  }

  /**
   * Sends stored responses in these codings, the one we like best first. What is stored is not coded: no coding is asked for behind this. The coded form is made at the
   * first demand, once, and has a tag of its own. What comes from behind on a stream is passed on as it is.
   */
  public ResponseCache encoded(ContentCoding... codings) {
    if (List.of(codings).stream().map(ContentCoding::name).distinct().count() < codings.length) {
      throw new IllegalArgumentException("codings: one twice (expected: each once)");
    }
    return with(changed -> changed.codings = List.of(codings));
  }

  /** Bounds how many collapsed misses are behind this at once; who gets no place is answered by what stands in, or 503. Default: no bound. */
  public ResponseCache limiter(MissLimiter limiter) {
    return with(changed -> changed.limiter = Optional.of(limiter));
  }

  /** What answers if the chain fails and nothing stored may stand in. */
  public ResponseCache lastResort(Response page) {
    return lastResort(_ -> page);
  }

  /** As {@link #lastResort(Response)}, made for each request; it must not depend on what has failed. */
  public ResponseCache lastResort(Function<? super Context, Response> page) {
    return with(changed -> changed.lastResort = Optional.of(page));
  }

  /** Tells other nodes what is purged here, and hears them, which takes milliseconds. Without it, or if messages are lost, they see it in the store within a second. */
  public ResponseCache backplane(Backplane backplane) {
    return with(changed -> changed.backplane = Optional.of(backplane));
  }

  /** Remembers at {@link #close} so many targets that were used most, for {@link #warm}. Default: none. */
  public ResponseCache warmStart(int most) {
    check("warmStart", most, 1_000_000);
    return with(changed -> changed.warm = most);
  }

  /** Hears what happens. */
  public ResponseCache listener(ResponseListener listener) {
    return with(changed -> changed.listener = listener);
  }

  /** Where the time comes from; tests own it. */
  public ResponseCache clock(InstantSource clock) {
    return with(changed -> changed.clock = clock);
  }

  // ---- what was stored

  /**
   * Forgets all variants of a target: {@code https://shop.example/tea?page=2}, or a path for requests that name no host. Other nodes on the same store see it within a
   * second. They look for that in memory by 256 shards of targets: each purge of one, and each unsafe method that succeeds, has them read about as many versions from the
   * store, and take from the store again what they had in memory of that shard. May wait for the store, for five writes.
   */
  public void purge(String url) {
    String primary = target(url);
    engine().counters.add(ResponseEvent.PURGED, primary);
    Purge.target(engine(), primary);
  }

  /** Makes all variants of a target stale: validated at the next use, or used stale where they may be. May wait for the store. */
  public void expire(String url) {
    String primary = target(url);
    engine().counters.add(ResponseEvent.PURGED, primary);
    Purge.expire(engine(), primary);
  }

  /** Forgets all that has this surrogate key ({@code Surrogate-Key}, {@code Cache-Tag}), however many there are. May wait for the store. */
  public void purgeTag(String tag) {
    Purge.tag(engine(), tag, false);
  }

  /** Makes stale all that has this surrogate key. May wait for the store. */
  public void expireTag(String tag) {
    Purge.tag(engine(), tag, true);
  }

  /** Forgets everything. May wait for the store. */
  public void purgeAll() {
    Purge.all(engine(), false);
  }

  /** Makes everything stale. May wait for the store. */
  public void expireAll() {
    Purge.all(engine(), true);
  }

  /** Takes what a process before this one used most from the store into memory, see {@link #warmStart}; how many responses that were. May wait for the store. */
  public int warm() {
    return engine().warm(settings.warm);
  }

  /** What has happened so far. */
  public ResponseStats stats() {
    return engine().store.stats(engine().counters);
  }

  /** Routes to purge and to look at this cache, for whoever shows this token: see {@link #admin(Gate)}. */
  public App admin(String bearerToken) {
    return admin(BearerAuth.token("cache-admin", bearerToken));
  }

  /**
   * Routes to purge and to look at this cache, behind a gate that says who may: {@code app.mount("/_cache", cache.admin(gate))}. {@code POST /purge} takes JSON
   * with one of {@code url}, {@code tag} and {@code all}, and perhaps {@code soft}; {@code PURGE /<path>} purges that path of the host that it is sent to;
   * {@code GET /stats} counts. Answers are JSON.
   */
  public App admin(Gate authentication) {
    return AdminRoutes.of(this, authentication);
  }

  /** Writes down what was used most, see {@link #warmStart}, and hears no other nodes any more. */
  @Override
  public void close() {
    gate.close();
  }

  // ---- the gate

  @Override
  public Verdict before(Context c) {
    return gate.before(c);
  }

  @Override
  public Response after(Context c, Response response) {
    return gate.after(c, response);
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    return gate.handle(c, next);
  }

  private Engine engine() {
    return gate.engine();
  }

  private ResponseCache with(Consumer<Settings> change) {
    return new ResponseCache(settings.with(change));
  }

  private static String target(String url) {
    return Purge.primary(url)
        .orElseThrow(() -> new IllegalArgumentException("url: \"" + url
            + "\" (expected: https://host/path, or a path)"));
  }

  private static void check(String name, long given, long most) {
    if (given < 1 || given > most) {
      throw new IllegalArgumentException(name + ": " + given + " (expected: 1 to " + most + ")");
    }
  }
}
