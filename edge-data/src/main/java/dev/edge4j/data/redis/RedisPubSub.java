package dev.edge4j.data.redis;

import dev.edge4j.data.StoreException;
import dev.edge4j.kv.PubSub;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Messages over Redis (PUBLISH and SUBSCRIBE): at most once, to who is connected at that moment. A subscription survives lost
 * connections, and counts them in {@link PubSub.Subscription#missed}; also messages that listeners were too slow for, of which 10,000
 * wait at the most. Listeners run on one virtual thread of the client. Safe for use by many threads.
 *
 * <p>Channels are the whole server's, whatever the database: a prefix keeps those of different applications apart.
 */
public final class RedisPubSub implements PubSub {
  private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9.:_-]{1,48}");

  private final Redis redis;
  private final boolean owner;
  private final String prefix;
  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private RedisPubSub(Redis redis, String prefix, boolean owner) {
    this.redis = redis;
    this.prefix = prefix;
    this.owner = owner;
  }

  /** With a client of its own, which {@link #close} closes; see {@link Redis#of(String)} for the URL. */
  public static RedisPubSub of(String url) {
    return new RedisPubSub(Redis.of(url), "", true);
  }

  /** With a client that others may use too; {@link #close} leaves it open. */
  public static RedisPubSub on(Redis redis) {
    return on(redis, "");
  }

  /** As {@link #on(Redis)}, with something that goes before each channel's name, {@code "shop:"} say. */
  public static RedisPubSub on(Redis redis, String prefix) {
    return new RedisPubSub(redis, prefix, false);
  }

  /** Returns once the server has the message; throws {@link StoreException} if it may not have it. */
  @Override
  public void publish(String channel, byte[] message) {
    if (message.length > MAX_MESSAGE_BYTES) {
      throw new IllegalArgumentException("message of " + message.length + " bytes (expected: at most "
          + MAX_MESSAGE_BYTES + ")");
    }
    byte[] to = name(channel).getBytes(StandardCharsets.UTF_8);
    byte[] copy = message.clone();
    check();
    redis.call("PUBLISH", commands -> commands.publish(to, copy));
  }

  /** Throws {@link StoreException} if the server does not confirm it in time; then there is no subscription. */
  @Override
  public Subscription subscribe(String channel, Consumer<byte[]> listener) {
    check();
    Subscription inner = redis.channels().subscribe(name(channel), listener, () -> {});
    Subscription subscription = new Subscription() {
      @Override
      public long missed() {
        return inner.missed();
      }

      @Override
      public void close() {
        subscriptions.remove(this);
        inner.close();
      }
    };
    subscriptions.add(subscription);
    if (closed) { // in between
      subscription.close();
      check();
    }
    return subscription;
  }

  private void check() {
    if (closed) {
      throw new StoreException(StoreException.Reason.CLOSED, "the messages over Redis are closed");
    }
  }

  private String name(String channel) {
    if (!CHANNEL.matcher(channel).matches()) {
      throw new IllegalArgumentException("channel: \"" + channel
          + "\" (expected: 1 to 48 letters, digits, hyphens, points, colons and underscores)");
    }
    return prefix + channel;
  }

  @Override
  public void close() {
    closed = true;
    subscriptions.forEach(Subscription::close);
    if (owner) {
      redis.close();
    }
  }
}
