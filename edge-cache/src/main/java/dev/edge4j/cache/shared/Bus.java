package dev.edge4j.cache.shared;

import dev.edge4j.cache.bus.Backplane;
import dev.edge4j.cache.bus.Change;
import dev.edge4j.cache.bus.Change.CacheRenewed;
import dev.edge4j.cache.bus.Change.KeyInvalidated;
import dev.edge4j.cache.bus.Change.KeyUpdated;
import dev.edge4j.cache.bus.Change.TagRenewed;
import dev.edge4j.cache.bus.Message;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * One cache's end of a backplane: sends without failing or waiting, hears what others say of this cache. Safe for use by many
 * threads.
 *
 * <p>A message that could not be sent is sent again once the backplane answers, of those about one key only the newest; a
 * breaker keeps a dead one from being asked. Messages that are too many are forgotten, the oldest first: they are hints.
 */
public final class Bus implements AutoCloseable {
  private final Optional<Backplane> backplane;
  private final String cache;
  private final Outbox outbox;
  private final long node = ThreadLocalRandom.current().nextLong();
  private final List<Backplane.Subscription> subscriptions = new CopyOnWriteArrayList<>();

  private Bus(Optional<Backplane> backplane, String cache, Caller caller) {
    this.backplane = backplane;
    this.cache = cache;
    this.outbox = new Outbox(caller, Outbox.Limits.DEFAULT);
    caller.onAnswer(outbox::answered);
  }

  /** No bus: nobody hears, nothing is heard. */
  public static Bus none(Complaints complaints) {
    return new Bus(Optional.empty(), "", new Caller("no backplane", true, complaints.clock(), _ -> {}));
  }

  /** The end of the cache of that name; {@code onFailure} runs at each message that could not be sent. */
  public static Bus of(Backplane backplane, String cache, Runnable onFailure, Complaints complaints) {
    String name = "the backplane of cache " + cache;
    var caller = new Caller(name, backplane.isLocal(), complaints.clock(), cause -> {
      onFailure.run();
      complaints.about(name + " could not be reached", cause);
    });
    return new Bus(Optional.of(backplane), cache, caller);
  }

  /** True if there is a backplane. */
  boolean isConnected() {
    return backplane.isPresent();
  }

  /** Messages that wait to be sent. */
  public int pending() {
    return outbox.size();
  }

  /** Messages that were given up because too many waited. */
  public long dropped() {
    return outbox.dropped();
  }

  /** Tells the other nodes, now or once the backplane answers again. Does not wait and does not throw. */
  public void send(Change change) {
    backplane.ifPresent(to -> {
      var message = new Message(node, cache, change);
      CompletableFuture<Boolean> _ = outbox.post(about(change), new Outbox.Work() {
        @Override
        public boolean run() {
          to.publish(message);
          return true;
        }

        @Override
        public boolean mayBeDropped() {
          return true;
        }
      });
    });
  }

  /** Tells {@code listener} what other nodes say of this cache, as long as this is open. It must not block. */
  public void listen(Consumer<Change> listener) {
    backplane.ifPresent(from -> subscriptions.add(from.subscribe(message -> {
      if (message.sender() != node && message.cache().equals(cache)) {
        listener.accept(message.change());
      }
    })));
  }

  /** Ends what {@link #listen} began. */
  @Override
  public void close() {
    subscriptions.forEach(Backplane.Subscription::close);
    subscriptions.clear();
  }

  /** Of messages about the same thing, the newest says enough. */
  private static String about(Change change) {
    return switch (change) {
      case KeyInvalidated(String key) -> "k" + key;
      case KeyUpdated(String key) -> "k" + key;
      case TagRenewed(String tag, boolean soft, long _) -> (soft ? "s" : "t") + tag;
      case CacheRenewed(boolean soft, long _) -> soft ? "ws" : "wh";
    };
  }
}
