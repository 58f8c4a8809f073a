package dev.edge4j.data.postgres;

import dev.edge4j.data.testing.Engines;
import java.util.function.BooleanSupplier;

/** What the tests of this room share. */
final class Databases {
  private Databases() {}

  /** A new, empty database of the shared server. */
  static PostgresDatabase create() {
    return PostgresDatabase.open(PostgresOptions.of(Engines.database()));
  }

  /** The address of a database behind a link. */
  static String through(String url, int port) {
    return url.replaceFirst("127\\.0\\.0\\.1:\\d+", "127.0.0.1:" + port);
  }

  /** Waits until something is so; how long that takes on a loaded machine is not for a test to say. */
  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within a minute: " + what);
      }
      Thread.sleep(5);
    }
  }
}
