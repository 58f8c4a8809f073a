package dev.edge4j.testing;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Response;
import java.util.Optional;
import java.util.Set;

/** Where a response sends a client (RFC 9110 section 15.4). */
final class Redirect {
  private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

  private Redirect() {}

  /** The request to send next; empty if the response is no redirect, or one to another host. */
  static Optional<Outgoing> next(Outgoing out, Response response) {
    if (!STATUSES.contains(response.status())) {
      return Optional.empty();
    }
    return response.header("Location").flatMap(location -> target(out, location)).map(target -> {
      boolean repeated = response.status() >= 307 || out.method().equals(Method.GET) || out.method()
          .equals(Method.HEAD);
      return repeated ? new Outgoing(out.method(), target, out.headers(), out.body(), out.from())
          : new Outgoing(Method.GET, target, withoutBody(out.headers()), new byte[0], out.from());
    });
  }

  /** Resolves a location on the same host (RFC 3986 section 5.2); the server removes dot segments. */
  private static Optional<String> target(Outgoing out, String location) {
    String plain = location.replaceFirst("#.*", "");
    String origin = "http://" + out.headers().first("Host").orElse("");
    if (plain.isEmpty()) {
      return Optional.of(out.target());
    }
    if (plain.equals(origin) || plain.startsWith(origin + "/") || plain.startsWith(origin + "?")) {
      String rest = plain.substring(origin.length());
      return Optional.of(rest.startsWith("/") ? rest : "/" + rest);
    }
    if (plain.startsWith("//") || plain.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")) {
      return Optional.empty();
    }
    if (plain.startsWith("/")) {
      return Optional.of(plain);
    }
    String path = out.path();
    return Optional.of(plain.startsWith("?") ? path + plain : path.substring(0, path.lastIndexOf('/') + 1) + plain);
  }

  private static Headers withoutBody(Headers headers) {
    return headers.toBuilder()
        .remove("Content-Length")
        .remove("Content-Type")
        .remove("Transfer-Encoding")
        .build();
  }
}
