package dev.edge4j.examples.shop;

import dev.edge4j.examples.shop.chaos.Chaos;
import dev.edge4j.examples.shop.ops.LastMinute;
import dev.edge4j.examples.shop.ops.Monitor;
import dev.edge4j.examples.shop.ops.Spot;
import dev.edge4j.examples.shop.world.Town;
import dev.edge4j.server.Server;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One region of a world: a shop with stores of its own, served once it is opened. */
record Region(Town town, Stores stores, ShopApp shop, AtomicReference<Optional<Server>> server) {
  private static final double SECONDS = 60;

  Region(Town town, Stores stores, ShopApp shop) {
    this(town, stores, shop, new AtomicReference<>(Optional.empty()));
  }

  /** Its address without a path; empty before it is served. */
  String url(String host) {
    return server.get().map(known -> "http://" + host + ":" + known.port()).orElse("");
  }

  /** How it is doing. */
  Spot spot(Town seenFrom, String host) {
    LastMinute last = shop.monitor().view();
    boolean origin = town == Town.VIRGINIA;
    return new Spot(town.region(), town.title(), town.position(), origin, town == seenFrom, last.total().count()
        / SECONDS, last.total().p95(), origin ? Duration.ZERO : shop.monitor().lag(), origin ? Duration.ZERO
            : town.to(Town.VIRGINIA), !stores.chaos().isCut(Chaos.Layer.ORIGIN), origin ? List.of()
                : shop.monitor()
                    .samples()
                    .stream()
                    .map(Monitor.Sample::lag)
                    .toList(), url(host) + "/_edge");
  }
}
