package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import dev.edge4j.http.Origin;
import dev.edge4j.http.Request;
import dev.edge4j.render.head.Site;
import java.util.Optional;
import java.util.Set;

/**
 * The address that the shop is known by, for canonical links, sitemap and data: the one it was started with ({@code --site}). Without one it is at this machine, by the
 * loopback name and port that were asked for; any other host that a client names is not believed.
 */
public final class ShopSite {
  private static final String NAME = "Edge Shop";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Optional<Origin> origin;
  private final int port;
  private final Optional<Site> configured;

  /** Known by that origin, {@code https://shop.example}, if there is one, else on this machine at that port, 0 for any. */
  public ShopSite(Optional<String> origin, int port) {
    this.origin = origin.map(Origin::of);
    this.port = port;
    this.configured = origin.map(address -> Site.of(NAME, address));
  }

  /** Whether a request asks for the shop by an address that it is known by: one, or the few of this machine. Also one that names no host. */
  public boolean isOurs(Request request) {
    return request.authority().isEmpty() || Origin.parse(request.scheme() + "://" + request.authority())
        .filter(asked -> origin.map(asked::equals)
            .orElseGet(() -> LOOPBACK.contains(asked.host()) && (port == 0 || port == asked.port())))
        .isPresent();
  }

  /** The site for an answer to this request. */
  Site of(Context c) {
    Request request = c.request();
    return configured.map(site -> site.at(c))
        .orElseGet(() -> Site.of(NAME, LOOPBACK.contains(request.host()) ? request.scheme() + "://" + request
            .authority()
            : "http://localhost"));
  }
}
