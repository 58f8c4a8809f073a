package dev.edge4j.routing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One registration that answers a request, with the values that its own pattern found in the path. Immutable and safe for use by
 * many threads. Values are index pairs into the path until someone reads them.
 */
public final class RouteMatch<T> {
  private final Route<T> route;
  private final String path;
  private final int[] bounds;

  RouteMatch(Route<T> route, String path, int[] bounds) {
    this.route = route;
    this.path = path;
    this.bounds = bounds;
  }

  Route<T> route() {
    return route;
  }

  /** What was registered. */
  public T value() {
    return route.value();
  }

  /** The pattern it was registered under. */
  public PathPattern pattern() {
    return route.pattern();
  }

  /**
   * The value of a parameter as it stands in the path, escapes that the path keeps included; empty if the pattern has no such
   * parameter or an optional one was left out. Where a pattern names two parameters alike, the first counts.
   */
  public Optional<String> param(String name) {
    String[] names = route.variant().names();
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name) && !name.equals(Segment.UNNAMED)) {
        return Optional.of(valueAt(i));
      }
    }
    return Optional.empty();
  }

  /** All parameters present in the path, by name, in the order of the pattern; values as {@link #param} gives them. */
  public Map<String, String> params() {
    String[] names = route.variant().names();
    Map<String, String> params = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      if (!names[i].equals(Segment.UNNAMED)) {
        params.putIfAbsent(names[i], valueAt(i));
      }
    }
    return Collections.unmodifiableMap(params);
  }

  private String valueAt(int capture) {
    return path.substring(bounds[2 * capture], bounds[2 * capture + 1]);
  }

  @Override
  public String toString() {
    return route.method() + " " + route.pattern() + " " + params();
  }
}
