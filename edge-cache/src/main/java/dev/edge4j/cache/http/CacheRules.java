package dev.edge4j.cache.http;

import dev.edge4j.cache.http.CacheStatus.Forward;
import dev.edge4j.cache.http.Decision.Use;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of a shared cache (RFC 9111) under one policy, as pure functions of time, request and what is stored. Safe for use by many
 * threads.
 *
 * <p>The way of a request: {@link #decide}; if it has to go on, what {@link #forward} makes of it; with the head of what comes back,
 * {@link #freshen} for a 304 to a validation, else {@link #store}; {@link #answer} makes of a stored response what the client gets, and
 * {@link #relay} of one that came; {@link #invalidated} says what an unsafe request changed.
 */
public final class CacheRules {
  private final CachePolicy policy;
  private final VariantRules variants;
  private final StorageRules storage;
  private final UseRules use;
  private final ValidationRules validation;

  /** The rules under that policy. */
  public CacheRules(CachePolicy policy) {
    this.policy = policy;
    this.variants = new VariantRules(policy.selection());
    this.storage = new StorageRules(policy, variants);
    this.use = new UseRules(policy, variants);
    this.validation = new ValidationRules(policy, storage);
  }

  /** What they follow. */
  public CachePolicy policy() {
    return policy;
  }

  /**
   * What is to be done about a request.
   *
   * @param stored what is stored under its {@link CacheKey#primary}, in any order; variants of others do no harm
   */
  public Decision decide(Instant now, Request request, List<StoredResponse> stored) {
    return use.decide(now, request, stored);
  }

  /** True if that response, which {@link Decision#standIn} named, may still answer: time has passed since. */
  public boolean mayStandIn(Instant now, Request request, StoredResponse stored) {
    return use.mayStandIn(now.toEpochMilli(), request, stored);
  }

  /** True if a response that came is a failure that a stale one may stand in for: 500, 502, 503 or 504 (RFC 5861 section 4). */
  public static boolean isFailure(int status) {
    return status == 500 || status == 502 || status == 503 || status == 504;
  }

  /**
   * The request that goes on: for a validation with the stored response's validators instead of the client's own conditions and ranges
   * (RFC 9111 section 4.3.1); for a fetch without any, if the policy asks for wholes.
   */
  public Request forward(Request request, Decision decision) {
    return validation.forward(request, decision);
  }

  /** True if the answer to a forwarded request can answer others too: it asks for the whole, and for no other condition than ours. */
  public boolean isCollapsible(Request forwarded) {
    return validation.isCollapsible(forwarded);
  }

  /**
   * Whether to keep a response that came.
   *
   * @param requestTime when the request was sent on
   * @param responseTime when the head of the response was there
   * @param request the client's
   * @param response its head; the body does not count
   */
  public Storing store(Instant requestTime, Instant responseTime, Request request, Response response) {
    return storage.store(requestTime, responseTime, request, response);
  }

  /**
   * A stored response after a 304 to the validation with its validators (RFC 9111 sections 3.2 and 4.3.4); empty if that 304 is about
   * another one: then the request has to go on without conditions.
   */
  public Optional<Freshened> freshen(Instant requestTime, Instant responseTime, Request request,
      StoredResponse stored, Response notModified) {
    return validation.freshen(requestTime, responseTime, request, stored, notModified);
  }

  /**
   * The stored responses for GET after a response to a forwarded HEAD (RFC 9111 section 4.3.5): those that it could have selected, made
   * fresh if it describes them, and without those that it shows to be outdated. The others stay as they are.
   */
  public List<StoredResponse> afterHead(Instant requestTime, Instant responseTime, Request request, Response head,
      List<StoredResponse> stored) {
    return validation.afterHead(requestTime, responseTime, request, head, stored);
  }

  /**
   * What the client gets of a stored response: its own conditions and ranges are held against it (304, 206, 416), a HEAD gets no body;
   * with {@code Age}, {@code Cache-Status} and {@code X-Cache}. The plain answer is made once a second.
   */
  public Response answer(Instant now, Request request, StoredResponse stored, Use how) {
    return Answers.answer(now, request, stored, how, "");
  }

  /** The same, with a remark in {@code Cache-Status}, which has to be a token: where it was found, say. */
  public Response answer(Instant now, Request request, StoredResponse stored, Use how, String detail) {
    return Answers.answer(now, request, stored, how, detail);
  }

  /** The same, with another {@code Cache-Status} than a hit's: for what has just come, or was collapsed. */
  public Response answer(Instant now, Request request, StoredResponse stored, Use how, CacheStatus status) {
    return Answers.answer(now, request, stored, how, status);
  }

  /** What the client gets after a 304, whose cookies are this client's even where they are not stored. */
  public Response answerValidated(Instant now, Request request, Freshened freshened, Response notModified,
      Forward reason) {
    Response answer = answer(now, request, freshened.stored(), Use.VALIDATED, CacheStatus.forwarded(reason)
        .withForwardStatus(304)
        .withStored(freshened.keep()));
    if (answer.headers().contains("Set-Cookie")) {
      return answer;
    }
    for (String cookie : notModified.headers().all("Set-Cookie")) {
      answer = answer.withAddedHeader("Set-Cookie", cookie);
    }
    return answer;
  }

  /**
   * What the client gets of a response that came: without what is for caches alone, with the fields that all depends on in {@code Vary},
   * with {@code Cache-Status} and {@code X-Cache: MISS}; if wholes are asked for, its conditions and ranges are held against it.
   */
  public Response relay(Instant now, Request request, Response response, CacheStatus status) {
    return Answers.relay(now, request, response, status, policy);
  }

  /** The 504 to a {@link Decision.Refuse}. */
  public static Response refusal() {
    return Answers.refusal();
  }

  /** The request's values of these fields, in their normal form; {@code names} as {@link CacheKey#names} gives them. */
  public String variant(Request request, List<String> names) {
    return variants.variant(request, names);
  }

  /**
   * What is stored for a target with a new response: it comes first, what it replaces is gone, and so is what depends on other fields than
   * it says; no more than the policy allows.
   */
  public List<StoredResponse> beside(StoredResponse added, List<StoredResponse> stored) {
    return variants.beside(added, stored);
  }

  /** What an unsafe request made invalid by its response; nothing for a safe one, or one that failed. */
  public Invalidation invalidated(Request request, Response response) {
    return Invalidations.of(request, response);
  }

  /** The surrogate keys that a response lists in {@code Surrogate-Key} and {@code Cache-Tag}. */
  public static Set<String> tags(Headers headers) {
    return Tags.of(headers);
  }
}
