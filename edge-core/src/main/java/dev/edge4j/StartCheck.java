package dev.edge4j;

import dev.edge4j.routing.HostPattern;
import dev.edge4j.routing.Overlap;
import dev.edge4j.routing.RouteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the order of registration makes useless: routes that another one is always there before, and middleware that stands around no
 * route. Found from the patterns alone, so it finds what is certain and not everything.
 */
record StartCheck(List<Registration> registrations) {
  private static final Logger LOG = LoggerFactory.getLogger(StartCheck.class);

  /** Warns, or throws if there are unreachable routes and those are to fail. */
  void report(Unreachable policy) {
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
        before.stream()
            .filter(other -> shadows(other, route))
            .findFirst()
            .ifPresent(other -> found.add(
                "route " + route.label() + " can never answer: " + other.label() + " is registered before it"));
        before.add(route);
      }
    }
    return found;
  }

  private static boolean shadows(Registration.End other, Registration.End route) {
    boolean everyMethod = other.method().equals(RouteTable.ANY) || other.method().equals(route.method());
    return everyMethod && everyHost(other, route) && other.pattern().overlap(route.pattern()) == Overlap.ALWAYS;
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
}
