package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** An origin that is taken away from a shop and given back, while time goes on. */
record Outage(RunningShop shop, CutWires wires) {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Its feed, too, finds the origin away. */
  void begin() {
    wires.origin.cut = true;
    assertThrows(StoreException.class, shop::pull);
  }

  void end() {
    wires.origin.cut = false;
    wires.advance(Duration.ofMinutes(1)); // past the pause that a failed refresh gives the origin
    shop.pull();
  }

  /** Waits, and moves the time for alarms meanwhile. */
  void await(BooleanSupplier condition) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < until, "not within " + PATIENCE);
      wires.advance(Duration.ofMillis(500));
      LockSupport.parkNanos(5_000_000);
    }
  }
}
