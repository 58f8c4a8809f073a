package dev.edge4j;

import dev.edge4j.routing.HostPattern;
import dev.edge4j.routing.Overlap;
import dev.edge4j.routing.PathPattern;
import dev.edge4j.routing.RouteTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the order of registration makes useless: routes that another one is always there before, and middleware that stands around no route.
 * Found from the patterns alone, so it finds what is certain and not everything. And routes that break a {@link RouteRule}, of which it
 * finds all.
 */
record StartCheck(List<Registration> registrations) {
  private static final Logger LOG = LoggerFactory.getLogger(StartCheck.class);

  /** Warns, or throws if there are unreachable routes and those are to fail, or broken rules. */
  void report(Unreachable policy) {
    List<String> broken = brokenRules(new Layers(List.of(), List.of()), true);
    if (!broken.isEmpty()) {
      throw new IllegalStateException(String.join("\n", broken));
    }
    List<String> routes = unreachableRoutes();
    if (!routes.isEmpty() && policy == Unreachable.FAIL) {
      throw new IllegalStateException(String.join("\n", routes));
    }
    routes.forEach(LOG::warn);
    lateMiddleware().forEach(LOG::warn);
  }

  List<String> unreachableRoutes() {
    List<String> found = new ArrayList<>();
    List<Registration.End> before = new ArrayList<>();
    for (Registration registration : registrations) {
      if (registration instanceof Registration.End route) {
        Set<String> shadows = shadows(before, route);
        if (!shadows.isEmpty()) {
          found.add("route " + route.label() + " can never answer: " + String.join(" and ", shadows)
              + (shadows.size() == 1 ? " is" : " are") + " registered before it");
        }
        before.add(route);
      }
    }
    return found;
  }

  /** The routes that are always there before that one, for each path it may have without its optional parameters; none if one is left. */
  private static Set<String> shadows(List<Registration.End> before, Registration.End route) {
    Set<String> shadows = new LinkedHashSet<>();
    for (PathPattern pattern : route.pattern().expanded()) {
      Optional<Registration.End> shadow = shadow(before, route, pattern);
      if (shadow.isEmpty()) {
        return Set.of();
      }
      shadows.add(shadow.get().label());
    }
    return shadows;
  }

  private static Optional<Registration.End> shadow(List<Registration.End> before, Registration.End route,
      PathPattern pattern) {
    for (Registration.End other : before) { // no stream: it is each with each
      if (everyMethod(other, route) && other.pattern().covers(pattern) && everyHost(other, route)) {
        return Optional.of(other);
      }
    }
    return Optional.empty();
  }

  private static boolean everyMethod(Registration.End other, Registration.End route) {
    return other.method().equals(RouteTable.ANY) || other.method().equals(route.method());
  }

  private static boolean everyHost(Registration other, Registration route) {
    Optional<HostPattern> host = other.group().host();
    return host.isEmpty() || route.group().host().filter(h -> h.isWithin(host.get())).isPresent();
  }

  List<String> lateMiddleware() {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < registrations.size(); i++) {
      if (registrations.get(i) instanceof Registration.Around around) {
        Optional<Registration.End> missed = firstRoute(registrations.subList(0, i), around);
        if (missed.isPresent() && firstRoute(registrations.subList(i, registrations.size()), around).isEmpty()) {
          found.add("middleware " + around.middleware().name() + " at " + around.pattern()
              + " stands around no route: " + missed.get().label()
              + " is registered before it. It runs only where nothing is found.");
        }
      }
    }
    return found;
  }

  private static Optional<Registration.End> firstRoute(List<Registration> among, Registration.Around around) {
    return among.stream()
        .filter(Registration.End.class::isInstance)
        .map(Registration.End.class::cast)
        .filter(route -> around.on(route) != Overlap.NEVER)
        .findFirst();
  }

  /** What stands around the applications that these registrations are mounted in: rules, each with what is behind it. */
  private record Layers(List<RouteRule> rules, List<List<Middleware>> behind) {
    /** These, and what of that list may stand around the route. */
    Layers around(Registration.End route, List<Registration.Around> before, boolean withRules) {
      List<RouteRule> all = new ArrayList<>(rules);
      List<List<Middleware>> layers = new ArrayList<>();
      behind.forEach(each -> layers.add(new ArrayList<>(each)));
      for (Registration.Around each : before) {
        Overlap overlap = each.on(route);
        if (overlap == Overlap.ALWAYS) {
          layers.forEach(layer -> layer.add(each.middleware()));
        }
        if (withRules && overlap != Overlap.NEVER && each.middleware() instanceof RouteRule rule) {
          all.add(rule);
          layers.add(new ArrayList<>());
        }
      }
      return new Layers(all, layers);
    }

    List<String> broken(Registration.End route) {
      List<String> found = new ArrayList<>();
      for (int i = 0; i < rules.size(); i++) {
        rules.get(i).check(behind.get(i)).ifPresent(wrong -> found.add("route " + route.label() + " " + wrong));
      }
      return found;
    }
  }

  /** A mounted application checks its own rules itself; ours reach into it. */
  private List<String> brokenRules(Layers outer, boolean withOwn) {
    List<String> found = new ArrayList<>();
    List<Registration.Around> before = new ArrayList<>();
    for (Registration registration : registrations) {
      switch (registration) {
        case Registration.Around around -> before.add(around);
        case Registration.Mounted mount when mount.fixed().isPresent() -> {
          Layers layers = outer.around(mount, before, withOwn);
          new StartCheck(mount.fixed().get().registrations()).brokenRules(layers, false)
              .forEach(each -> found.add(each + ", mounted at " + mount.pattern()));
        }
        case Registration.End route -> found.addAll(outer.around(route, before, withOwn).broken(route));
        case Registration.Below _ -> {
          // A marker, not a route.
        }
      }
    }
    return found;
  }
}
