package dev.edge4j;

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
  final Timings timings = new Timings();
  final Client client;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Background.Task> tasks = new ArrayList<>(0);
  private @Nullable Background background;
  private volatile boolean cancelled;

  Scope(Request request) {
    this.client = new Client(request.peer());
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
