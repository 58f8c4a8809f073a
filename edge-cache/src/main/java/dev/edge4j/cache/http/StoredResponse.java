package dev.edge4j.cache.http;

import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A response as a cache keeps it.
 *
 * @param status the status
 * @param headers the header fields, without those of one connection and those that a cache writes itself
 * @param body the whole body; handed over, not copied: nobody may change it after this
 * @param storedAt when it was stored
 * @param freshness how long it may be used
 * @param vary the request fields that its content depends on, as {@link CacheKey#names} gives them
 * @param variant the values that the request it answered had of them, as {@link CacheKey#variant} gives them
 */
public record StoredResponse(int status, Headers headers, byte[] body, Instant storedAt, Freshness freshness,
    List<String> vary, String variant) {

  /** Never stored: RFC 9111 section 3.1, and what the server or the cache writes anew. */
  private static final Set<String> DROPPED = Set.of("connection", "keep-alive", "proxy-connection", "te", "trailer",
      "transfer-encoding", "upgrade", "proxy-authenticate", "proxy-authentication-info", "proxy-authorization",
      "content-length", "age", "x-cache", "cache-status");

  /** Copies the list. */
  public StoredResponse {
    vary = List.copyOf(vary);
  }

  /**
   * Keeps a response that {@link CachePolicy#storable} found good.
   *
   * @param vary fields that the content depends on, beside those that the response names in {@code Vary}
   */
  public static StoredResponse of(Instant now, Request request, Response response, byte[] body, Freshness freshness,
      Collection<String> vary) {
    List<String> names = CacheKey.names(Stream.concat(vary.stream(), response.headers().list("Vary").stream())
        .toList());
    return new StoredResponse(response.status(), kept(response.headers()), body, now, freshness, names,
        CacheKey.variant(request, names));
  }

  /** Its age (RFC 9111 section 4.2.3); if the clock was set back, the age it was stored with. */
  public Duration age(Instant now) {
    Duration resident = Duration.between(storedAt, now);
    return resident.isNegative() ? freshness.initialAge() : freshness.initialAge().plus(resident);
  }

  /** The freshness that is left; negative if it is stale. */
  public Duration timeToLive(Instant now) {
    return freshness.freshFor().minus(age(now));
  }

  /** The answer that it gives now, with its {@code Age} and a {@code Cache-Status}. */
  public Response toResponse(Instant now) {
    Headers told = headers.toBuilder()
        .add("Age", String.valueOf(age(now).toSeconds()))
        .add("Cache-Status", CacheStatus.hit(timeToLive(now)))
        .build();
    return new Response(status, told, body.length == 0 ? Body.empty() : new Body.Bytes(body));
  }

  /** As bytes, for a store. */
  public byte[] encode() {
    return StoredResponseCodec.encode(this);
  }

  /** From bytes of {@link #encode}; empty if they are of another format or damaged. */
  public static Optional<StoredResponse> decode(byte[] bytes) {
    return StoredResponseCodec.decode(bytes);
  }

  private static Headers kept(Headers headers) {
    Set<String> dropped = new HashSet<>(DROPPED);
    headers.list("Connection").forEach(name -> dropped.add(name.toLowerCase(Locale.ROOT)));
    Headers.Builder kept = Headers.builder();
    headers.forEach((name, value) -> {
      if (!dropped.contains(name.toLowerCase(Locale.ROOT))) {
        kept.add(name, value);
      }
    });
    return kept.build();
  }
}
