package dev.edge4j.data.redis;

import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.kv.PubSub.Subscription;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * All subscriptions of a client: one connection, opened for the first of them, and one thread that tells listeners, so that a slow
 * listener never holds up the connection. What it cannot keep up with is dropped, and counted as missed.
 */
final class Channels implements AutoCloseable {
  private static final int WAITING_MESSAGES = 10_000;

  private record Message(Optional<Listening> to, byte[] bytes) {}

  /** Ends the thread that tells listeners. */
  private static final Message END = new Message(Optional.empty(), new byte[0]);

  private final String name;
  private final RedisOptions options;
  private final Connections connections;
  private final BlockingQueue<Message> waiting = new ArrayBlockingQueue<>(WAITING_MESSAGES);
  /** Held while commands are handed to Lettuce, so that they leave in the order of the changes here; never while one waits. */
  private final ReentrantLock lock = new ReentrantLock();
  /** Changed under the lock. */
  private final Map<String, List<Listening>> listeners = new ConcurrentHashMap<>();
  private Optional<Link<StatefulRedisPubSubConnection<byte[], byte[]>>> link = Optional.empty();
  private Optional<StatefulRedisPubSubConnection<byte[], byte[]>> newest = Optional.empty();
  private volatile boolean closed;

  Channels(String name, RedisOptions options, Connections connections) {
    this.name = name;
    this.options = options;
    this.connections = connections;
  }

  /** Subscribes, and returns once the server has said so. {@code onMiss} must not wait. */
  Subscription subscribe(String channel, Consumer<byte[]> listener, Runnable onMiss) {
    var listening = new Listening(this, channel, listener, onMiss);
    long until = System.nanoTime() + QueryDeadline.atMost(options.timeout()).toNanos();
    try {
      var there = link();
      while (!confirmed(listening, there.await(until), until)) {
        Thread.onSpinWait(); // lost in the meantime: once more
      }
      return listening;
    } catch (InterruptedException e) {
      listening.close();
      throw Failures.interrupted(name, "SUBSCRIBE", e);
    } catch (TimeoutException | ExecutionException | RuntimeException e) {
      listening.close();
      throw Failures.of(name, "SUBSCRIBE", false, e);
    }
  }

  private Link<StatefulRedisPubSubConnection<byte[], byte[]>> link() {
    lock.lock();
    try {
      if (closed) {
        throw new StoreException(Reason.CLOSED, "the client of Redis at " + name + " is closed");
      }
      if (link.isEmpty()) {
        Thread.ofVirtual().name("messages of Redis at " + name).start(this::tell);
        link = Optional.of(Link.start(name + " (messages)", options, new Opening()));
      }
      return link.orElseThrow();
    } finally {
      lock.unlock();
    }
  }

  /** False if the connection was lost before the server could answer. */
  private boolean confirmed(Listening listening, StatefulRedisPubSubConnection<byte[], byte[]> connection, long until)
      throws InterruptedException, TimeoutException, ExecutionException {
    CompletableFuture<Void> answer;
    lock.lock();
    try {
      List<Listening> others = listeners.getOrDefault(listening.channel(), List.of());
      if (!others.contains(listening)) {
        listeners.put(listening.channel(), Stream.concat(others.stream(), Stream.of(listening)).toList());
      }
      answer = subscribe(connection, listening.channel());
    } finally {
      lock.unlock();
    }
    try {
      answer.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      listening.confirm();
      return true;
    } catch (ExecutionException e) {
      if (connection.isOpen()) {
        throw e;
      }
      return false;
    }
  }

  private static CompletableFuture<Void> subscribe(StatefulRedisPubSubConnection<byte[], byte[]> connection,
      String channel) {
    return connection.async().subscribe(bytes(channel)).toCompletableFuture();
  }

  /** True while there is a connection for messages. */
  boolean isConnected() {
    lock.lock();
    try {
      return link.flatMap(Link::current).isPresent();
    } finally {
      lock.unlock();
    }
  }

  void remove(Listening listening) {
    lock.lock();
    try {
      List<Listening> before = listeners.getOrDefault(listening.channel(), List.of());
      List<Listening> left = before.stream().filter(other -> other != listening).toList();
      if (!left.isEmpty()) {
        listeners.put(listening.channel(), left);
      } else if (listeners.remove(listening.channel()) != null) {
        // If it is lost with its connection, the next one is not subscribed in the first place.
        newest.ifPresent(connection -> {
          var _ = connection.async().unsubscribe(bytes(listening.channel()));
        });
      }
    } finally {
      lock.unlock();
    }
  }

  private final class Opening implements Link.Opening<StatefulRedisPubSubConnection<byte[], byte[]>> {
    @Override
    public CompletableFuture<StatefulRedisPubSubConnection<byte[], byte[]>> open() {
      return connections.messages().toCompletableFuture();
    }

    /** Messages are missed until the server has answered, so it is told to listeners only then. */
    @Override
    public void prepare(StatefulRedisPubSubConnection<byte[], byte[]> connection) throws Exception {
      connection.addListener(new RedisPubSubAdapter<>() {
        @Override
        public void message(byte[] channel, byte[] message) {
          received(new String(channel, StandardCharsets.UTF_8), message);
        }
      });
      List<CompletableFuture<Void>> answers = new ArrayList<>();
      List<Listening> all = new ArrayList<>();
      lock.lock();
      try {
        newest = Optional.of(connection);
        listeners.forEach((channel, listening) -> {
          answers.add(subscribe(connection, channel));
          all.addAll(listening);
        });
      } finally {
        lock.unlock();
      }
      CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
          .get(options.connectTimeout().toNanos(), TimeUnit.NANOSECONDS);
      all.forEach(Listening::miss);
    }
  }

  /** Runs on Lettuce's thread: must not wait. */
  private void received(String channel, byte[] message) {
    for (Listening listening : listeners.getOrDefault(channel, List.of())) {
      if (!waiting.offer(new Message(Optional.of(listening), message.clone()))) {
        listening.miss();
      }
    }
  }

  private void tell() {
    try {
      while (!closed) {
        Message message = waiting.take();
        message.to().ifPresent(listening -> listening.tell(message.bytes()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // by a listener: nobody else knows this thread
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      listeners.clear();
      link.ifPresent(Link::close);
    } finally {
      lock.unlock();
    }
    waiting.clear();
    waiting.add(END); // there is room: nothing is received any more
  }
}
