package dev.edge4j.cache.http;

import dev.edge4j.cache.http.Decision.Use;
import dev.edge4j.http.Headers;
import dev.edge4j.http.HttpDate;
import dev.edge4j.http.Method;
import dev.edge4j.http.Representation;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What clients get (RFC 9111 sections 4 and 4.3.2, RFC 9211). */
final class Answers {
  private static final String STATUS = "Cache-Status";

  private Answers() {}

  static Response answer(Instant now, Request request, StoredResponse stored, Use use, String detail) {
    long age = stored.ageMillis(now.toEpochMilli()) / 1000;
    StoredResponse.Told told = stored.told();
    if (told == null || told.age() != age || told.use() != use || !told.detail().equals(detail)) {
      CacheStatus status = CacheStatus.hit(ttl(stored, age)).withDetail(detail);
      told = new StoredResponse.Told(age, use, detail, made(stored, age, use, status));
      stored.told(told);
    }
    return fitted(now, request, told.response());
  }

  static Response answer(Instant now, Request request, StoredResponse stored, Use use, CacheStatus status) {
    long age = stored.ageMillis(now.toEpochMilli()) / 1000;
    return fitted(now, request, made(stored, age, use, status.withTtl(ttl(stored, age))));
  }

  static Response relay(Instant now, Request request, Response response, CacheStatus status, CachePolicy policy) {
    Headers.Builder told = StorageRules.withVary(StoredFields.forClients(response.headers(), policy), policy.selection()
        .fields()).toBuilder();
    told.set("X-Cache", "MISS").add(STATUS, status.toString());
    Response whole = response.withHeaders(told.build());
    return policy.wholes() ? fitted(now, request, whole) : whole;
  }

  static Response refusal() {
    return Response.problem(504, "the request wants an answer from the cache alone, which has none")
        .withHeader(STATUS, CacheStatus.NAME + "; detail=only-if-cached")
        .withHeader("Cache-Control", "no-store");
  }

  private static Response made(StoredResponse stored, long age, Use use, CacheStatus status) {
    Headers told = stored.headers()
        .toBuilder()
        .add("Age", String.valueOf(age))
        .add(STATUS, status.toString())
        .add("X-Cache", text(use))
        .build();
    return new Response(stored.status(), told, stored.sent());
  }

  /** Whole seconds, and the seconds of the age count as they are told: the two fields agree. */
  private static Duration ttl(StoredResponse stored, long age) {
    return Duration.ofSeconds(Math.floorDiv(stored.freshMillis(), 1000L) - age);
  }

  private static String text(Use use) {
    return switch (use) {
      case FRESH -> "HIT";
      case WHILE_REVALIDATE, MAX_STALE, IF_ERROR -> "STALE";
      case VALIDATED -> "REVALIDATED";
    };
  }

  /** The client's conditions and ranges held against the whole. */
  private static Response fitted(Instant now, Request request, Response whole) {
    if (ValidationRules.isPlain(request)) {
      return whole;
    }
    return isUnmodifiedSinceDate(now, request, whole) ? Representation.notModified(whole.headers())
        : Representation.answer(request, whole, now);
  }

  /** Section 4.3.2: without {@code Last-Modified} the date of a response stands for it. */
  private static boolean isUnmodifiedSinceDate(Instant now, Request request, Response whole) {
    Headers asked = request.headers();
    boolean reads = request.method().equals(Method.GET) || request.method().equals(Method.HEAD);
    if (!reads || whole.status() != 200 || whole.headers().contains("Last-Modified") || asked.contains("If-None-Match")
        || asked.contains("If-Match") || asked.contains("If-Unmodified-Since")) {
      return false;
    }
    Optional<Instant> since = asked.first("If-Modified-Since").flatMap(date -> HttpDate.parse(date.strip(), now));
    Optional<Instant> made = Ages.date(whole.headers(), now);
    return since.isPresent() && made.isPresent() && !made.get().isAfter(since.get());
  }
}
