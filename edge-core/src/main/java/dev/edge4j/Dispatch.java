package dev.edge4j;

import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.routing.HostPattern;
import dev.edge4j.routing.PathPattern;
import dev.edge4j.routing.RouteTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An application's registrations, compiled: finds the chain of every request. Immutable, safe for use by many threads. */
final class Dispatch {
  /** Finds what is registered for every method, and nothing else. */
  private static final String NO_METHOD = "";

  private final RouteTable<Chain> routes;
  /** What answers where no route does, for each group with a prefix or a host, and last for the application. */
  private final List<Nowhere> nowhere;
  /** What answers OPTIONS for the server as a whole (RFC 9110 section 9.3.7). */
  private final Chain asterisk;
  private final TrailingSlash trailingSlash;
  private final boolean hasHosts;

  private Dispatch(RouteTable<Chain> routes, List<Nowhere> nowhere, Set<String> methods, TrailingSlash trailingSlash,
      boolean hasHosts) {
    this.routes = routes;
    this.nowhere = nowhere;
    this.asterisk = nowhere.getLast().chain().to(allow(Method.OPTIONS, methods));
    this.trailingSlash = trailingSlash;
    this.hasHosts = hasHosts;
  }

  /** The paths of a group, and the chain of those that have no route. */
  private record Nowhere(Registration.Below group, Chain chain) {
    boolean holds(String host, String path) {
      return group.pattern().matches(path) && group.group().host().map(h -> h.matches(host)).orElse(true);
    }

    int depth() {
      return group.pattern().length();
    }

    boolean isOfHost() {
      return group.group().host().isPresent();
    }
  }

  static Dispatch of(App app, List<Registration> registrations, TrailingSlash trailingSlash) {
    RouteTable.Builder<Chain> routes = RouteTable.builder();
    List<Chain.Layer> around = new ArrayList<>();
    List<Registration.Below> groups = new ArrayList<>();
    Set<String> methods = new TreeSet<>();
    boolean hasHosts = false;
    for (Registration registration : registrations) {
      hasHosts |= registration.group().host().isPresent();
      switch (registration) {
        case Registration.Around middleware -> around.add(Chain.Layer.of(middleware));
        case Registration.End end -> {
          add(routes, end, Chain.of(end, around));
          methods.add(end.method());
        }
        case Registration.Below below -> groups.add(below);
      }
    }
    groups.add(new Registration.Below(app, PathPattern.parse("/*")));
    List<Nowhere> nowhere = groups.stream()
        .map(group -> new Nowhere(group, new Chain(Chain.steps(group, around), notFound(group.group()), null, group
            .group())))
        .sorted(Comparator.comparing(Nowhere::isOfHost).thenComparing(Nowhere::depth).reversed())
        .toList();
    methods.remove(RouteTable.ANY);
    return new Dispatch(routes.build(), nowhere, methods, trailingSlash, hasHosts);
  }

  private static void add(RouteTable.Builder<Chain> routes, Registration.End end, Chain chain) {
    Optional<HostPattern> host = end.group().host();
    if (host.isPresent()) {
      routes.add(end.method(), host.get(), end.pattern(), chain);
    } else {
      routes.add(end.method(), end.pattern(), chain);
    }
  }

  private static Chain.End notFound(Routes group) {
    for (Routes at = group; at != null; at = at.parent()) {
      Handler own = at.notFound;
      if (own != null) {
        return new Chain.End.Handled(own);
      }
    }
    return new Chain.End.Handled(c -> {
      throw new NotFound("there is nothing at " + c.path());
    });
  }

  /**
   * The request with the path that its route matches, where a slash at the end is of no account. Not for a mounted application: the
   * guards of the one around it have seen the path as it was, so it redirects instead.
   */
  Request forgiving(Request request) {
    if (trailingSlash != TrailingSlash.IGNORE) {
      return request;
    }
    try {
      Optional<String> path = hasRoute(request, request.path()) ? Optional.empty() : other(request);
      return path.map(p -> request.withTarget(request.target().withPath(p))).orElse(request);
    } catch (BadRequestException e) {
      return request; // its chain answers so
    }
  }

  /** The chain of that request; always one, for there is always an answer. */
  Chain chain(Request request) {
    try {
      return find(request).on(request.path());
    } catch (BadRequestException e) {
      return nowhere.getLast()
          .chain()
          .to(_ -> {
            throw e;
          })
          .certain();
    }
  }

  private Chain find(Request request) {
    if (request.target().isAsterisk()) {
      return asterisk;
    }
    Optional<RouteTable.Entry<Chain>> found = find(request, request.path());
    return found.isPresent() ? found.get().value() : withoutRoute(request);
  }

  private Optional<RouteTable.Entry<Chain>> find(Request request, String path) {
    String method = request.method().name();
    // A client may send a method of that name; it must not reach what is registered for others.
    String asked = method.equals(RouteTable.ANY) ? NO_METHOD : method;
    Optional<RouteTable.Entry<Chain>> found = routes.find(asked, host(request), path);
    boolean isOwn = found.isPresent() && found.get().method().equals(method);
    return method.equals("HEAD") && !isOwn ? routes.find("GET", host(request), path) : found;
  }

  private String host(Request request) {
    return hasHosts ? request.host() : "";
  }

  private Chain withoutRoute(Request request) {
    String path = request.path();
    String host = host(request);
    Chain chain = nowhere.stream().filter(n -> n.holds(host, path)).findFirst().orElse(nowhere.getLast()).chain();
    Set<String> allowed = new TreeSet<>(routes.methods(host, path));
    if (!allowed.isEmpty()) {
      return chain.to(allow(request.method(), allowed));
    }
    if (trailingSlash != TrailingSlash.STRICT && other(request).isPresent()) {
      return chain.to(c -> Response.redirect(308, Slashes.other(c.request().target())));
    }
    return chain;
  }

  /** The path with a slash more or less at its end, if that one has a route. */
  private Optional<String> other(Request request) {
    return Optional.of(Slashes.other(request.path())).filter(path -> hasRoute(request, path));
  }

  private boolean hasRoute(Request request, String path) {
    return find(request, path).isPresent() || !routes.methods(host(request), path).isEmpty();
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
}
