package dev.edge4j.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All registrations of an application, compiled into a tree over path segments. Immutable and safe for use by many threads.
 *
 * <p>A request is answered by every registration whose method and pattern match, in the order of registration and in no other:
 * what is more specific does not come first. What one pattern means does not depend on what else is registered.
 *
 * <p>Paths are compared as they are, in the form that {@link dev.edge4j.http.RequestTarget#path} gives them.
 */
public final class RouteTable<T> {
  /** In place of a method: every method. */
  public static final String ANY = "*";

  private final Node<T> root;

  private RouteTable(Node<T> root) {
    this.root = root;
  }

  /** A table to be filled. */
  public static <T> Builder<T> builder() {
    return new Builder<>();
  }

  /**
   * Every registration that answers the request, in registration order; empty if there is none.
   *
   * @param method compared case sensitively
   */
  public List<RouteMatch<T>> match(String method, String path) {
    return Collections.unmodifiableList(new Walk<T>(path, route -> route.answers(method)).from(root));
  }

  /**
   * The methods that some registration names for this path, in registration order: what {@code Allow} lists (RFC 9110 section
   * 10.2.1). Registrations for {@link #ANY} method do not count.
   */
  public Set<String> methods(String path) {
    Set<String> methods = new LinkedHashSet<>();
    for (RouteMatch<T> match : new Walk<T>(path, route -> !route.answersEveryMethod()).from(root)) {
      methods.add(match.route().method());
    }
    return Collections.unmodifiableSet(methods);
  }

  /** Gathers registrations. Not safe for use by many threads. */
  public static final class Builder<T> {
    private final List<Route<T>> routes = new ArrayList<>();
    private int registrations;

    private Builder() {}

    /** Registers a value after all others. */
    public Builder<T> add(String method, PathPattern pattern, T value) {
      List<Variant> variants = pattern.variants();
      for (int rank = 0; rank < variants.size(); rank++) {
        routes.add(new Route<>(registrations, rank, method, pattern, variants.get(rank), value));
      }
      registrations++;
      return this;
    }

    /** Compiles what was registered so far; the builder may be used on. */
    public RouteTable<T> build() {
      return new RouteTable<>(NodeCompiler.root(routes));
    }
  }
}
