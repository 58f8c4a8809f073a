package dev.edge4j.data.redis;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that is made anew whenever it is lost, by a thread of its own, with growing pauses. Who needs it waits for a moment
 * after it was lost; once it has been away for longer, nobody waits any more.
 *
 * <p>Lettuce could reconnect by itself, but then sends again what was on its way: a count would be taken twice. Here what was on its
 * way fails.
 *
 * @param <C> what a connection is for: commands, or messages
 */
final class Link<C extends StatefulRedisConnection<byte[], byte[]>> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Link.class);
  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int MOST_DOUBLINGS = 20;

  /** Opens connections, and makes them ready for use. */
  interface Opening<C> {
    CompletableFuture<C> open();

    /** Called on each new connection before anybody has it; may block and throw. */
    void prepare(C connection) throws Exception;
  }

  private final String name;
  private final RedisOptions options;
  private final Opening<C> opening;
  private final Thread keeper;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  /** Written under the lock. */
  private volatile @Nullable C connection;
  private long downSince = System.nanoTime();
  private String why = "it has not been connected yet";
  private boolean tried;
  private boolean doubted;
  private boolean closed;

  private Link(String name, RedisOptions options, Opening<C> opening) {
    this.name = name;
    this.options = options;
    this.opening = opening;
    this.keeper = Thread.ofVirtual().name("link to Redis at " + name).unstarted(this::keep);
  }

  static <C extends StatefulRedisConnection<byte[], byte[]>> Link<C> start(String name, RedisOptions options,
      Opening<C> opening) {
    Link<C> link = new Link<>(name, options, opening);
    link.keeper.start();
    return link;
  }

  /** Waits until the first attempt to connect has ended, well or not. */
  void awaitFirstAttempt() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!tried && !closed) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  Optional<C> current() {
    return Optional.ofNullable(connection);
  }

  /** The connection, for which this waits until that time of {@link System#nanoTime}, but no longer than a timeout after it was lost. */
  C await(long until) throws InterruptedException {
    C there = connection;
    return there != null ? there : awaitAnother(until);
  }

  private C awaitAnother(long until) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        C there = connection;
        if (there != null) {
          return there;
        }
        if (closed) {
          throw new StoreException(Reason.CLOSED, "the client of Redis at " + name + " is closed");
        }
        long now = System.nanoTime();
        long left = Math.min(until - now, downSince + options.timeout().toNanos() - now);
        if (left <= 0 || (changed.awaitNanos(left) <= 0 && connection == null)) {
          throw away(System.nanoTime());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private StoreException away(long now) {
    Duration gone = Duration.ofNanos(now - downSince);
    return new StoreException(Reason.FAILED, "Redis at " + name + " has been away for " + gone.toMillis() + " ms: "
        + why
        + " (it is being connected anew; try again later)");
  }

  /** Says that an answer is missing: the server is asked for a sign of life now. */
  void doubt() {
    lock.lock();
    try {
      doubted = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void keep() {
    int failures = 0;
    while (!isClosed()) {
      long began = System.nanoTime();
      try {
        C opened = open();
        try {
          watch(opened);
        } finally {
          end(opened);
        }
      } catch (InterruptedException e) {
        return; // closed
      } catch (Exception e) {
        failed(e);
      }
      boolean lasted = System.nanoTime() - began > options.longestPause().toNanos();
      failures = lasted ? 0 : Math.min(failures + 1, MOST_DOUBLINGS);
      pause(failures);
    }
  }

  /** If this link is closed, its client is about to end all connections; it warns of one that was ended already. */
  private void end(C opened) {
    if (!isClosed()) {
      var _ = opened.closeAsync();
    }
  }

  private C open() throws Exception {
    CompletableFuture<C> future = opening.open();
    C opened;
    try {
      // Lettuce has the same time for each of TCP, TLS and the first commands.
      opened = future.get(options.connectTimeout().multipliedBy(3).toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | InterruptedException e) {
      var _ = future.thenAccept(late -> {
        var _ = late.closeAsync();
      });
      throw e;
    }
    try {
      opened.addListener(new RedisConnectionStateListener() {
        @Override
        public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
          lost(opened, "the connection ended");
        }
      });
      opening.prepare(opened);
      up(opened);
      return opened;
    } catch (Exception e) {
      end(opened);
      throw e;
    }
  }

  private void up(C opened) {
    lock.lock();
    try {
      if (tried) {
        LOG.info("Redis at {} is connected again", name);
      }
      tried = true;
      doubted = false;
      connection = closed ? null : opened;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (!opened.isOpen()) { // lost before there was a listener
      lost(opened, "the connection ended");
    }
  }

  private void lost(C which, String reason) {
    lock.lock();
    try {
      if (connection == which) {
        LOG.warn("Redis at {} was lost: {}", name, reason);
        connection = null;
        downSince = System.nanoTime();
        why = reason;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void failed(Exception e) {
    Throwable cause = Failures.cause(e);
    lock.lock();
    try {
      if (!tried) {
        LOG.warn("Redis at {} cannot be connected: {}", name, Failures.text(cause));
      }
      LOG.debug("Redis at {} cannot be connected", name, e);
      why = Failures.text(cause);
      tried = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns once the connection is lost. */
  private void watch(C watched) throws InterruptedException {
    while (awaitDoubt(watched)) {
      if (!answers(watched)) {
        lost(watched, "it gave no sign of life within " + options.connectTimeout().toMillis() + " ms");
      }
    }
  }

  /** True when it is time for a sign of life; false when the connection is not there any more. */
  private boolean awaitDoubt(C watched) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = options.heartbeat().toNanos();
      while (connection == watched && !doubted && left > 0) {
        left = changed.awaitNanos(left);
      }
      doubted = false;
      return connection == watched;
    } finally {
      lock.unlock();
    }
  }

  private boolean answers(C asked) throws InterruptedException {
    try {
      asked.async().ping().toCompletableFuture().get(options.connectTimeout().toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException e) {
      return e.getCause() instanceof RedisCommandExecutionException; // a refusal is a sign of life
    } catch (TimeoutException e) {
      return false;
    }
  }

  private void pause(int failures) {
    long most = Math.min(options.longestPause().toNanos(), FIRST_PAUSE << failures);
    // Jitter: after a restart of the server not all nodes come at once.
    long nanos = ThreadLocalRandom.current().nextLong(most / 2, most + 1);
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Gives up the connection, which ends with its client. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      connection = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    keeper.interrupt();
  }
}
