package dev.edge4j.examples.shop;

import dev.edge4j.examples.shop.chaos.Chaos;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The switches of one region, of which the one for the origin is that of all: it is away from everybody.
 *
 * @param own the region's own
 * @param all those of all regions
 */
record WorldChaos(Chaos own, Supplier<List<Chaos>> all) implements Chaos {
  @Override
  public Set<Layer> layers() {
    return own.layers();
  }

  @Override
  public void cut(Layer layer) {
    each(layer, chaos -> chaos.cut(layer));
  }

  @Override
  public void restore(Layer layer) {
    each(layer, chaos -> chaos.restore(layer));
  }

  @Override
  public boolean isCut(Layer layer) {
    return own.isCut(layer);
  }

  @Override
  public void delay(Layer layer, Duration longer) {
    each(layer, chaos -> chaos.delay(layer, longer));
  }

  @Override
  public Duration delay(Layer layer) {
    return own.delay(layer);
  }

  private void each(Layer layer, Consumer<Chaos> change) {
    if (layer == Layer.ORIGIN) {
      all.get().forEach(change);
    } else {
      change.accept(own);
    }
  }
}
