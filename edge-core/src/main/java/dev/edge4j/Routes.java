package dev.edge4j;

import dev.edge4j.http.Method;
import dev.edge4j.routing.HostPattern;
import dev.edge4j.routing.PathPattern;
import dev.edge4j.routing.PatternException;
import dev.edge4j.routing.RouteTable;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where routes and middleware are registered. Order of registration is precedence and the only order: the first handler that
 * matches answers, and around it stand the middleware registered before it.
 *
 * <p>Patterns: {@code /a}, {@code /:id}, {@code /:id.json}, {@code /:id{regex}}, {@code /:opt?}, {@code /files/*}, {@code /files/*path};
 * {@link PathPattern} has them all. A malformed one throws {@link PatternException} here, a route added after the start
 * {@link IllegalStateException}.
 *
 * <p>Confined to the thread that sets the application up.
 */
public abstract sealed class Routes permits App, Group {
  final String prefix;
  final Place place;
  private final Optional<HostPattern> host;
  @Nullable Handler notFound;
  @Nullable ErrorHandler onError;

  Routes(String prefix, Place place, Optional<HostPattern> host) {
    this.prefix = prefix;
    this.place = place;
    this.host = host;
  }

  /** The host that its routes answer on, if not on every one. */
  Optional<HostPattern> host() {
    return host;
  }

  abstract App app();

  /** The group this one was made in; none for the application itself. */
  abstract @Nullable Routes parent();

  /** Middleware around every route of this group that is registered after it. */
  public Routes use(Middleware... middleware) {
    return use("/*", middleware);
  }

  /** Middleware around the routes of this group that are registered after it and whose path the pattern matches. */
  public Routes use(String pattern, Middleware... middleware) {
    for (Middleware each : middleware) {
      app().register(new Registration.Around(this, path(pattern), each));
    }
    return this;
  }

  public Routes get(String pattern, Handler handler) {
    return on(Method.GET, pattern, handler);
  }

  public Routes post(String pattern, Handler handler) {
    return on(Method.POST, pattern, handler);
  }

  public Routes put(String pattern, Handler handler) {
    return on(Method.PUT, pattern, handler);
  }

  public Routes patch(String pattern, Handler handler) {
    return on(Method.PATCH, pattern, handler);
  }

  public Routes delete(String pattern, Handler handler) {
    return on(Method.DELETE, pattern, handler);
  }

  /** A handler for a method of any name. */
  public Routes on(Method method, String pattern, Handler handler) {
    app().register(new Registration.Handled(this, method.name(), path(pattern), handler));
    return this;
  }

  /**
   * A WebSocket (RFC 6455) on GET of that path: {@code app.ws("/chat/:room", ws -> ...)}. Who comes without the wish to upgrade is
   * answered 426, a page of another host 403.
   */
  public Routes ws(String pattern, WebSocketHandler handler) {
    return ws(pattern, WebSocketOptions.defaults(), handler);
  }

  /** As {@link #ws(String, WebSocketHandler)}, for other origins, subprotocols and compression. */
  public Routes ws(String pattern, WebSocketOptions options, WebSocketHandler handler) {
    return get(pattern, Handler.inline(new WebSocketHandshake(handler, options)));
  }

  /** A handler for every method. */
  public Routes all(String pattern, Handler handler) {
    app().register(new Registration.Handled(this, RouteTable.ANY, path(pattern), handler));
    return this;
  }

  /** Routes below a prefix, with middleware, {@code notFound} and {@code onError} of their own that reach no sibling. */
  public Routes group(String below, Consumer<Routes> routes) {
    routes.accept(group(below));
    return this;
  }

  /** As {@link #group(String, Consumer)}, returning the group. */
  public Group group(String below) {
    if (!below.startsWith("/") || below.endsWith("/")) {
      throw new IllegalArgumentException(
          "group: \"" + below + "\" (expected: a prefix that begins with a slash and does not end with one)");
    }
    Group group = new Group(this, prefix + below, place, host);
    app().register(new Registration.Below(group, group.path("/*")));
    return group;
  }

  /**
   * Routes of one host, with middleware, {@code notFound} and {@code onError} of their own: {@code api.example.com},
   * {@code :tenant.example.com}, {@code *.example.com}. The host is the one that the client asked for; order of registration is
   * precedence here too, so routes for every host come after these.
   */
  public Group host(String pattern) {
    if (host.isPresent()) {
      throw new IllegalArgumentException("host: \"" + pattern + "\" inside that of " + host.get()
          + " (expected: a group that has no host yet)");
    }
    Group group = new Group(this, prefix, place, Optional.of(HostPattern.parse(pattern)));
    app().register(new Registration.Below(group, group.path("/*")));
    return group;
  }

  /** As {@link #host(String)}, for routes in a block. */
  public Routes host(String pattern, Consumer<Routes> routes) {
    routes.accept(host(pattern));
    return this;
  }

  /**
   * Routes that stand inside this further middleware: {@code app.with(Authorize.role("admin")).get("/admin", ...)}. It has routes and no
   * paths, so a path without a route never lies in it: its {@code notFound} counts for the groups that are made in it.
   */
  public Group with(Middleware... middleware) {
    Group group = new Group(this, prefix, place, host);
    group.use(middleware);
    return group;
  }

  /** Routes that belong at the origin, with the reason why they cannot run at the edge. */
  public Group atOrigin(String reason) {
    return new Group(this, prefix, Place.origin(reason), host);
  }

  /**
   * Hands everything below a prefix to another application, which sees the path without the prefix, and the prefix's parameters. It
   * answers for itself: its 404 and 405, its errors and its {@link TrailingSlash} are its own.
   */
  public Routes mount(String at, App mounted) {
    if (mounted.holds(app())) {
      throw new IllegalArgumentException(
          "mount: \"" + at + "\" (expected: an application that does not hold this one; its requests would never end)");
    }
    return mount(at, Optional.of(mounted), _ -> mounted);
  }

  /** As {@link #mount(String, App)}, choosing the application for each request; the choice must not block. */
  public Routes mount(String at, Function<? super Context, App> choice) {
    return mount(at, Optional.empty(), choice);
  }

  private Routes mount(String at, Optional<App> fixed, Function<? super Context, App> choice) {
    String base = at.equals("/") ? "" : at;
    if (!base.isEmpty() && (!base.startsWith("/") || base.endsWith("/") || base.contains("*"))) {
      throw new IllegalArgumentException("mount: \"" + at + "\" (expected: a prefix such as /shop or /:tenant, or /)");
    }
    String whole = prefix + base;
    if (whole.contains("?") || whole.contains("{") || whole.contains("*")) {
      throw new IllegalArgumentException("mount: \"" + whole
          + "\" (expected: a prefix of a fixed number of segments; the group has an optional one, a regex or a wildcard)");
    }
    int segments = (int) whole.chars().filter(c -> c == '/').count();
    app().register(new Registration.Mounted(this, RouteTable.ANY, path(base + "/*"), segments, fixed, choice));
    return this;
  }

  /** What answers where no route of this group does. */
  public Routes notFound(Handler handler) {
    app().checkOpen();
    notFound = handler;
    return this;
  }

  /** What renders the errors of this group's routes. */
  public Routes onError(ErrorHandler handler) {
    app().checkOpen();
    onError = handler;
    return this;
  }

  PathPattern path(String pattern) {
    if (!pattern.startsWith("/") && !pattern.equals("*")) {
      throw new IllegalArgumentException("pattern: \"" + pattern + "\" (expected: a slash at its beginning)");
    }
    String below = pattern.equals("*") ? "/*" : pattern;
    PathPattern whole = PathPattern.parse(below.equals("/") && !prefix.isEmpty() ? prefix : prefix + below)
        .requireNormalForm();
    for (String name : whole.parameterNames()) {
      if (host.isPresent() && host.get().parameterNames().contains(name)) {
        throw new IllegalArgumentException("pattern: \"" + whole + "\" (expected: another name than " + name
            + ", which is a parameter of the host " + host.get() + ")");
      }
    }
    return whole;
  }

  /** True if this is {@code other} or stands somewhere inside it. */
  boolean isWithin(Routes other) {
    for (Routes at = this; at != null; at = at.parent()) {
      if (at == other) {
        return true;
      }
    }
    return false;
  }
}
