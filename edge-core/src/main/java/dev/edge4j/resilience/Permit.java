package dev.edge4j.resilience;

import java.util.concurrent.atomic.AtomicBoolean;

/** A place among those that are limited. It is given back once; giving it back again changes nothing. Safe for use by many threads. */
public final class Permit implements AutoCloseable {
  private final Runnable giveBack;
  private final AtomicBoolean given = new AtomicBoolean();

  Permit(Runnable giveBack) {
    this.giveBack = giveBack;
  }

  /** Gives the place back. */
  @Override
  public void close() {
    if (given.compareAndSet(false, true)) {
      giveBack.run();
    }
  }
}
