package dev.edge4j.cache.http;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Words for tests of the rules: requests and responses in one line, at one time. */
final class HttpCases {
  static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  static final Request GET = request();

  private HttpCases() {}

  /** {@code GET /tea} with those fields, names and values alternating. */
  static Request request(String... fields) {
    List<String> all = new ArrayList<>(List.of("Host", "shop.example"));
    all.addAll(List.of(fields));
    return Request.get("/tea").withHeaders(Headers.of(all.toArray(new String[0])));
  }

  /** A 200 with those fields. */
  static Response response(String... fields) {
    return Response.text(200, "green").withHeaders(Headers.of(fields));
  }

  /** A 200 with that {@code Cache-Control}. */
  static Response controlled(String control) {
    return response("Cache-Control", control);
  }

  static Storing storing(CachePolicy policy, Request request, Response response) {
    return new CacheRules(policy).store(NOW, NOW, request, response);
  }

  /** The reason why it is not stored; fails if it is. */
  static Storing.Reason refused(CachePolicy policy, Request request, Response response) {
    return ((Storing.Skip) storing(policy, request, response)).reason();
  }

  /** What is stored; fails if it is not. */
  static StoredResponse stored(CachePolicy policy, Request request, Response response) {
    return ((Storing.Store) storing(policy, request, response)).with("green".getBytes(
        StandardCharsets.UTF_8));
  }

  static StoredResponse stored(Request request, Response response) {
    return stored(CachePolicy.EXPLICIT, request, response);
  }
}
