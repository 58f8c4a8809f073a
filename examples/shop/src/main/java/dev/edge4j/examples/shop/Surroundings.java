package dev.edge4j.examples.shop;

import dev.edge4j.App;
import dev.edge4j.examples.shop.chaos.Chaos;
import dev.edge4j.examples.shop.edge.Site;
import dev.edge4j.examples.shop.ops.Spot;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a shop has around it.
 *
 * @param spots how all regions are doing, this one among them
 * @param chaos what takes layers away, here and where they are shared
 * @param routes adds what the world needs to the shop, behind the gates and in front of the pages
 */
record Surroundings(Site site, Supplier<List<Spot>> spots, Chaos chaos, Consumer<App> routes) {
  /** A shop that is alone. */
  static Surroundings none(ShopOptions options, Stores stores) {
    var site = Site.alone(options.region(), stores.copy()::lagNow, options.dashboard());
    return new Surroundings(site, List::of, stores.chaos(), _ -> {
      // There is no world.
    });
  }
}
