package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
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

  private final Optional<Site> configured;

  /** Known by that origin, {@code https://shop.example}, if there is one. */
  public ShopSite(Optional<String> origin) {
    this.configured = origin.map(address -> Site.of(NAME, address));
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
