package dev.edge4j.cache.bus;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls every listener in turn. */
final class InProcessBackplane implements Backplane {
  private static final Logger LOG = LoggerFactory.getLogger("dev.edge4j.cache");

  /** One for each call of {@link #subscribe}, so that a listener that subscribes twice is told twice. */
  private record Listener(Consumer<Message> told, Object identity) {}

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  @Override
  public void publish(Message message) {
    for (Listener listener : listeners) {
      try {
        listener.told.accept(message);
      } catch (RuntimeException e) {
        LOG.warn("a listener of the backplane failed", e);
      }
    }
  }

  @Override
  public Subscription subscribe(Consumer<Message> listener) {
    if (closed) {
      throw new IllegalStateException("the backplane is closed");
    }
    var added = new Listener(listener, new Object());
    listeners.add(added);
    return () -> listeners.remove(added);
  }

  @Override
  public boolean isLocal() {
    return true;
  }

  @Override
  public void close() {
    closed = true;
    listeners.clear();
  }
}
