package dev.edge4j.cache.bus;

import dev.edge4j.kv.PubSub;
import java.util.function.Consumer;

/**
 * Carries messages between the nodes of a cache, so that what one node invalidates is gone from the memory of the others within
 * milliseconds. Safe for use by many threads.
 *
 * <p>It may lose messages, deliver them late, twice, or in another order: a message only says that something is to be looked at
 * again, and what it is about is found out in the store. Caches keep what they promise without it; it makes them quicker.
 *
 * <p>Who writes one (over Redis pub/sub or PostgreSQL NOTIFY, say) sends {@link Message#toBytes()} and hands what arrives to
 * every listener by {@link Message#parse}. It need not keep a node's own messages from it: caches know them by
 * {@link Message#sender}.
 */
public interface Backplane extends AutoCloseable {
  /**
   * Hands a message to all subscribers of all nodes. May block unless {@link #isLocal}; throws a {@link RuntimeException} if it
   * could not be sent: the cache then sends it again later.
   */
  void publish(Message message);

  /**
   * Tells {@code listener} every message from now on, until the subscription is closed. Listeners do not block and do not throw;
   * they may be called by several threads at once. Throws a {@link RuntimeException} if that cannot be begun now: the cache then
   * asks again, and does without until then.
   */
  Subscription subscribe(Consumer<Message> listener);

  /** True if {@link #publish} never waits for a network. */
  default boolean isLocal() {
    return false;
  }

  /** Ends all subscriptions; a message that is published later reaches nobody. */
  @Override
  void close();

  /** What {@link #subscribe} began. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * A hub for caches in one process, for tests and for several caches over one store. Messages are delivered on the publisher's
   * thread, in the order of subscription, before {@link #publish} returns; a listener that throws keeps nothing from the others.
   */
  static Backplane inProcess() {
    return new InProcessBackplane();
  }

  /**
   * Over a channel of a server, Redis or PostgreSQL say: all caches that use the channel are one cluster. Messages that are lost
   * while its connection is down are made up for as the class says. Closing it closes {@code pubSub}.
   */
  static Backplane over(PubSub pubSub, String channel) {
    return new PubSubBackplane(pubSub, channel);
  }
}
