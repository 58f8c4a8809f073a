package dev.edge4j;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * The part of a request that runs under one deadline, and whether anybody still waits for it. The whole request is one, under none;
 * {@link Next#proceedBy} opens another inside. Cancelling a part cancels what is inside. Safe for use by many threads; each request
 * has one, so it makes do with a monitor, under which nothing is called.
 */
final class Part {
  private final @Nullable Part outer;
  private final Deadline deadline;
  private List<Runnable> listeners = List.of();
  /** Of the part's own thread alone. */
  private List<Taps> taps = List.of();
  private volatile boolean inTime;
  private volatile boolean cancelled;
  private volatile boolean left;

  private Part(@Nullable Part outer, Deadline deadline) {
    this.outer = outer;
    this.deadline = deadline;
  }

  /** A whole request. */
  static Part whole() {
    return new Part(null, Deadline.none());
  }

  /** A part of this one, with less time. */
  Part inside(Deadline sooner) {
    var inner = new Part(this, sooner);
    onCancel(inner::cancel);
    return inner;
  }

  /** Until when it must be done. Once it has been in time, what it leaves for later has the time that the part around it has. */
  Deadline deadline() {
    Part around = outer;
    return inTime && around != null ? around.deadline() : deadline;
  }

  /** It has ended before its deadline: what it began belongs to the part around it. */
  void inTime() {
    Part around = outer;
    if (around != null && !taps.isEmpty()) {
      around.taps = new ArrayList<>(around.taps);
      around.taps.addAll(taps);
    }
    inTime = true;
  }

  Taps newTaps() {
    var made = new Taps();
    taps = new ArrayList<>(taps);
    taps.add(made);
    return made;
  }

  /** Ends the taps of bodies that nobody will write any more. */
  void abortTaps() {
    taps.forEach(Taps::abort);
  }

  /** Asks the part around it too: a listener there may run before the news has come here. */
  boolean isCancelled() {
    Part around = outer;
    return cancelled || (around != null && around.isCancelled());
  }

  /** Nobody waits for it any more. What it runs may finish, on its own. */
  void cancel() {
    List<Runnable> told;
    synchronized (this) {
      cancelled = true;
      told = listeners;
      listeners = List.of();
    }
    told.forEach(Runnable::run);
  }

  /** Runs this at the cancellation, on the thread that cancels; at once if that has been. It must be quick. */
  void onCancel(Runnable listener) {
    synchronized (this) {
      if (!cancelled) {
        listeners = new ArrayList<>(listeners);
        listeners.add(listener);
        return;
      }
    }
    listener.run();
  }

  /** Its deadline has passed, and who waited for it goes on without it. */
  void leave() {
    left = true;
    cancel();
  }

  /** True if it, or a part around it, was left at a deadline: it must touch nothing that the outer part goes on with. */
  boolean isLeft() {
    Part around = outer;
    return left || (around != null && around.isLeft());
  }

  /** Throws {@link CancellationException} once it was left: asked before each step. */
  void goOn() {
    if (isLeft()) {
      throw new CancellationException("the answer was not ready by its deadline");
    }
  }
}
