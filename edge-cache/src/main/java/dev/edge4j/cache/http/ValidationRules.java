package dev.edge4j.cache.http;

import dev.edge4j.http.EntityTag;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Validation of stored responses (RFC 9111 section 4.3). */
final class ValidationRules {
  private static final List<String> CONDITIONS = List.of("If-None-Match", "If-Modified-Since", "If-Match",
      "If-Unmodified-Since", "If-Range", "Range");

  private final CachePolicy policy;
  private final StorageRules storage;

  ValidationRules(CachePolicy policy, StorageRules storage) {
    this.policy = policy;
    this.storage = storage;
  }

  Request forward(Request request, Decision decision) {
    return switch (decision) {
      case Decision.Validate(var stored, var _, var _) -> request.withHeaders(conditional(request.headers(), stored));
      case Decision.Fetch(var reason, var _) when policy.wholes() && reason != CacheStatus.Forward.METHOD -> isPlain(
          request) ? request : request.withHeaders(plain(request.headers()));
      case Decision.Fetch _,Decision.Serve _,Decision.Refuse _ -> request;
    };
  }

  boolean isCollapsible(Request forwarded) {
    return isPlain(forwarded) && !forwarded.headers().contains("Authorization");
  }

  /** True if the request has neither conditions nor a range. */
  static boolean isPlain(Request request) {
    Headers headers = request.headers();
    for (String name : CONDITIONS) {
      if (headers.contains(name)) {
        return false;
      }
    }
    return true;
  }

  private static Headers plain(Headers headers) {
    Headers.Builder plain = headers.toBuilder();
    CONDITIONS.forEach(plain::remove);
    return plain.build();
  }

  private static Headers conditional(Headers headers, StoredResponse stored) {
    Headers.Builder conditional = plain(headers).toBuilder();
    stored.tag().ifPresent(tag -> conditional.add("If-None-Match", tag.toString()));
    stored.lastModified().ifPresent(date -> conditional.add("If-Modified-Since", date));
    return conditional.build();
  }

  Optional<Freshened> freshen(Instant requestTime, Instant responseTime, Request request, StoredResponse stored,
      Response notModified) {
    return policy.trustsNotModified() || isAbout(stored, notModified.headers()) ? Optional.of(updated(requestTime,
        responseTime, request, stored, notModified.headers())) : Optional.empty();
  }

  List<StoredResponse> afterHead(Instant requestTime, Instant responseTime, Request request, Response head,
      List<StoredResponse> stored) {
    if (head.status() != 200) {
      return stored;
    }
    List<StoredResponse> left = new ArrayList<>();
    for (StoredResponse one : stored) {
      if (one.status() != 200 || !one.variant().equals(storage.variant(request, one.vary()))) {
        left.add(one);
      } else if (isDescribedBy(one, head.headers())) {
        Freshened fresh = updated(requestTime, responseTime, request, one, head.headers());
        if (fresh.keep()) {
          left.add(fresh.stored());
        }
      }
    }
    return List.copyOf(left);
  }

  private Freshened updated(Instant requestTime, Instant responseTime, Request request, StoredResponse stored,
      Headers newer) {
    Headers all = StoredFields.updated(stored.headers(), newer);
    Headers merged = StoredFields.updated(stored.headers(), storage.withoutCookies(newer, all));
    Storing.Store head = storage.head(requestTime, responseTime, request, stored.status(), merged);
    boolean tagged = newer.contains("Surrogate-Key") || newer.contains("Cache-Tag");
    boolean grouped = newer.contains("Cache-Groups");
    var whole = new Storing.Store(head.status(), head.headers(), head.freshness(), head.vary(), head.variant(), tagged
        ? head.tags()
        : stored.tags(), grouped ? head.groups() : stored.groups());
    boolean keep = storage.prohibition(request, stored.status(), merged).isEmpty() && !head.freshness()
        .remaining()
        .isZero();
    return new Freshened(whole.with(stored.body()), keep);
  }

  /** Section 4.3.4: by its strong validators, else by its weak ones; one without any can be about the one that was asked for alone. */
  private static boolean isAbout(StoredResponse stored, Headers headers) {
    Optional<EntityTag> tag = headers.first("ETag").flatMap(EntityTag::parse);
    if (tag.isPresent()) {
      EntityTag other = tag.get();
      return stored.tag().filter(own -> other.weak() ? own.isEquivalent(other) : own.isSame(other)).isPresent();
    }
    Optional<String> modified = headers.first("Last-Modified");
    return modified.isEmpty() || stored.lastModified().isEmpty() || modified.equals(stored.lastModified());
  }

  /** Section 4.3.5: the validators and the length are the same. */
  private static boolean isDescribedBy(StoredResponse stored, Headers head) {
    return head.first("ETag").equals(stored.headers().first("ETag")) && head.first("Last-Modified")
        .equals(stored.lastModified()) && head.first("Content-Length")
            .map(length -> length.equals(String.valueOf(stored.body().length)))
            .orElse(true);
  }
}
