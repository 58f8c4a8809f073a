package dev.edge4j;

import dev.edge4j.routing.PathPattern;
import java.util.function.Function;

/** One thing that was registered, in the order of registration. */
sealed interface Registration {
  Routes group();

  String method();

  PathPattern pattern();

  /** Middleware around what follows. */
  record Around(Routes group, String method, PathPattern pattern, Middleware middleware) implements Registration {}

  /** A handler. */
  record End(Routes group, String method, PathPattern pattern, Handler handler) implements Registration {}

  /** Another application below a prefix of that many segments. */
  record Mounted(Routes group, String method, PathPattern pattern, int prefixSegments,
      Function<? super Context, App> choice)
      implements
        Registration {}

  /** The marker that tells which groups a path without a route lies in. */
  record Below(Routes group, String method, PathPattern pattern) implements Registration {}
}
