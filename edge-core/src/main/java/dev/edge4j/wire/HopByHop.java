package dev.edge4j.wire;

import dev.edge4j.http.Headers;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Fields that are about one connection and end with it (RFC 9110 section 7.6.1). Pure. */
public final class HopByHop {
  private static final Set<String> ALWAYS = Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding",
      "te", "trailer", "upgrade", "http2-settings", "proxy-authenticate", "proxy-authorization",
      "proxy-authentication-info");
  /** What a client may say about its connection that whoever sends the request on has to know. */
  private static final Set<String> TOLD = Set.of("upgrade", "te");

  private HopByHop() {}

  /** What goes on: without those fields, and without what {@code Connection} names. */
  public static Headers removed(Headers headers) {
    Set<String> named = named(headers);
    Headers.Builder kept = headers.toBuilder();
    headers.forEach((name, _) -> {
      String lower = name.toLowerCase(Locale.ROOT);
      if (ALWAYS.contains(lower) || named.contains(lower)) {
        kept.remove(name);
      }
    });
    return kept.build();
  }

  /**
   * Without what {@code Connection} names, so that it names nothing that is added from now on: a client that names {@code X-Forwarded-For} does not get rid of ours. Its
   * upgrade stays, and its word on trailers.
   */
  public static Headers settled(Headers headers) {
    List<String> connection = headers.list("Connection");
    if (connection.isEmpty()) {
      return headers;
    }
    Headers.Builder kept = headers.toBuilder().remove("Connection");
    named(headers).stream().filter(name -> !TOLD.contains(name)).forEach(kept::remove);
    String told = String.join(", ", connection.stream()
        .filter(name -> TOLD.contains(name.toLowerCase(Locale.ROOT)))
        .toList());
    return told.isEmpty() ? kept.build() : kept.add("Connection", told).build();
  }

  private static Set<String> named(Headers headers) {
    var named = new HashSet<String>();
    headers.list("Connection").forEach(name -> named.add(name.toLowerCase(Locale.ROOT)));
    return named;
  }
}
