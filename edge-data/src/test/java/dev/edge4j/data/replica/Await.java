package dev.edge4j.data.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.engines.EngineException;
import dev.edge4j.data.engines.PostgresServer;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions, for as long as a slow and loaded machine may need. */
final class Await {
  static final Duration LONG = Duration.ofSeconds(60);

  private Await() {}

  static void until(String what, BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + LONG.toNanos();
    while (!holds.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, () -> "not within " + LONG + ": " + what);
      Thread.sleep(2);
    }
  }

  static <T> void equal(T expected, Supplier<T> actual) throws InterruptedException {
    long end = System.nanoTime() + LONG.toNanos();
    while (!Objects.equals(expected, actual.get()) && System.nanoTime() < end) {
      Thread.sleep(2);
    }
    assertEquals(expected, actual.get());
  }

  /** Waits until a replica has all that the origin has committed. */
  static void caughtUp(SqliteReplica replica, OriginDatabase origin) {
    assertTrue(replica.reached(origin.position(), LONG), () -> "not reached within " + LONG + ": " + replica.status());
  }

  /** Starts a killed server again; for a moment the processes that it left still hold its memory. */
  static void restarted(PostgresServer server) throws InterruptedException {
    until("the server has restarted", () -> {
      try {
        server.restart();
        return true;
      } catch (EngineException e) {
        return false;
      }
    });
  }
}
