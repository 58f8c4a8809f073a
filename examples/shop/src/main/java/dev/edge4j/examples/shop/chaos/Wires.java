package dev.edge4j.examples.shop.chaos;

import dev.edge4j.data.DataStore;
import dev.edge4j.data.StoreException;
import dev.edge4j.kv.KvStore;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Switches between the shop and its stores. A layer can be taken away once one of its stores has been led through here. Safe for use by many threads. */
public final class Wires implements Chaos {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Map<Layer, Switch> wires = new ConcurrentHashMap<>();

  /** A store of rows of that layer, behind its switch. */
  public DataStore rows(Layer layer, DataStore store) {
    return new WiredRows(store, wires.computeIfAbsent(layer, Switch::new));
  }

  /** A key-value store of that layer, behind its switch. */
  public KvStore kv(Layer layer, KvStore store) {
    return new WiredKv(store, wires.computeIfAbsent(layer, Switch::new));
  }

  @Override
  public Set<Layer> layers() {
    return Collections.unmodifiableSet(new TreeSet<>(wires.keySet()));
  }

  @Override
  public void cut(Layer layer) {
    wire(layer).cut = true;
  }

  @Override
  public void restore(Layer layer) {
    Switch wire = wire(layer);
    wire.cut = false;
    wire.longer = Duration.ZERO;
  }

  @Override
  public boolean isCut(Layer layer) {
    return Optional.ofNullable(wires.get(layer)).filter(wire -> wire.cut).isPresent();
  }

  @Override
  public void delay(Layer layer, Duration longer) {
    if (longer.isNegative() || longer.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("delay of " + layer + ": " + longer + " (expected: none to " + LONGEST + ")");
    }
    wire(layer).longer = longer;
  }

  @Override
  public Duration delay(Layer layer) {
    return Optional.ofNullable(wires.get(layer)).map(wire -> wire.longer).orElse(Duration.ZERO);
  }

  private Switch wire(Layer layer) {
    return Optional.ofNullable(wires.get(layer))
        .orElseThrow(() -> new IllegalArgumentException("layer " + layer + " (expected: one of " + layers() + ")"));
  }

  /** The wire of one layer. */
  private static final class Switch implements Wire {
    private final Layer layer;
    private volatile boolean cut;
    private volatile Duration longer = Duration.ZERO;

    private Switch(Layer layer) {
      this.layer = layer;
    }

    /** Refuses before and behind the delay. */
    @Override
    public void pass() {
      refuseIfCut();
      Duration wait = longer;
      if (wait.isPositive()) {
        try {
          Thread.sleep(wait);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new StoreException(StoreException.Reason.FAILED, "interrupted on the way to the " + layer, e);
        }
        refuseIfCut();
      }
    }

    private void refuseIfCut() {
      if (cut) {
        throw new StoreException(StoreException.Reason.FAILED, "the " + layer + " is taken away");
      }
    }
  }
}
