package dev.edge4j.examples.shop.ops;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.ServiceUnavailable;
import dev.edge4j.Verdict;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Makes the next version fail at one request of five, for a demonstration of how it is taken back. Safe for use by many threads. */
public final class Breakage implements Gate {
  private static final int EACH = 5;

  private final AtomicBoolean on = new AtomicBoolean();
  private final AtomicLong requests = new AtomicLong();

  /** Begins or ends it. */
  public void set(boolean fails) {
    on.set(fails);
  }

  /** Whether it fails now. */
  public boolean isOn() {
    return on.get();
  }

  @Override
  public Verdict before(Context c) {
    boolean fails = on.get() && requests.incrementAndGet() % EACH == 0;
    return fails ? Verdict.answer(c.problem(new ServiceUnavailable("the next version was told to fail", Duration
        .ofSeconds(1)))) : Verdict.pass();
  }
}
