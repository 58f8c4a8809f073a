package dev.edge4j.middleware.jwks;

import dev.edge4j.TimeSource;
import dev.edge4j.client.OriginClient;
import dev.edge4j.client.OriginResponse;
import dev.edge4j.http.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of an issuer, kept: nobody fetches them for each request. A set is used for 10 minutes, from four fifths of that on it is
 * renewed in the background, and after it the next request waits for a new one. If there is none to be had, the old set is used for 4 hours
 * more, and the log says so once. A key that a newer set does not have is good no longer.
 *
 * <p>A token that names a key which is not there makes the set be fetched, but not more often than every 30 seconds whatever is sent, so
 * that nobody can have an issuer flooded; between two fetches such a token is refused at once. One fetch at a time is under way, and all
 * who need it wait for that one, at most 5 seconds.
 *
 * <p>Sets of more than 128 KiB or 100 keys, and those without a usable key, count as none. Of the keys, those that are not for signatures,
 * have no id, or are not RSA, P-256, P-384, P-521 or Ed25519 are passed over. Source: RFC 7517, RFC 8725.
 *
 * <p>Safe for use by many threads; settings return another set, which has fetched nothing yet.
 */
public final class KeySet {
  /** The largest set that is read. */
  public static final int MAX_BYTES = 128 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(KeySet.class);

  private record Settings(Duration fresh, Duration stale, Duration floor, Duration patience) {
    private static final Settings DEFAULT = new Settings(Duration.ofMinutes(10), Duration.ofHours(4), Duration
        .ofSeconds(30), Duration.ofSeconds(5));

    /** When a renewal begins, in nanoseconds of age. */
    private long due() {
      return fresh.toNanos() / 5 * 4;
    }
  }

  private record Snapshot(Map<String, PublishedKey> keys, long fetched) {}

  /** One call of the source; done when it has ended, however it did. */
  private record Fetch(CompletableFuture<Void> done, long began) {}

  private final KeySetSource source;
  private final Settings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Snapshot current;
  private volatile @Nullable Fetch underWay;
  /** The last fetch that has ended without a set, if none has ended with one since. */
  private volatile @Nullable Fetch failed;
  private volatile @Nullable Fetch last;

  private KeySet(KeySetSource source, Settings settings) {
    this.source = source;
    this.settings = settings;
  }

  /** The set that this source has; nothing is fetched before a token asks for it. */
  public static KeySet of(KeySetSource source) {
    return new KeySet(source, Settings.DEFAULT);
  }

  /**
   * The set that this origin publishes at that path, {@code /.well-known/jwks.json} say, with a status of 200. The client is the caller's; over anything but TLS to
   * the issuer's own host, somebody else may publish keys there.
   */
  public static KeySet at(OriginClient issuer, String path) {
    Request request = Request.get(path).withHeader("Accept", "application/jwk-set+json, application/json");
    return of(() -> {
      try (OriginResponse response = issuer.send(request)) {
        if (response.status() != 200) {
          throw new IOException("the key set is answered with " + response.status());
        }
        return response.bytes(MAX_BYTES);
      }
    });
  }

  /** Uses a set for so long, a minute to a day, before the next one is waited for. */
  public KeySet freshFor(Duration fresh) {
    return with(new Settings(within("freshFor", fresh, Duration.ofMinutes(1), Duration.ofDays(1)), settings.stale,
        settings.floor, settings.patience));
  }

  /** Uses a set for so much longer, at most a week, while there is no other to be had; zero for not at all. */
  public KeySet staleFor(Duration stale) {
    return with(new Settings(settings.fresh, within("staleFor", stale, Duration.ZERO, Duration.ofDays(7)),
        settings.floor, settings.patience));
  }

  /** Lets so much time pass between two fetches, a second to a minute. */
  public KeySet fetchEvery(Duration floor) {
    return with(new Settings(settings.fresh, settings.stale, within("fetchEvery", floor, Duration.ofSeconds(1), Duration
        .ofMinutes(1)), settings.patience));
  }

  /** Gives up on a fetch after so long, at most 30 seconds. */
  public KeySet waitFor(Duration patience) {
    return with(new Settings(settings.fresh, settings.stale, settings.floor, within("waitFor", patience, Duration
        .ofMillis(1), Duration.ofSeconds(30))));
  }

