package dev.edge4j.middleware.geo;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Geo;
import dev.edge4j.Middleware;
import dev.edge4j.Next;
import dev.edge4j.Verdict;
import dev.edge4j.http.Headers;
import dev.edge4j.http.RequestTarget;
import dev.edge4j.http.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Sends visitors to the region they belong to, by {@link Context#geo}: that of their country, or else the nearest. For names that do not lead there by themselves, and
 * for who has kept another region's address.
 * {@code NearestEdge.regions(fra, iad, sin).here("fra").redirect()}, behind a {@link GeoLookup}.
 *
 * <p>A visitor of whom nothing is known stays; so does one who was sent here already: a redirect carries the sender's name in the query argument {@link #ARGUMENT}, a
 * forwarded request in the header field {@link #FIELD}, and two regions that disagree send nobody round in circles.
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class NearestEdge {
  /** The query argument of a redirect, whose value is the name of the region it came from. */
  public static final String ARGUMENT = "edge-from";

  /** The header field of a forwarded request, whose value is the name of the region it came from. */
  public static final String FIELD = "Edge-From";

  /** A region must be nearer by that much, unless {@link #margin} says else. */
  private static final double MARGIN_KM = 200;

  private final List<Region> regions;
  private final Optional<Region> here;
  private final double margin;
  private final boolean anyMethod;

  private NearestEdge(List<Region> regions, Optional<Region> here, double margin, boolean anyMethod) {
    this.regions = regions;
    this.here = here;
    this.margin = margin;
    this.anyMethod = anyMethod;
  }

  /** Hands a request on to another region and returns its answer; may block. */
  @FunctionalInterface
  public interface Forward {
    Response forward(Context c, Region region) throws Exception;
  }

  /** All regions, this one among them; {@link IllegalArgumentException} for two of one name. */
  public static NearestEdge regions(Region... regions) {
    List<Region> all = List.of(regions);
    if (all.isEmpty() || all.stream().map(Region::name).distinct().count() < all.size()) {
      throw new IllegalArgumentException("regions: " + all + " (expected: one at least, each name once)");
    }
    return new NearestEdge(all, Optional.empty(), MARGIN_KM, false);
  }

  /** The name of the region where this runs; {@link IllegalArgumentException} if there is none of that name. */
  public NearestEdge here(String name) {
    Optional<Region> found = regions.stream().filter(region -> region.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      throw new IllegalArgumentException("region here: \"" + name + "\" (expected: one of " + regions.stream()
          .map(Region::name)
          .collect(Collectors.joining(", ")) + ")");
    }
    return new NearestEdge(regions, found, margin, anyMethod);
  }

  /** Visitors stay unless another region is nearer by more than that: 200 km unless said else. */
  public NearestEdge margin(double kilometres) {
    if (!(kilometres >= 0)) {
      throw new IllegalArgumentException("margin: " + kilometres + " (expected: 0 or more kilometres)");
    }
    return new NearestEdge(regions, here, kilometres, anyMethod);
  }

  /** Redirects requests with unsafe methods too, which clients send again with their body; only GET and its like are otherwise. */
  public NearestEdge anyMethod() {
    return new NearestEdge(regions, here, margin, true);
  }

  /** A gate that answers 307 with the same path and query at the other region. WebSocket handshakes stay: browsers follow no redirect there. */
  public Gate redirect() {
    return new Redirect(this, checked());
  }

  /** A middleware that hands requests on, with any method, marked with {@link #FIELD}. */
  public Middleware forward(Forward forward) {
    return new Forwarding(this, checked(), forward);
  }

  private Region checked() {
    return here.orElseThrow(() -> new IllegalStateException(
        "nearest edge: no region is here (expected: here(name) before redirect or forward)"));
  }

  /** Where the visitor of that place should go; empty to stay. */
  Optional<Region> elsewhere(Geo visitor, Region us) {
    return visitor.isKnown() ? new Nearest(regions.stream().filter(Region::isAvailable).toList(), us, margin).elsewhere(
        visitor) : Optional.empty();
  }

  private record Redirect(NearestEdge edge, Region here) implements Gate {
    @Override
    public Verdict before(Context c) {
      if (!(c.method().isSafe() || edge.anyMethod) || c.headers().contains("Upgrade") || c.request()
          .target()
          .isAsterisk() || c.query().first(ARGUMENT).isPresent()) {
        return Verdict.pass();
      }
      return edge.elsewhere(c.geo(), here).map(region -> Verdict.answer(to(c, region))).orElse(Verdict.pass());
    }

    /** Whoever asks from elsewhere gets another answer, so nobody keeps this one. */
    private Response to(Context c, Region region) {
      RequestTarget target = c.request().target();
      String path = target.raw().startsWith("/") ? target.raw()
          : RequestTarget.encode(target.path()) + (target.query()
              .isEmpty() ? "" : "?" + target.query());
      String mark = (path.indexOf('?') < 0 ? "?" : path.endsWith("?") ? "" : "&") + ARGUMENT + "=" + here.name();
      return Response.of(307)
          .withHeaders(Headers.of("Location", region.origin() + path + mark, "Cache-Control", "private, no-store"));
    }

    @Override
    public String name() {
      return "NearestEdge";
    }
  }

  private record Forwarding(NearestEdge edge, Region here, Forward forward) implements Middleware {
    @Override
    public Response handle(Context c, Next next) throws Exception {
      Optional<Region> region = c.headers().contains(FIELD) ? Optional.empty() : edge.elsewhere(c.geo(), here);
      if (region.isEmpty()) {
        return next.proceed();
      }
      c.rewrite(c.request().withHeader(FIELD, here.name()));
      return forward.forward(c, region.get());
    }

    @Override
    public String name() {
      return "NearestEdge";
    }
  }
}
