package dev.edge4j;

import dev.edge4j.http.Request;
import dev.edge4j.routing.HostPattern;
import dev.edge4j.routing.PathParams;
import dev.edge4j.routing.PathPattern;
import java.util.Optional;

/** The host and the pattern that something was registered under: what gives it its parameters. */
record Address(Optional<HostPattern> host, PathPattern pattern) {
  static Address of(Registration registration) {
    return new Address(registration.group().host(), registration.pattern());
  }

  /** The values in a path that the pattern is known to match. */
  PathParams params(String path) {
    return pattern.paramsOfMatch(path);
  }

  Optional<String> hostParam(Request request, String name) {
    return host.flatMap(h -> h.param(request.host(), name));
  }
}
