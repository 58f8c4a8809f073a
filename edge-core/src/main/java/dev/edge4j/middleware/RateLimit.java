package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.HttpError;
import dev.edge4j.Key;
import dev.edge4j.Verdict;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Limits how often each client may ask, by {@linkplain Gcra GCRA}: the whole quota may be used at once and comes back evenly, one
 * request each {@code window / requests}. So a client can get its quota twice in the worst window, once from the burst and once as
 * it comes back; a smaller {@link #burst} makes that less. Over the limit the answer is 429 with {@code Retry-After}, and every
 * response tells the state in {@code RateLimit-Policy} and {@code RateLimit}.
 *
 * <p>The counts live in this process, for at most 131,072 clients at a time; with more, the ones that used least are forgotten
 * first, so the limit errs on the side of letting through. Several limits may stand in one chain: give each a {@linkplain #named
 * name}. Time is that of the {@linkplain Context#time application}.
 *
 * <p>Source: draft-ietf-httpapi-ratelimit-headers-10; RFC 6585 section 4.
 */
public final class RateLimit implements Gate {
  private static final int MAX_CLIENTS = 1 << 17;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private record Settings(Function<? super Context, ?> client, int requests, Duration window, int burst, String name) {}

  private final Key<Gcra.Decision> decided = Key.named("rate-limit");
  private final RateTable table = new RateTable(MAX_CLIENTS);
  private final Settings settings;
  private final Gcra gcra;
  private final String policy;

  private RateLimit(Settings settings) {
    this.settings = settings;
    this.gcra = Gcra.of(settings.requests, settings.window, settings.burst);
    this.policy = "\"" + settings.name + "\";q=" + settings.requests + ";w=" + seconds(settings.window.toNanos());
  }

  /**
   * So many requests in each window for each client address. An IPv6 client is its /64: one host has that many addresses to itself
   * (RFC 6177).
   */
  public static RateLimit perClient(int requests, Duration window) {
    return by(c -> network(c.client().address()), requests, window);
  }

  /** As {@link #perClient}, for clients told apart by something else: a tenant, a user. The function must not block. */
  public static RateLimit by(Function<? super Context, ?> client, int requests, Duration window) {
    return new RateLimit(new Settings(client, requests, window, requests, "default"));
  }

  /** With at most so many of the requests at once; the rest only as the quota comes back. */
  public RateLimit burst(int burst) {
    return new RateLimit(new Settings(settings.client, settings.requests, settings.window, burst, settings.name));
  }

  /** With a name that tells this limit from others in the response: letters, digits, dots, hyphens, underscores. */
  public RateLimit named(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("name of a rate limit: \"" + name
          + "\" (expected: 1 to 64 letters, digits, dots, hyphens, underscores)");
    }
    return new RateLimit(new Settings(settings.client, settings.requests, settings.window, settings.burst, name));
  }

  @Override
  public Verdict before(Context c) {
    Object client = c.isWarmUp() ? new Object() : settings.client.apply(c); // nobody, and never too often
    Gcra.Decision decision = table.take(client, gcra, c.time().nanoTime());
    c.set(decided, decision);
    if (decision.allowed()) {
      return Verdict.pass();
    }
    long wait = seconds(decision.retryAfter());
    return Verdict.answer(c.problem(new HttpError(429, "too many requests; try again in " + wait + " s",
        Headers.of("Retry-After", String.valueOf(wait)))));
  }

  @Override
  public Response after(Context c, Response response) {
    Gcra.Decision decision = c.require(decided);
    return response.withHeaders(response.headers()
        .toBuilder()
        .add("RateLimit-Policy", policy)
        .add("RateLimit", "\"" + settings.name + "\";r=" + decision.remaining() + ";t=" + seconds(decision.reset()))
        .build());
  }

  private static long seconds(long nanos) {
    return Math.ceilDiv(nanos, TimeUnit.SECONDS.toNanos(1));
  }

  private static Object network(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet6Address ? (Object) bytes.getLong() : (Object) bytes.getInt();
  }
}
