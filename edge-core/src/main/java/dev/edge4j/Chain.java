package dev.edge4j;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Response;
import dev.edge4j.routing.RouteMatch;
import dev.edge4j.routing.RouteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What applies to one request: the middleware in order of registration, and what ends it.
 *
 * @param steps the middleware, each with the match that gives it its parameters
 * @param end the handler, the mounted application, or what answers 404, 405 and OPTIONS
 * @param endMatch the match that gives the end its parameters
 * @param group the group whose {@code onError} is the nearest
 */
record Chain(List<Step> steps, End end, @Nullable RouteMatch<?> endMatch, Routes group) {

  /** A middleware and the match it came by. */
  record Step(Middleware middleware, RouteMatch<?> match) {}

  /** What stands at the end of a chain. */
  sealed interface End {
    /** A handler answers. */
    record Handled(Handler handler) implements End {}

    /** A mounted application answers. */
    record Mounted(Registration.Mounted registration) implements End {}
  }

  /** The chain of that method and path; always one, for there is always an answer. */
  static Chain of(RouteTable<Registration> table, Routes root, Method method, String path) {
    List<RouteMatch<Registration>> matches = table.match(method.name(), path);
    Chain found = ending(matches);
    if (found == null && method.equals(Method.HEAD)) {
      matches = table.match(Method.GET.name(), path);
      found = ending(matches);
    }
    return found != null ? found : withoutRoute(table, root, matches, method, path);
  }

  /** The chain up to the first handler, or null if there is none. */
  private static @Nullable Chain ending(List<RouteMatch<Registration>> matches) {
    for (int i = 0; i < matches.size(); i++) {
      RouteMatch<Registration> match = matches.get(i);
      End end = switch (match.value()) {
        case Registration.End(_, _, _, Handler handler) -> new End.Handled(handler);
        case Registration.Mounted mounted -> new End.Mounted(mounted);
        default -> null;
      };
      if (end != null) {
        Routes group = match.value().group();
        return new Chain(steps(matches.subList(0, i), group), end, match, group);
      }
    }
    return null;
  }

  private static Chain withoutRoute(RouteTable<Registration> table, Routes root,
      List<RouteMatch<Registration>> matches, Method method, String path) {
    Set<String> allowed = new TreeSet<>(table.methods(path));
    Routes group = deepest(matches, root);
    Handler handler;
    if (allowed.isEmpty()) {
      handler = notFound(group);
    } else {
      handler = allow(method, allowed);
    }
    return new Chain(steps(matches, group), new End.Handled(handler), null, group);
  }

  private static Handler allow(Method method, Set<String> allowed) {
    allowed.add("OPTIONS");
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    Headers headers = Headers.of("Allow", String.join(", ", allowed));
    if (method.equals(Method.OPTIONS)) {
      return _ -> Response.of(204).withHeaders(headers);
    }
    return _ -> {
      throw new HttpError(405, method + " is not allowed here", headers);
    };
  }

  private static Handler notFound(Routes group) {
    for (Routes at = group; at != null; at = at.parent()) {
      Handler own = at.notFound;
      if (own != null) {
        return own;
      }
    }
    return c -> {
      throw new NotFound("there is nothing at " + c.path());
    };
  }

  private static Routes deepest(List<RouteMatch<Registration>> matches, Routes root) {
    Routes deepest = root;
    for (RouteMatch<Registration> match : matches) {
      if (match.value() instanceof Registration.Below below
          && below.group().prefix.length() > deepest.prefix.length()) {
        deepest = below.group();
      }
    }
    return deepest;
  }

  private static List<Step> steps(List<RouteMatch<Registration>> matches, Routes group) {
    List<Step> steps = new ArrayList<>(matches.size());
    for (RouteMatch<Registration> match : matches) {
      if (match.value() instanceof Registration.Around around && group.isWithin(around.group())) {
        steps.add(new Step(around.middleware(), match));
      }
    }
    return steps;
  }

  /** Number of gates at the head, which run on the event loop. */
  int leadingGates() {
    int count = 0;
    while (count < steps.size() && steps.get(count).middleware() instanceof Gate) {
      count++;
    }
    return count;
  }

  /** The handler, if the chain may run whole on the event loop. */
  Optional<Handler> inline() {
    return leadingGates() == steps.size() && end instanceof End.Handled(Handler.Inline inline) ? Optional.of(inline)
        : Optional.empty();
  }
}
