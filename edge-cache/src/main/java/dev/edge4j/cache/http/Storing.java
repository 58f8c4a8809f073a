package dev.edge4j.cache.http;

import dev.edge4j.http.Headers;
import java.util.List;
import java.util.Set;

/** Whether a response is to be stored; told from its head, before its body is there. */
public sealed interface Storing {
  /**
   * Keep it, once its body has come to its end: a response that broke off is nothing (RFC 9111 section 3.3).
   *
   * @param headers what is kept of its fields
   * @param freshness how long it may be used
   * @param vary the request fields that its content depends on, as {@link CacheKey#names} gives them
   * @param variant the request's values of them, as {@link CacheRules#variant} gives them
   * @param tags its surrogate keys, by which it may be purged
   * @param groups its cache groups (RFC 9875)
   */
  record Store(int status, Headers headers, Freshness freshness, List<String> vary, String variant, Set<String> tags,
      Set<String> groups) implements Storing {
    /** Copies the collections. */
    public Store {
      vary = List.copyOf(vary);
      tags = Set.copyOf(tags);
      groups = Set.copyOf(groups);
    }

    /** The whole, to be kept. The bytes are handed over: nobody may change them after this. */
    public StoredResponse with(byte[] body) {
      return new StoredResponse(this, body);
    }
  }

  /**
   * Do not keep it.
   *
   * @param reason why
   * @param hitForMiss true if the next request had better not wait for the answer to this one, since it will not be shareable either
   */
  record Skip(Reason reason, boolean hitForMiss) implements Storing {}

  /** Why a response is not stored; {@link #text} is fit for {@code Cache-Status} and logs. */
  enum Reason {
    /** Answers to that method are not. */
    METHOD("method"),
    /** Not with that status. */
    STATUS("status"),
    /** The request asked for that. */
    REQUEST_NO_STORE("request-no-store"),
    /** The response forbids it. */
    NO_STORE("no-store"),
    /** It is for one user. */
    PRIVATE("private"),
    /** The request was authorized, and nothing says that others may see the answer (RFC 9111 section 3.5). */
    AUTHORIZATION("authorization"),
    /** It sets a cookie. */
    COOKIE("set-cookie"),
    /** It depends on what no request says: {@code Vary: *}. */
    VARY("vary"),
    /** It is of no use now, nor can it be validated later. */
    NOT_FRESH("not-fresh");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** As a token. */
    public String text() {
      return text;
    }
  }
}
