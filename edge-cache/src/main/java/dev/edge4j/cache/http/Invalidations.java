package dev.edge4j.cache.http;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What unsafe requests make invalid (RFC 9111 section 4.4, RFC 9875). */
final class Invalidations {
  private Invalidations() {}

  static Invalidation of(Request request, Response response) {
    Optional<String> target = CacheKey.primary(request);
    if (request.method().isSafe() || response.status() >= 400 || target.isEmpty()) {
      return Invalidation.NOTHING;
    }
    Set<String> targets = new LinkedHashSet<>();
    targets.add(target.get());
    Headers headers = response.headers();
    headers.first("Location").flatMap(location -> CacheKey.resolved(request, location)).ifPresent(targets::add);
    headers.first("Content-Location").flatMap(location -> CacheKey.resolved(request, location)).ifPresent(targets::add);
    return new Invalidation(targets, Tags.groups(headers, "Cache-Group-Invalidation"), CacheKey.origin(target.get()));
  }
}
