package dev.edge4j.cache.shared;

import dev.edge4j.cache.bus.Backplane;
import dev.edge4j.cache.bus.Change;
import dev.edge4j.cache.bus.Change.CacheRenewed;
import dev.edge4j.cache.bus.Change.KeyInvalidated;
import dev.edge4j.cache.bus.Change.KeyUpdated;
import dev.edge4j.cache.bus.Change.TagRenewed;
import dev.edge4j.cache.bus.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One cache's end of a backplane: sends without failing or waiting, hears what others say of this cache. Safe for use by many
 * threads.
 *
 * <p>A message that could not be sent is sent again once the backplane answers, of those about one key only the newest; a
 * breaker keeps a dead one from being asked. Messages that are too many are forgotten, the oldest first: they are hints.
 */
public final class Bus implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Optional<Backplane> backplane;
  private final String cache;
  private final Outbox outbox;
  private final long node = ThreadLocalRandom.current().nextLong();
  private final Consumer<Throwable> failed;
  private final List<Backplane.Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  private Bus(Optional<Backplane> backplane, String cache, Caller caller, Consumer<Throwable> failed) {
    this.backplane = backplane;
    this.cache = cache;
    this.failed = failed;
    this.outbox = new Outbox(caller, Outbox.Limits.DEFAULT);
    caller.onAnswer(outbox::answered);
  }

  /** No bus: nobody hears, nothing is heard. */
  public static Bus none(Complaints complaints) {
    return new Bus(Optional.empty(), "", new Caller("no backplane", true, complaints.clock(), _ -> {}), _ -> {});
  }

  /** The end of the cache of that name; {@code onFailure} runs at each message that could not be sent. */
  public static Bus of(Backplane backplane, String cache, Runnable onFailure, Complaints complaints) {
    String name = "the backplane of cache " + cache;
    Consumer<Throwable> failed = cause -> {
      onFailure.run();
      complaints.about(name + " could not be reached", cause);
    };
    var caller = new Caller(name, backplane.isLocal(), complaints.clock(), failed::accept);
    return new Bus(Optional.of(backplane), cache, caller, failed);
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

  /**
   * Tells {@code listener} what other nodes say of this cache, as long as this is open. It must not block. Where the backplane cannot be reached it is asked again each
   * second, beside whatever goes on: a cache does without, so it starts without too.
   */
  public void listen(Consumer<Change> listener) {
    backplane.ifPresent(from -> {
      Consumer<Message> ears = message -> {
        if (message.sender() != node && message.cache().equals(cache)) {
          listener.accept(message.change());
        }
      };
      if (!subscribe(from, ears)) {
        Thread.ofVirtual().name("backplane of cache " + cache).start(() -> keepAsking(from, ears));
      }
    });
  }

  private boolean subscribe(Backplane from, Consumer<Message> ears) {
    try {
      Backplane.Subscription subscription = from.subscribe(ears);
      subscriptions.add(subscription);
      if (closed) { // it may not have been in the list yet
        subscription.close();
      }
      return true;
    } catch (RuntimeException e) {
      failed.accept(e);
      return false;
    }
  }

  private void keepAsking(Backplane from, Consumer<Message> ears) {
    do {
      LockSupport.parkNanos(PAUSE.toNanos());
    } while (!closed && !subscribe(from, ears));
  }

  /** Ends what {@link #listen} began. */
  @Override
  public void close() {
    closed = true;
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
