package dev.edge4j.data.redis;

import dev.edge4j.kv.PubSub.Subscription;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One who listens to a channel. */
final class Listening implements Subscription {
  private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

  private final Channels channels;
  private final String channel;
  private final Consumer<byte[]> listener;
  private final Runnable onMiss;
  private final AtomicLong missed = new AtomicLong();
  private volatile boolean confirmed;
  private volatile boolean over;

  /** {@code onMiss} is called on any thread, and must not wait. */
  Listening(Channels channels, String channel, Consumer<byte[]> listener, Runnable onMiss) {
    this.channels = channels;
    this.channel = channel;
    this.listener = listener;
    this.onMiss = onMiss;
  }

  String channel() {
    return channel;
  }

  /** The server has said that messages come from now on. */
  void confirm() {
    confirmed = true;
  }

  /** Nothing can be missed by whom nothing was promised yet. */
  void miss() {
    if (confirmed && !over) {
      missed.incrementAndGet();
      onMiss.run();
    }
  }

  void tell(byte[] message) {
    if (over) {
      return;
    }
    try {
      listener.accept(message);
    } catch (RuntimeException | Error e) {
      LOG.error("a listener of channel {} failed", channel, e);
    }
  }

  @Override
  public long missed() {
    return missed.get();
  }

  @Override
  public void close() {
    over = true;
    channels.remove(this);
  }
}
