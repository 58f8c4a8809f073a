package dev.edge4j.examples.shop.engines;

import dev.edge4j.examples.shop.Shop;
import java.nio.file.Path;

/**
 * Starts PostgreSQL, Redis, libSQL and ClickHouse, with their data in the folder {@code engines} of the shop's data, and the shop on them.
 * Takes what {@link Shop} takes, and prints where each server listens.
 */
public final class ShopOnEngines {
  private ShopOnEngines() {}

  public static void main(String[] args) throws InterruptedException {
    Shop.run(args, options -> {
      Engines engines = Engines.start(options.data().resolve(Path.of("engines")));
      engines.addresses().forEach((name, address) -> System.out.println("Engine: " + name + " " + address));
      return new Shop.Ground(options.on(engines.mesh()), engines);
    });
  }
}
