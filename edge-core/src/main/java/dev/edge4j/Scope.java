package dev.edge4j;

import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a request's contexts share: the application's own and those of the applications mounted in it. */
final class Scope {
  final Map<Key<?>, Object> variables = new HashMap<>(4);
  final TimeSource time;
  final Timings timings;
  final Client client;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Background.Task> tasks = new ArrayList<>(0);
  private final boolean toHead;
  private final List<Taps> taps = new ArrayList<>(0);
  private @Nullable Background background;
  private volatile boolean cancelled;
  /** The gate or inline handler that runs now; none while anything else does. */
  private @Nullable Object running;

  Scope(Request request, TimeSource time) {
    this.time = time;
    this.timings = new Timings(time);
    this.client = new Client(request.peer());
    this.toHead = request.method().equals(Method.HEAD);
  }

  /** Makes a gate or an inline handler the one that runs and returns the one that did. */
  @Nullable
  Object run(@Nullable Object gate) {
    Object before = running;
    running = gate;
    return before;
  }

  @Nullable
  Object running() {
    return running;
  }

  /** Throws {@link IllegalStateException} while a gate or an inline handler runs, which must not wait for a body. */
  void checkMayReadBody() {
    switch (running) {
      case null -> {
        // Whatever else runs may wait.
      }
      case Gate gate -> throw new IllegalStateException(gate.name()
          + " reads the request's body (expected: a gate declares bodyPrefix() and looks at c.bodyPrefix(); who needs the whole"
          + " body is a middleware or a handler)");
      default -> throw new IllegalStateException(
          "an inline handler reads the request's body (expected: a handler that is not inline, which may wait)");
    }
  }

  Taps newTaps() {
    var made = new Taps();
    taps.add(made);
    return made;
  }

  boolean isToHead() {
    return toHead;
  }

  /** Ends the taps of bodies that nobody will write any more. */
  void abortTaps() {
    taps.forEach(Taps::abort);
  }

  boolean isCancelled() {
    return cancelled;
  }

  void cancel() {
    cancelled = true;
  }

  /** Keeps a task until the response has left; what such a task leaves itself starts at once. */
  void after(Background.Task task) {
    lock.lock();
    try {
      if (background == null) {
        tasks.add(task);
      } else {
        background.start(task);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The response has left: starts what was kept. */
  void sent(Background starter) {
    lock.lock();
    try {
      background = starter;
      tasks.forEach(starter::start);
      tasks.clear();
    } finally {
      lock.unlock();
    }
  }
}
