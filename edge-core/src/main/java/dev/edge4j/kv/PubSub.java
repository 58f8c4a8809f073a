package dev.edge4j.kv;

import java.util.function.Consumer;

/**
 * Carries messages between the processes that share a server: Redis, PostgreSQL. Safe for use by many threads; calls may block.
 *
 * <p>It may lose messages, while a connection is down say, and repeats none. {@link Subscription#missed} tells that some may have
 * been lost.
 */
public interface PubSub extends AutoCloseable {
  /** The largest message, in bytes: in Base64 it is under the 8,000 bytes of a PostgreSQL NOTIFY. */
  int MAX_MESSAGE_BYTES = 5_900;

  /**
   * Hands a message to all who have subscribed to the channel, this process included. Throws {@link IllegalArgumentException} for a
   * message that is too large, another {@link RuntimeException} if it could not be sent.
   *
   * @param channel 1 to 48 letters, digits, hyphens, points, colons and underscores
   */
  void publish(String channel, byte[] message);

  /**
   * Tells {@code listener} every message of the channel from when this returns, until the subscription is closed. Listeners are
   * called one after the other, must not block for long, and what they throw is logged. A lost connection is made anew for as long
   * as it takes.
   */
  Subscription subscribe(String channel, Consumer<byte[]> listener);

  /** Ends all subscriptions. */
  @Override
  void close();

  /** What {@link #subscribe} began. */
  interface Subscription extends AutoCloseable {
    /** How many times messages may have been lost so far: grows when a connection was lost and is there again. */
    long missed();

    @Override
    void close();
  }
}