  private KeySet with(Settings changed) {
    return new KeySet(source, changed);
  }

  private static Duration within(String name, Duration given, Duration least, Duration most) {
    if (given.compareTo(least) < 0 || given.compareTo(most) > 0) {
      throw new IllegalArgumentException(name + ": " + given + " (expected: " + least + " to " + most + ")");
    }
    return given;
  }

  /** The key of that id, if it is good at this time. Never waits; begins a renewal in the background when one is due. */
  public Optional<PublishedKey> find(String id, TimeSource time) {
    Snapshot set = current;
    if (set == null || !isUsable(time)) {
      return Optional.empty();
    }
    if (time.nanoTime() - set.fetched >= settings.due() && mayFetch(time)) {
      var _ = fetch(time);
    }
    return Optional.ofNullable(set.keys.get(id));
  }

  /** True if {@link #await} would wait for that key: it is not here, and a fetch is under way or may begin. */
  public boolean isWorthWaiting(String id, TimeSource time) {
    return find(id, time).isEmpty() && (underWay != null || mayFetch(time));
  }

  /** As {@link #find}, but waits for a set that may have the key, if there may be one. */
  public Optional<PublishedKey> await(String id, TimeSource time) throws InterruptedException {
    if (isWorthWaiting(id, time)) {
      try {
        fetch(time).done.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a fetch ends, whatever it ends with", e);
      }
    }
    return find(id, time);
  }

  /** True if there is a set that is good at this time: fresh, or stale while no other is to be had. */
  public boolean isUsable(TimeSource time) {
    Snapshot set = current;
    if (set == null) {
      return false;
    }
    long age = time.nanoTime() - set.fetched;
    return age < settings.fresh.toNanos() || (age < settings.fresh.plus(settings.stale).toNanos() && hasJustFailed(
        time));
  }

  /** Within a retry's time of the last failure: while requests come, one failure follows the other, and nobody waits for the next. */
  private boolean hasJustFailed(TimeSource time) {
    Fetch attempt = failed;
    return attempt != null && time.nanoTime() - attempt.began < settings.floor.plus(settings.patience).toNanos();
  }

  private boolean mayFetch(TimeSource time) {
    Fetch attempt = last;
    return underWay == null && (attempt == null || time.nanoTime() - attempt.began >= settings.floor.toNanos());
  }

  /** The fetch that is under way, or a new one, or the last if that is not long ago. */
  private Fetch fetch(TimeSource time) {
    Fetch begun;
    lock.lock();
    try {
      Fetch running = underWay;
      Fetch previous = last;
      if (running != null) {
        return running;
      }
      if (previous != null && !mayFetch(time)) {
        return previous;
      }
      begun = new Fetch(new CompletableFuture<>(), time.nanoTime());
      underWay = begun;
      last = begun;
    } finally {
      lock.unlock();
    }
    Thread thread = Thread.ofVirtual().name("edge4j-key-set").unstarted(() -> run(begun));
    TimeSource.Timer timer = time.after(settings.patience, () -> {
      fail(begun, new TimeoutException("no answer within " + settings.patience));
      thread.interrupt();
    });
    var _ = begun.done.whenComplete((_, _) -> timer.cancel());
    thread.start();
    return begun;
  }

  private void run(Fetch fetch) {
    try {
      succeed(fetch, KeySetReader.read(source.fetch()));
    } catch (Exception e) {
      fail(fetch, e);
    }
  }

  private void succeed(Fetch fetch, Map<String, PublishedKey> keys) {
    end(fetch, () -> {
      Snapshot before = current;
      current = new Snapshot(before != null && before.keys.equals(keys) ? before.keys : keys, fetch.began);
      if (failed != null) {
        LOG.info("the key set of an issuer can be had again");
      }
      failed = null;
    });
  }

  private void fail(Fetch fetch, Exception problem) {
    end(fetch, () -> {
      if (failed == null) {
        LOG.warn("the key set of an issuer cannot be had; one that is here is used for {} more at most", settings.stale,
            problem);
      }
      failed = fetch;
    });
  }

  /** Ends a fetch, once; what comes after it was given up is not used. */
  private void end(Fetch fetch, Runnable change) {
    lock.lock();
    try {
      if (fetch.equals(underWay)) {
        change.run();
        underWay = null;
      }
    } finally {
      lock.unlock();
    }
    fetch.done.complete(null);
  }
}
