package dev.edge4j;

import java.util.List;
import java.util.Optional;

/**
 * A middleware that is asked at start about every route that it may stand around, and can keep the application from starting: a rule that
 * routes must keep, checked before a request can find the one that does not. {@code Authorize.denyByDefault()} is one.
 */
public interface RouteRule extends Middleware {
  /**
   * What is wrong with a route, to be read behind its name; empty if nothing is. An application that is chosen for each request is one
   * route here, one that is always the same is asked about route by route.
   *
   * @param behind what was registered after this and stands around the route on all of its paths, in order; what only some of its paths
   *        have is left out
   */
  Optional<String> check(List<Middleware> behind);
}
