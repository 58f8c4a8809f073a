package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.HttpError;
import dev.edge4j.Key;
import dev.edge4j.Next;
import dev.edge4j.ServiceUnavailable;
import dev.edge4j.Verdict;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import dev.edge4j.http.structured.Bare;
import dev.edge4j.http.structured.Item;
import dev.edge4j.http.structured.StructuredFields;
import dev.edge4j.middleware.ratelimit.RateCounts;
import dev.edge4j.middleware.ratelimit.RateDecision;
import dev.edge4j.middleware.ratelimit.RatePolicy;
import dev.edge4j.middleware.ratelimit.RateStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Limits how often each client may ask. By default by GCRA: the whole quota may be used at once and comes back evenly, one
 * request each {@code window / requests}. So a client can get its quota twice in the worst window, once from the burst and once as
 * it comes back; a smaller {@link #burst} makes that less, and {@link #slidingWindow} bounds every window. Over the limit the answer is 429
 * with {@code Retry-After}, and every response tells the state in {@code RateLimit-Policy} and {@code RateLimit}.
 *
 * <p>The counts live in this process, for at most 131,072 clients at a time; with more, the ones that used least are forgotten
 * first, so the limit errs on the side of letting through. Counts {@link #keptIn} a store are shared by nodes. Several limits may stand in
 * one chain: give each a {@linkplain #named name}. Time is that of the {@linkplain Context#time application}.
 *
 * <p>Source: draft-ietf-httpapi-ratelimit-headers-10; RFC 6585 section 4.
 */
public final class RateLimit implements Gate {
  /** So that a user is nobody's address. */
  private record User(String subject) {
    @Override
    public String toString() {
      return "user:" + subject;
    }
  }

  private record Settings(Function<? super Context, ?> client, RatePolicy policy, Optional<RateStore> store, int lease,
      boolean failClosed) {

    Settings with(RatePolicy changed) {
      return new Settings(client, changed, store, lease, failClosed);
    }
  }

  private final Key<RateDecision> decided = Key.named("rate-limit");
  private final StoreFailures failures = new StoreFailures();
  private final Settings settings;
  private final RateCounts counts;
  private final String policyField;
  private final String name;

  private RateLimit(Settings settings) {
    RatePolicy policy = settings.policy;
    this.settings = settings;
    this.counts = settings.store.map(store -> RateCounts.leased(store, policy, settings.lease))
        .orElseGet(() -> RateCounts.local(policy));
    this.policyField = StructuredFields.write(List.of(Item.of(policy.name())
        .with("q", new Bare.Whole(policy.requests()))
        .with("w", new Bare.Whole(seconds(policy.window().toNanos())))));
    this.name = StructuredFields.write(Item.of(policy.name()));
  }

  /**
   * So many requests in each window for each client address. An IPv6 client is its /64: one host has that many addresses to itself
   * (RFC 6177).
   */
  public static RateLimit perClient(int requests, Duration window) {
    return by(c -> ClientNetwork.of(c.client().address()), requests, window);
  }

  /** As {@link #perClient}, by the {@link Principal} where one is proved, from wherever it asks; stands behind what proves it. */
  public static RateLimit perUser(int requests, Duration window) {
    return by(c -> c.get(Principal.KEY)
        .<Object>map(principal -> new User(principal.subject()))
        .orElseGet(() -> ClientNetwork.of(c.client().address())), requests, window);
  }

  /**
   * As {@link #perClient}, for clients told apart by something else: a tenant, a user. The function must not block; what it gives is
   * compared by {@code equals}, in a store by its text.
   */
  public static RateLimit by(Function<? super Context, ?> client, int requests, Duration window) {
    return new RateLimit(new Settings(client, RatePolicy.of(requests, window), Optional.empty(), 1, false));
  }

  /** With at most so many of the requests at once; the rest only as the quota comes back. */
  public RateLimit burst(int burst) {
    return new RateLimit(settings.with(settings.policy.withBurst(burst)));
  }

  /** So that no window, wherever it begins, holds more than the requests; see {@link RatePolicy.Algorithm#SLIDING_WINDOW}. */
  public RateLimit slidingWindow() {
    return new RateLimit(settings.with(settings.policy.withAlgorithm(RatePolicy.Algorithm.SLIDING_WINDOW)));
  }

  /** With a name that tells this limit from others in the response and in a store: letters, digits, dots, hyphens, underscores. */
  public RateLimit named(String newName) {
    return new RateLimit(settings.with(settings.policy.withName(newName)));
  }

  /**
   * With the counts in a store that other nodes ask too, once for each request that it does not refuse; on a virtual thread. While the store
   * fails, nobody is limited: it is logged when that begins, and tried again every second. {@link #failClosed} says otherwise.
   */
  public RateLimit keptIn(RateStore store) {
    return new RateLimit(new Settings(settings.client, settings.policy, Optional.of(store), settings.lease,
        settings.failClosed));
  }

  /**
   * Takes so many requests of a client's quota from the store at a time, and lets them through without asking again. In the worst window
   * each node lets through one less than that over the limit, so make it small beside the limit.
   */
  public RateLimit leasing(int requests) {
    if (settings.store.isEmpty()) {
      throw new IllegalArgumentException(
          "leasing of a rate limit that is not kept in a store (expected: keptIn first)");
    }
    return new RateLimit(new Settings(settings.client, settings.policy, settings.store, requests,
        settings.failClosed));
  }

  /** Answers 503 while the store fails, instead of letting everybody through. */
  public RateLimit failClosed() {
    return new RateLimit(new Settings(settings.client, settings.policy, settings.store, settings.lease, true));
  }

  /** How often a request came to no decision because the store failed. */
  public long failures() {
    return failures.count();
  }

  @Override
  public Verdict before(Context c) {
    if (c.isWarmUp()) {
      return Verdict.pass(); // nobody, and never too often
    }
    long now = c.time().nanoTime();
    Optional<RateDecision> known = counts.tryTake(settings.client.apply(c), now);
    if (known.isPresent()) {
      return verdict(c, known.get());
    }
    return failures.isOver(now) ? Verdict.offload() : undecided(c);
  }

  private Verdict verdict(Context c, RateDecision decision) {
    c.set(decided, decision);
    if (decision.allowed()) {
      return Verdict.pass();
    }
    long wait = seconds(decision.retryAfterNanos());
    return Verdict.answer(c.problem(new HttpError(429, "too many requests; try again in " + wait + " s",
        Headers.of("Retry-After", String.valueOf(wait)))));
  }

  private Verdict undecided(Context c) {
    failures.add();
    return settings.failClosed
        ? Verdict.answer(c.problem(new ServiceUnavailable("requests cannot be counted now", StoreFailures.PAUSE)))
        : Verdict.pass();
  }

  /** Asks the store. */
  @Override
  public Response handle(Context c, Next next) throws Exception {
    return switch (ask(c)) {
      case Verdict.Answer(Response response) -> after(c, response);
      default -> after(c, next.proceed());
    };
  }

  private Verdict ask(Context c) throws InterruptedException {
    Object client = settings.client.apply(c);
    try {
      RateDecision decision = counts.take(client, c.time().nanoTime());
      failures.ended();
      return verdict(c, decision);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      failures.began(c.time().nanoTime(), settings.policy.name(), e);
      return undecided(c);
    }
  }

  @Override
  public Response after(Context c, Response response) {
    Optional<RateDecision> decision = c.get(decided);
    return decision.isEmpty() ? response
        : response.withHeaders(response.headers()
            .toBuilder()
            .add("RateLimit-Policy", policyField)
            .add("RateLimit", name + ";r=" + decision.get().remaining() + ";t=" + seconds(reset(decision.get())))
            .build());
  }

  /** Of a refusal the same as in {@code Retry-After}, as the draft wants it. */
  private static long reset(RateDecision decision) {
    return decision.allowed() ? decision.resetNanos() : decision.retryAfterNanos();
  }

  private static long seconds(long nanos) {
    return Math.ceilDiv(nanos, TimeUnit.SECONDS.toNanos(1));
  }
}
