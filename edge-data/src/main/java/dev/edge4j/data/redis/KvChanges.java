package dev.edge4j.data.redis;

import dev.edge4j.kv.KvChange;
import dev.edge4j.kv.KvWatchers;
import dev.edge4j.kv.PubSub;
import dev.edge4j.kv.VersionedKv;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Tells the watchers of a store what its scripts publish: a plus or a minus and the key. Subscribes for the first of them. */
final class KvChanges implements AutoCloseable {
  private final Redis redis;
  private final String channel;
  private final KvWatchers watchers = new KvWatchers();
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<PubSub.Subscription> subscription = Optional.empty();

  KvChanges(Redis redis, String channel) {
    this.redis = redis;
    this.channel = channel;
  }

  VersionedKv.Subscription watch(String prefix, Consumer<KvChange> listener) {
    VersionedKv.Subscription watching = watchers.add(prefix, listener);
    lock.lock();
    try {
      if (subscription.isEmpty()) {
        subscription = Optional.of(redis.channels()
            .subscribe(channel, this::told, () -> watchers.tell(KvChange.missed())));
      }
      return watching;
    } catch (RuntimeException e) {
      watching.close();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private void told(byte[] message) {
    String key = new String(message, 1, message.length - 1, StandardCharsets.UTF_8);
    watchers.tell(message[0] == '-' ? KvChange.deleted(key) : KvChange.put(key));
  }

  @Override
  public void close() {
    watchers.close();
    lock.lock();
    try {
      subscription.ifPresent(PubSub.Subscription::close);
      subscription = Optional.empty();
    } finally {
      lock.unlock();
    }
  }
}
