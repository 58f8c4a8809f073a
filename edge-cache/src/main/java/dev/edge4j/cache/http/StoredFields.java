package dev.edge4j.cache.http;

import dev.edge4j.http.Headers;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Which fields of a response are kept (RFC 9111 section 3.1), and which a 304 brings up to date (section 3.2). */
final class StoredFields {
  /** Those of one connection, and what the server or the cache writes anew. */
  private static final Set<String> NEVER = Set.of("connection", "keep-alive", "proxy-connection", "te", "trailer",
      "transfer-encoding", "upgrade", "proxy-authenticate", "proxy-authentication-info", "proxy-authorization",
      "content-length", "age", "x-cache", "cache-status", "surrogate-key", "cache-tag");

  /** What the stored body depends on: a 304 that says otherwise would make it unreadable. */
  private static final Set<String> OF_THE_BODY = Set.of("content-encoding", "content-range", "content-md5",
      "content-digest", "etag");

  private static final String SURROGATE_CONTROL = "surrogate-control";

  private StoredFields() {}

  /** What is kept, without {@code removed} (in lower case). */
  static Headers kept(Headers headers, Set<String> removed, CachePolicy policy) {
    Set<String> dropped = new HashSet<>(NEVER);
    dropped.addAll(removed);
    if (isSurrogate(policy)) {
      dropped.add(SURROGATE_CONTROL);
    }
    headers.list("Connection").forEach(name -> dropped.add(name.toLowerCase(Locale.ROOT)));
    Headers.Builder kept = Headers.builder();
    headers.forEach((name, value) -> {
      if (!dropped.contains(name.toLowerCase(Locale.ROOT))) {
        kept.add(name, value);
      }
    });
    return kept.build();
  }

  /** The stored fields, each replaced by those of that name in a newer head. */
  static Headers updated(Headers stored, Headers newer) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    newer.forEach((name, _) -> {
      if (!OF_THE_BODY.contains(name.toLowerCase(Locale.ROOT))) {
        names.add(name);
      }
    });
    Headers.Builder updated = Headers.builder();
    stored.forEach((name, value) -> {
      if (!names.contains(name)) {
        updated.add(name, value);
      }
    });
    newer.forEach((name, value) -> {
      if (names.contains(name)) {
        updated.add(name, value);
      }
    });
    return updated.build();
  }

  /** Without what is for surrogates alone. */
  static Headers forClients(Headers headers, CachePolicy policy) {
    Headers left = headers.without("Surrogate-Key").without("Cache-Tag");
    return isSurrogate(policy) ? left.without(SURROGATE_CONTROL) : left;
  }

  /** Who obeys that field takes it out; a targeted field of RFC 9213 goes on to the next cache. */
  private static boolean isSurrogate(CachePolicy policy) {
    return policy.targeted().stream().anyMatch(SURROGATE_CONTROL::equalsIgnoreCase);
  }
}
