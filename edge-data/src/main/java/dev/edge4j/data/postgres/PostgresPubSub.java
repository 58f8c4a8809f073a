package dev.edge4j.data.postgres;

import dev.edge4j.data.StoreException;
import dev.edge4j.kv.PubSub;
import java.sql.PreparedStatement;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages between the processes of one PostgreSQL database, by NOTIFY. All channels share one LISTEN on one connection, so every
 * process that has subscribed to anything is sent the messages of all channels: for hints and invalidations, not for streams of data.
 *
 * <p>The connection is made by the first {@link #subscribe}, which throws {@link StoreException} if the server cannot be reached. Later
 * it is made anew for as long as it takes; a link that has gone silent is noticed within ten seconds.
 */
public final class PostgresPubSub implements PubSub {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresPubSub.class);
  private static final String LISTENED = "edge4j_pubsub";
  private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9.:_-]{1,48}");
  /** A payload is text below 8,000 bytes: a channel, this, and 4,096 bytes in base64. */
  private static final char SEPARATOR = ' ';

  private final PostgresDatabase database;
  private final boolean owner;
  private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Notifications notifications;
  private boolean closed;

  private PostgresPubSub(PostgresDatabase database, boolean owner) {
    this.database = database;
    this.owner = owner;
  }

  /** On a database of its own; {@link #close} closes it. */
  public static PostgresPubSub of(String url) {
    return new PostgresPubSub(PostgresDatabase.of(url), true);
  }

  /** On a database that others use too; {@link #close} leaves it open. */
  public static PostgresPubSub on(PostgresDatabase database) {
    return new PostgresPubSub(database, false);
  }

  @Override
  public void publish(String channel, byte[] message) {
    check(channel);
    if (message.length > MAX_MESSAGE_BYTES) {
      throw new IllegalArgumentException("message of " + message.length + " bytes (expected: at most "
          + MAX_MESSAGE_BYTES
          + ")");
    }
    String payload = channel + SEPARATOR + Base64.getEncoder().encodeToString(message);
    database.write(connection -> {
      try (PreparedStatement statement = connection.prepareStatement("SELECT pg_notify('" + LISTENED + "', ?)")) {
        statement.setString(1, payload);
        return statement.execute();
      }
    });
  }

  @Override
  public Subscription subscribe(String channel, Consumer<byte[]> listener) {
    var subscriber = new Subscriber(check(channel), listener);
    lock.lock();
    try {
      if (closed) {
        throw database.errors().closed();
      }
      subscribers.add(subscriber);
      if (notifications == null) {
        notifications = new Notifications(database, LISTENED, new Telling());
      }
    } catch (StoreException e) {
      subscriber.close();
      throw e;
    } finally {
      lock.unlock();
    }
    return subscriber;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (notifications != null) {
        notifications.close();
      }
    } finally {
      lock.unlock();
    }
    subscribers.forEach(Subscriber::close);
    if (owner) {
      database.close();
    }
  }

  private static String check(String channel) {
    if (!CHANNEL.matcher(channel).matches()) {
      throw new IllegalArgumentException("channel: \"" + channel
          + "\" (expected: 1 to 48 letters, digits, hyphens, points, colons and underscores)");
    }
    return channel;
  }

  private final class Telling implements Notifications.Listener {
    @Override
    public void received(List<PGNotification> received) {
      for (PGNotification one : received) {
        String payload = one.getParameter();
        int end = payload.indexOf(SEPARATOR);
        Optional<byte[]> message = end < 0 ? Optional.empty() : decoded(payload.substring(end + 1));
        message.ifPresent(bytes -> tell(payload.substring(0, end), bytes));
      }
    }

    @Override
    public void missed() {
      subscribers.forEach(subscriber -> subscriber.missed.incrementAndGet());
    }
  }

  private void tell(String channel, byte[] message) {
    for (Subscriber subscriber : subscribers) {
      if (subscriber.channel.equals(channel)) {
        subscriber.tell(message);
      }
    }
  }

  private static Optional<byte[]> decoded(String text) {
    try {
      return Optional.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      LOG.debug("a notification that is not ours", e);
      return Optional.empty();
    }
  }

  private final class Subscriber implements Subscription {
    private final String channel;
    private final Consumer<byte[]> listener;
    private final AtomicLong missed = new AtomicLong();
    private volatile boolean over;

    Subscriber(String channel, Consumer<byte[]> listener) {
      this.channel = channel;
      this.listener = listener;
    }

    void tell(byte[] message) {
      try {
        if (!over) {
          listener.accept(message.clone());
        }
      } catch (RuntimeException e) { // the others are told all the same
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
      subscribers.remove(this);
    }
  }
}
