package dev.edge4j;

import dev.edge4j.http.Request;
import dev.edge4j.routing.HostPattern;
import dev.edge4j.routing.Overlap;
import dev.edge4j.routing.PathPattern;
import java.util.Optional;
import java.util.function.Function;

/** One thing that was registered, in the order of registration. */
sealed interface Registration {
  Routes group();

  PathPattern pattern();

  /** Middleware around what follows. */
  record Around(Routes group, PathPattern pattern, Middleware middleware) implements Registration {
    /** On which paths of a registration of its group, or of one inside it, the middleware runs. */
    Overlap on(Registration other) {
      return other.group().isWithin(group) ? pattern.overlap(other.pattern()) : Overlap.NEVER;
    }
  }

  /** What answers: a route. */
  sealed interface End extends Registration {
    /** The method, or {@link dev.edge4j.routing.RouteTable#ANY}. */
    String method();

    /** How it shows in messages. */
    default String label() {
      return method() + " " + group().host().map(HostPattern::text).orElse("") + pattern();
    }
  }

  /** A handler. */
  record Handled(Routes group, String method, PathPattern pattern, Handler handler) implements End {}

  /**
   * Another application below a prefix of that many segments.
   *
   * @param fixed the application, if it is the same for every request
   */
  record Mounted(Routes group, String method, PathPattern pattern, int prefixSegments, Optional<App> fixed,
      Function<? super Context, App> choice)
      implements
        End {
    /** A request as the application sees it. */
    Request below(Request request) {
      return request.withTarget(request.target().withPath(below(request.path())));
    }

    /** The path without its first segments; a path that a middleware rewrote may have fewer. */
    private String below(String path) {
      int slash = 0;
      for (int i = 0; i < prefixSegments && slash >= 0; i++) {
        slash = path.indexOf('/', slash + 1);
      }
      return slash < 0 ? "/" : path.substring(slash);
    }
  }

  /** The marker that tells which groups a path without a route lies in. */
  record Below(Routes group, PathPattern pattern) implements Registration {}
}
