package dev.edge4j;

import dev.edge4j.routing.HostPattern;
import dev.edge4j.routing.Overlap;
import dev.edge4j.routing.PathPattern;
import dev.edge4j.routing.PatternException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes the list of an application's routes, and prints it. */
final class RouteList {
  private static final List<String> HEAD = List.of("METHOD", "PATTERN", "CHAIN", "HOPS AT", "PLACE");

  private static final String MOUNTED = "mounted application";

  private RouteList() {}

  static List<Route> of(List<Registration> registrations) {
    List<Route> routes = new ArrayList<>();
    List<Registration.Around> around = new ArrayList<>();
    for (Registration registration : registrations) {
      switch (registration) {
        case Registration.Around each -> around.add(each);
        case Registration.Handled route -> routes.add(route(route, around, ends(route.handler())));
        case Registration.Mounted mounted -> {
          if (mounted.fixed().isPresent()) {
            mounted.fixed().get().routes().forEach(inner -> routes.add(inside(mounted, around, inner)));
          } else {
            routes.add(route(mounted, around, MOUNTED));
          }
        }
        case Registration.Below _ -> {
          // A marker, not a route.
        }
      }
    }
    return List.copyOf(routes);
  }

  /** How a handler ends the fast lane, with its marks. */
  private static String ends(Handler handler) {
    var marks = Handler.Marked.of(handler);
    String how = marks.inline() ? "nothing" : marks.hop() ? "handler (hop)" : "handler";
    return marks.exempt() ? how + " (exempt)" : how;
  }

  private static Route route(Registration.End end, List<Registration.Around> all, String last) {
    List<String> names = new ArrayList<>();
    String hopsAt = "";
    for (Registration.Around around : all) {
      Overlap overlap = around.on(end);
      if (overlap != Overlap.NEVER) {
        String name = around.middleware().name() + (overlap == Overlap.ALWAYS ? "" : "?");
        names.add(name);
        hopsAt = hopsAt.isEmpty() && !(around.middleware() instanceof Gate) ? name : hopsAt;
      }
    }
    return new Route(end.method(), end.group().host().map(HostPattern::text), end.pattern().text(), List.copyOf(names),
        hopsAt.isEmpty() ? last : hopsAt, end.group().place);
  }

  /** A route of a mounted application as it is seen from outside. */
  private static Route inside(Registration.Mounted mounted, List<Registration.Around> around, Route inner) {
    String whole = below(mounted.pattern().text(), inner.pattern());
    var seen = new Registration.Handled(mounted.group(), inner.method(), pattern(whole, mounted), c -> c.empty());
    Route outer = route(seen, around, MOUNTED);
    return new Route(inner.method(), inner.host().or(outer::host), whole,
        Stream.concat(outer.middleware().stream(), inner.middleware().stream()).toList(),
        outer.hopsAt().equals(MOUNTED) ? inner.hopsAt() : outer.hopsAt(),
        inner.place() == Place.EDGE ? outer.place() : inner.place());
  }

  /** The pattern of a mounted application's route, seen from outside. */
  static String below(String mount, String inner) {
    String prefix = mount.substring(0, mount.length() - "/*".length());
    boolean isRoot = inner.equals("/") && !prefix.isEmpty();
    return isRoot ? prefix : prefix + inner;
  }

  /** The whole pattern as one, or that of the mount where both have a parameter of one name. */
  private static PathPattern pattern(String whole, Registration.Mounted mounted) {
    try {
      return PathPattern.parse(whole);
    } catch (PatternException e) {
      return mounted.pattern();
    }
  }

  static String print(List<Route> routes) {
    List<List<String>> rows = new ArrayList<>(List.of(HEAD));
    for (Route route : routes) {
      rows.add(List.of(route.method(), route.host().orElse("") + route.pattern(), route.middleware().isEmpty() ? "-"
          : String.join(" > ", route.middleware()), route.hopsAt(), route.place().toString()));
    }
    int[] widths = IntStream.range(0, HEAD.size()).map(column -> width(rows, column)).toArray();
    var text = new StringBuilder();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        line.append(row.get(column)).repeat(' ', widths[column] - row.get(column).length() + 2);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
