package dev.edge4j.kv;

import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages within one process, for tests and for a program that has one process today: nothing is lost and nothing waits. Messages
 * are delivered one after the other, by the thread that publishes or by another that is delivering at the time.
 */
public final class MemoryPubSub implements PubSub {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryPubSub.class);
  private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9.:_-]{1,48}");

  /** What all that have joined share. */
  private static final class Hub {
    private final Set<Told> listeners = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean delivering;

    void deliver(String channel, byte[] message) {
      lock.lock();
      try {
        for (Told told : listeners) {
          if (told.channel.equals(channel)) {
            waiting.add(() -> told.tell(message));
          }
        }
        if (delivering) {
          return;
        }
        delivering = true;
      } finally {
        lock.unlock();
      }
      drain();
    }

    /** Outside of the lock: a listener may publish. */
    private void drain() {
      while (true) {
        Runnable next;
        lock.lock();
        try {
          if (waiting.isEmpty()) {
            delivering = false;
            return;
          }
          next = waiting.remove();
        } finally {
          lock.unlock();
        }
        next.run();
      }
    }
  }

  private final class Told implements Subscription {
    private final String channel;
    private final Consumer<byte[]> listener;
    private final AtomicBoolean over = new AtomicBoolean();

    Told(String channel, Consumer<byte[]> listener) {
      this.channel = channel;
      this.listener = listener;
    }

    void tell(byte[] message) {
      if (over.get()) {
        return;
      }
      try {
        listener.accept(message.clone());
      } catch (RuntimeException | Error e) { // the others are to hear it too
        LOG.error("a listener to channel {} failed", channel, e);
      }
    }

    /** Never: there is no connection to lose. */
    @Override
    public long missed() {
      return 0;
    }

    @Override
    public void close() {
      over.set(true);
      hub.listeners.remove(this);
      own.remove(this);
    }
  }

  private final Hub hub;
  private final Set<Told> own = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** A hub of its own. */
  public MemoryPubSub() {
    this(new Hub());
  }

  private MemoryPubSub(Hub hub) {
    this.hub = hub;
  }

  /** Another one on the same hub, as another process would be; closing either leaves the other open. */
  public MemoryPubSub join() {
    return new MemoryPubSub(hub);
  }

  /** Throws {@link IllegalStateException} once it is closed. */
  @Override
  public void publish(String channel, byte[] message) {
    check(channel);
    if (message.length > MAX_MESSAGE_BYTES) {
      throw new IllegalArgumentException("message of " + message.length + " bytes (expected: at most "
          + MAX_MESSAGE_BYTES + ")");
    }
    hub.deliver(channel, message.clone());
  }

  /** Throws {@link IllegalStateException} once it is closed. */
  @Override
  public Subscription subscribe(String channel, Consumer<byte[]> listener) {
    check(channel);
    var told = new Told(channel, listener);
    own.add(told);
    hub.listeners.add(told);
    if (closed.get()) { // in between
      told.close();
    }
    return told;
  }

  @Override
  public void close() {
    closed.set(true);
    own.forEach(Told::close);
  }

  private void check(String channel) {
    if (!CHANNEL.matcher(channel).matches()) {
      throw new IllegalArgumentException("channel: \"" + channel
          + "\" (expected: 1 to 48 letters, digits, hyphens, points, colons and underscores)");
    }
    if (closed.get()) {
      throw new IllegalStateException("the hub of messages was left (expected: no use after close)");
    }
  }
}
