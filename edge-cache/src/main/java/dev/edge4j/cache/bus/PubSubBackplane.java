package dev.edge4j.cache.bus;

import dev.edge4j.kv.PubSub;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A channel of a server's publish and subscribe. */
final class PubSubBackplane implements Backplane {
  private static final Logger LOG = LoggerFactory.getLogger("dev.edge4j.cache");

  private final PubSub pubSub;
  private final String channel;

  PubSubBackplane(PubSub pubSub, String channel) {
    this.pubSub = pubSub;
    this.channel = channel;
  }

  @Override
  public void publish(Message message) {
    pubSub.publish(channel, message.toBytes());
  }

  @Override
  public Subscription subscribe(Consumer<Message> listener) {
    PubSub.Subscription subscription = pubSub.subscribe(channel, bytes -> Message.parse(bytes)
        .ifPresentOrElse(listener,
            () -> LOG.debug("a message of {} bytes on channel {} is none of a cache", bytes.length, channel)));
    return subscription::close;
  }

  @Override
  public void close() {
    pubSub.close();
  }
}
