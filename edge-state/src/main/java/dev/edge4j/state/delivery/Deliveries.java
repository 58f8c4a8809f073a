package dev.edge4j.state.delivery;

import dev.edge4j.state.ObjectId;
import dev.edge4j.state.runtime.Host;
import dev.edge4j.state.runtime.LocalNamespace;
import dev.edge4j.state.store.AlarmRow;
import dev.edge4j.state.store.ObjectStore.DueAlarm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The alarms, messages and effects of a folder, from when they are due until they are done or given up. Safe for use by many threads. */
public final class Deliveries {
  private final Host host;
  private final List<Pump<?>> pumps;

  /** Does nothing before {@link #start} or {@link #runDue}. */
  public Deliveries(Host host, Hints hints) {
    this.host = host;
    this.pumps = List.of(new Pump<>(new AlarmClock(host), host, hints.alarms()),
        new Pump<>(new Postman(host), host, hints.messages()),
        new Pump<>(new EffectRunner(host), host, hints.effects()));
  }

  /** From now on what is due is done by itself. */
  public void start() {
    pumps.forEach(Pump::start);
  }

  /** A namespace has been declared, say: what waited for it goes on at once. */
  public void wake() {
    pumps.forEach(Pump::wake);
  }

  /**
   * Does all that is due by the clock now, what comes of it included, and returns once there is no more of it. For clocks that tests move. What failed is due
   * again later; what an overloaded object would not take is left. Throws the {@link Error} of a step that stands for the end of the process.
   */
  public void runDue() {
    try {
      pumps.forEach(Pump::endPauses);
      boolean busy = true;
      while (busy) {
        busy = false;
        for (Pump<?> pump : pumps) {
          busy |= pump.look();
          pump.awaitIdle(Long.MAX_VALUE);
          pump.throwBroken();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Begins nothing more, and waits for what runs; false if that takes longer. What is not done stays on its list. */
  public boolean close(Duration atMost) {
    pumps.forEach(Pump::stop);
    long end = System.nanoTime() + Math.min(TimeUnit.NANOSECONDS.convert(atMost), Long.MAX_VALUE / 2);
    try {
      boolean idle = true;
      for (Pump<?> pump : pumps) {
        idle &= pump.awaitIdle(Math.max(0, end - System.nanoTime()));
      }
      return idle;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Has a dead letter tried again; see {@link dev.edge4j.state.DurableObjects#retryDeadLetter}. */
  public boolean retry(long number) {
    Instant now = host.options().clock().instant();
    Optional<DueAlarm> alarm = host.store().deadAlarm(number, AlarmRow.wholeMillis(now));
    alarm.ifPresent(dead -> namespace(dead.id()).setAgain(dead.id(), dead.alarm()));
    // An alarm is set first: if the process ends here, it is there and the letter too, and nothing is lost.
    boolean there = host.store().takeDeadLetter(number, alarm.isEmpty(), now).isPresent();
    wake();
    return there;
  }

  private LocalNamespace<?> namespace(ObjectId id) {
    return host.namespace(id.namespace())
        .orElseThrow(() -> new IllegalStateException("dead letter of " + id
            + ": its namespace is not declared (expected: one that is)"));
  }
}
