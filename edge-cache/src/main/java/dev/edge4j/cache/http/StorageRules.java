package dev.edge4j.cache.http;

import dev.edge4j.cache.http.Storing.Reason;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a shared cache stores (RFC 9111 section 3). */
final class StorageRules {
  /** Final, and without demands on caches of their own: all that {@code must-understand} may be said with (section 5.2.2.3). */
  private static final Set<Integer> UNDERSTOOD = Set.of(200, 201, 202, 203, 204, 205, 300, 301, 302, 303, 307, 308, 400,
      401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 417, 421, 422, 426, 428, 429, 431, 451,
      500, 501, 502, 503, 504, 505);

  private final CachePolicy policy;
  private final VariantRules variants;

  StorageRules(CachePolicy policy, VariantRules variants) {
    this.policy = policy;
    this.variants = variants;
  }

  Storing store(Instant requestTime, Instant responseTime, Request request, Response response) {
    Headers headers = response.headers();
    ResponseControl said = ResponseControl.of(headers, policy.targeted());
    var freshness = new FreshnessRules(policy.lifetimes(), said, response.status(), headers);
    Optional<Reason> prohibition = method(request, response, freshness).or(() -> prohibition(request, response
        .status(), headers, said.directives()));
    if (prohibition.isPresent()) {
      return new Storing.Skip(prohibition.get(), isOfAll(prohibition.get()) && !CacheRules.isFailure(response
          .status()));
    }
    Storing.Store head = head(requestTime, responseTime, request, response.status(), headers);
    boolean useless = head.freshness().remaining().isZero() || (head.freshness().validated() && !hasValidator(headers));
    return useless ? new Storing.Skip(Reason.NOT_FRESH, !CacheRules.isFailure(response.status())) : head;
  }

  String variant(Request request, List<String> names) {
    return variants.variant(request, names);
  }

  /** What the fields come to, without asking whether they may be stored. */
  Storing.Store head(Instant requestTime, Instant responseTime, Request request, int status, Headers headers) {
    ResponseControl said = ResponseControl.of(headers, policy.targeted());
    Freshness freshness = new FreshnessRules(policy.lifetimes(), said, status, headers).at(requestTime, responseTime);
    List<String> names = CacheKey.names(Stream.of(policy.selection().fields(), headers.list("Vary"), status == 206
        ? List
            .of("Range", "If-Range")
        : List.<String>of()).flatMap(List::stream).toList());
    Headers kept = withVary(StoredFields.kept(headers, removed(said.directives()), policy));
    return new Storing.Store(status, kept, freshness, names, variants.variant(request, names), Tags.of(headers), Tags
        .groups(headers, "Cache-Groups"));
  }

  /** Why a response with those fields may not be stored, whatever its freshness. */
  Optional<Reason> prohibition(Request request, int status, Headers headers) {
    return prohibition(request, status, headers, ResponseControl.of(headers, policy.targeted()).directives());
  }

  private Optional<Reason> prohibition(Request request, int status, Headers headers, CacheControl said) {
    RequestControl asked = RequestControl.of(request.headers(), policy);
    boolean understood = UNDERSTOOD.contains(status);
    boolean marked = said.has("public") || said.has("s-maxage");
    if (!isStorable(status, request, headers) || (said.has("must-understand") && !understood)) {
      return Optional.of(Reason.STATUS);
    }
    if (said.has("no-store") && !said.has("must-understand")) {
      return Optional.of(Reason.NO_STORE);
    }
    if (said.isUnqualified("private")) {
      return Optional.of(Reason.PRIVATE);
    }
    if (setsCookie(headers, said) && !mayKeepCookies(said)) {
      return Optional.of(Reason.COOKIE);
    }
    if (headers.list("Vary").contains("*")) {
      return Optional.of(Reason.VARY);
    }
    if (asked.noStore()) {
      return Optional.of(Reason.REQUEST_NO_STORE);
    }
    return request.headers().contains("Authorization") && !marked && !said.has("must-revalidate") ? Optional.of(
        Reason.AUTHORIZATION) : Optional.empty();
  }

  /** GET; and POST, if the response says that it is what a GET of that target gives, and for how long (RFC 9110 section 9.3.3). */
  private static Optional<Reason> method(Request request, Response response, FreshnessRules freshness) {
    boolean get = request.method().equals(Method.GET) && !hasContent(request.headers());
    boolean like = request.method().equals(Method.POST) && response.status() == 200 && freshness.isExplicit()
        && response.headers()
            .first("Content-Location")
            .flatMap(location -> CacheKey.resolved(request, location))
            .filter(key -> CacheKey.primary(request).filter(key::equals).isPresent())
            .isPresent();
    return get || like ? Optional.empty() : Optional.of(Reason.METHOD);
  }

  /** Content of a GET means nothing (RFC 9110 section 9.3.1); who reads it all the same must not have the answer told to others. */
  private static boolean hasContent(Headers headers) {
    return headers.contains("Transfer-Encoding") || headers.first("Content-Length")
        .filter(length -> !length.equals(
            "0"))
        .isPresent();
  }

  /**
   * What answers a client's condition or range is no response of its own; a part is only if the policy wants it, and the request did ask
   * for that part alone.
   */
  private boolean isStorable(int status, Request request, Headers headers) {
    return switch (status) {
      case 101, 304, 412, 416 -> false;
      case 206 -> policy.parts() && request.headers().contains("Range") && !request.headers().contains("If-Range")
          && headers.contains("Content-Range");
      default -> true;
    };
  }

  /** Without the cookies that may not be stored: those of a 304 are for the client alone that it answers. */
  Headers withoutCookies(Headers newer, Headers merged) {
    CacheControl said = ResponseControl.of(merged, policy.targeted()).directives();
    return mayKeepCookies(said) ? newer : newer.without("Set-Cookie").without("Set-Cookie2");
  }

  private boolean mayKeepCookies(CacheControl said) {
    return switch (policy.cookies()) {
      case NEVER -> false;
      case IF_MARKED_SHARED -> said.has("public") || said.has("s-maxage");
      case LIKE_ANY_FIELD -> true;
    };
  }

  private static boolean hasValidator(Headers headers) {
    return headers.contains("ETag") || headers.contains("Last-Modified");
  }

  private static boolean setsCookie(Headers headers, CacheControl said) {
    return (headers.contains("Set-Cookie") && !removed(said).contains("set-cookie")) || (headers.contains("Set-Cookie2")
        && !removed(said).contains("set-cookie2"));
  }

  /** Fields for one user, or that may not be used without validation (sections 5.2.2.7 and 5.2.2.4), are not kept. */
  private static Set<String> removed(CacheControl said) {
    Set<String> removed = new HashSet<>(said.fields("private"));
    removed.addAll(said.fields("no-cache"));
    return removed;
  }

  /** True if the next request's answer will not be shareable either, as far as one can tell. */
  private static boolean isOfAll(Reason reason) {
    return switch (reason) {
      case METHOD, REQUEST_NO_STORE, AUTHORIZATION -> false;
      case STATUS, NO_STORE, PRIVATE, COOKIE, VARY, NOT_FRESH -> true;
    };
  }

  private Headers withVary(Headers headers) {
    return withVary(headers, policy.selection().fields());
  }

  static Headers withVary(Headers headers, List<String> fields) {
    if (fields.isEmpty()) {
      return headers;
    }
    List<String> told = CacheKey.names(headers.list("Vary"));
    List<String> missing = fields.stream().filter(name -> !told.contains(name)).toList();
    return missing.isEmpty() || told.contains("*") ? headers : headers.withAdded("Vary", String.join(", ", missing));
  }
}
