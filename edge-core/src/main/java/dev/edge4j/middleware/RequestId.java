package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Key;
import dev.edge4j.Verdict;
import dev.edge4j.http.Response;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Gives each request an id: the client's {@code X-Request-Id} if it is 1 to 128 word characters, hyphens or equals signs, else a new
 * one. It stands in {@link #KEY} and in the response. An id names a request in logs; it is no secret and proves nothing.
 */
public final class RequestId implements Gate {
  /** The id of the request. */
  public static final Key<String> KEY = Key.named("request-id");

  private static final String HEADER = "X-Request-Id";
  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9_=-]{1,128}");
  private static final HexFormat HEX = HexFormat.of();

  /** Random once and counted from there: drawing from a SecureRandom for each request may wait for the system. */
  private final String origin;
  private final AtomicLong count;

  private RequestId() {
    var random = new SecureRandom();
    this.origin = HEX.toHexDigits(random.nextLong());
    this.count = new AtomicLong(random.nextLong());
  }

  public static RequestId create() {
    return new RequestId();
  }

  @Override
  public Verdict before(Context c) {
    c.set(KEY, c.header(HEADER).filter(id -> ACCEPTED.matcher(id).matches()).orElseGet(this::next));
    return Verdict.pass();
  }

  @Override
  public Response after(Context c, Response response) {
    return response.withHeader(HEADER, c.require(KEY));
  }

  /** Unique: 64 random bits for this process, and a count that is stirred by a bijection so that ids do not look alike. */
  private String next() {
    return origin + HEX.toHexDigits(stir(count.getAndIncrement()));
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
  private static long stir(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
