package dev.edge4j;

import java.util.ArrayList;
import java.util.List;

/**
 * A route as a printed table shows it.
 *
 * @param method the method, {@code *} for all
 * @param pattern the whole pattern, with the prefixes of its groups
 * @param middleware the names of what may stand around the handler, in order; some by a pattern that not every path matches
 * @param hopsAt what ends the fast lane: the first element that may block, so that the request gets a virtual thread
 * @param place edge, or origin with the reason
 */
public record Route(String method, String pattern, List<String> middleware, String hopsAt, Place place) {

  static List<Route> all(List<Registration> registrations) {
    List<Route> routes = new ArrayList<>();
    List<Registration.Around> around = new ArrayList<>();
    for (Registration registration : registrations) {
      switch (registration) {
        case Registration.Around each -> around.add(each);
        case Registration.End(Routes group, String method, var pattern, Handler handler) -> {
          List<Registration.Around> own = applying(around, group, pattern.text());
          String end = handler instanceof Handler.Inline ? "nothing" : "handler";
          routes.add(new Route(method, pattern.text(), names(own), hop(own, end), group.place));
        }
        case Registration.Mounted mounted -> {
          List<Registration.Around> own = applying(around, mounted.group(), mounted.pattern().text());
          routes.add(new Route("*", mounted.pattern().text(), names(own), hop(own, "mounted application"),
              mounted.group().place));
        }
        case Registration.Below _ -> {
          // A marker, not a route.
        }
      }
    }
    return List.copyOf(routes);
  }

  private static List<Registration.Around> applying(List<Registration.Around> all, Routes group, String pattern) {
    return all.stream().filter(a -> group.isWithin(a.group()) && mayMatch(a.pattern().text(), pattern)).toList();
  }

  /** Whether some path could match both: exact for prefixes, generous elsewhere. */
  private static boolean mayMatch(String around, String route) {
    if (!around.endsWith("/*")) {
      return around.equals(route) || around.contains(":") || around.contains("*") || route.contains(":") || route
          .contains("*");
    }
    String prefix = around.substring(0, around.length() - 2);
    return prefix.contains(":") || prefix.contains("*") || route.equals(prefix) || route.startsWith(prefix + "/");
  }

  private static List<String> names(List<Registration.Around> around) {
    return around.stream().map(a -> a.middleware().name()).toList();
  }

  private static String hop(List<Registration.Around> around, String end) {
    return around.stream()
        .map(Registration.Around::middleware)
        .filter(m -> !(m instanceof Gate))
        .map(Middleware::name)
        .findFirst()
        .orElse(end);
  }
}
