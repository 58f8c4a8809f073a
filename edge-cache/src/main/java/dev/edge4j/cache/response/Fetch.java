package dev.edge4j.cache.response;

import dev.edge4j.Context;
import dev.edge4j.Deadline;
import dev.edge4j.Detached;
import dev.edge4j.GatewayTimeout;
import dev.edge4j.Next;
import dev.edge4j.TimeSource;
import dev.edge4j.cache.http.Decision;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.resilience.Permit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One request that is sent on for all who want its answer. It belongs to the cache: the client that began it may leave, and its deadline may pass, as long as
 * somebody waits. Who leads takes an answer that cannot be shared; if nobody is left, what is behind is told.
 */
final class Fetch {
  final String key;
  final String primary;
  /** The leader's, as the cache sees it. */
  final Request request;
  final boolean background;
  private final Engine engine;
  private final long sequence;
  private final long purges;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  /** What became of a body that arrived; empty if it cannot be stored. */
  private final CompletableFuture<Optional<Variant>> landed = new CompletableFuture<>();
  private final ReentrantLock lock = new ReentrantLock();
  private int interested = 1;
  private boolean leaderWaits;
  private boolean handed;
  /** The way through a body that arrives that waits for the leader to take it. */
  private Filling.@Nullable Reader leaders;
  private volatile boolean abandoned;
  /** The other key that it is found by, once it is known what the answer depends on. */
  private volatile String variantKey = "";
  private volatile @Nullable Detached detached;
  private volatile @Nullable Filling filling;
  private volatile Headers trailers = Headers.empty();
  private TimeSource.Timer timer = () -> {};

  /** Who makes it leads it, and is counted among those who want it, unless it runs in the background. */
  Fetch(Engine engine, String key, String primary, Request request, boolean background) {
    this.engine = engine;
    this.key = key;
    this.primary = primary;
    this.request = request;
    this.background = background;
    this.leaderWaits = !background;
    this.sequence = engine.store.sequence();
    this.purges = engine.purges.get();
  }

  /** False once it is over, or an invalidation came in between: who asks after that must not get what was before. Takes no locks: its caller holds one. */
  boolean isGood() {
    Filling body = filling;
    boolean over = outcome.isDone() && (body == null || landed.isDone() || body.isBroken());
    return !over && !engine.store.isForgottenSince(primary, sequence) && purges == engine.purges.get()
        && !abandoned;
  }

  /** Sends the request on, on a thread of its own. */
  void begin(Context c, Next next, Decision decision, Engine.Since since) {
    Request original = c.request();
    c.rewrite(engine.rules.forward(request, decision));
    try {
      detached = next.detach(Deadline.none());
    } finally {
      c.rewrite(original);
    }
    cancelIfAbandoned();
    timer = c.time().after(engine.settings.fetchTimeout, this::late);
    Thread.ofVirtual().name("edge4j-fetch").start(() -> run(decision, since));
  }

  private void run(Decision decision, Engine.Since since) {
    Optional<Permit> place = engine.settings.limiter.flatMap(limiter -> limiter.tryAcquire());
    try {
      if (place.isEmpty() && engine.settings.limiter.isPresent()) {
        settle(new Outcome.Busy());
      } else {
        new Landing(engine, this, since).run(decision);
      }
    } catch (Throwable e) { // thrown on where it is waited for
      settle(new Outcome.Thrown(e));
      landed.complete(Optional.empty());
    } finally {
      place.ifPresent(Permit::close);
      end();
    }
  }

  Detached detached() {
    Detached current = detached;
    if (current == null) {
      throw new IllegalStateException("a fetch that has not begun");
    }
    return current;
  }

  /** Tries again, with another request. */
  void again(Request other) {
    Detached first = detached();
    detached = first.again(other);
    first.sent();
    cancelIfAbandoned();
  }

  private void cancelIfAbandoned() {
    if (abandoned) {
      detached().cancel();
    }
  }

  /** Those who wait get this; the first one counts. */
  void settle(Outcome result) {
    timer.cancel();
    outcome.complete(result);
  }

  /** Its body arrives; the leader, if he waits, will read it from its beginning, however quickly it grows too large for others. */
  void arriving(Filling body) {
    lock.lock();
    try {
      leaders = leaderWaits ? body.open().orElse(null) : null;
      filling = body;
    } finally {
      lock.unlock();
    }
    String other = Keys.variant(engine, primary, request);
    variantKey = other;
    engine.fetches.alsoUnder(other, this);
  }

  /** What waits for the leader to be read; empty for all others, and the next time. */
  Optional<Filling.Reader> takeReader() {
    lock.lock();
    try {
      Filling.Reader reader = leaders;
      leaders = null;
      return Optional.ofNullable(reader);
    } finally {
      lock.unlock();
    }
  }

  /** True once nobody waits for it: what is behind may end early, so that what it wrote is not the whole. */
  boolean isAbandoned() {
    return abandoned;
  }

  void trailers(Headers fields) {
    trailers = fields;
  }

  Headers trailers() {
    return trailers;
  }

  void landed(Optional<Variant> variant) {
    landed.complete(variant);
  }

  CompletableFuture<Optional<Variant>> landed() {
    return landed;
  }

  CompletableFuture<Outcome> outcome() {
    return outcome;
  }

  /** It is over, but for what was handed to the leader. */
  void end() {
    unregister();
    Detached last = detached;
    lock.lock();
    try {
      if (handed) {
        return;
      }
    } finally {
      lock.unlock();
    }
    if (last != null) {
      last.sent();
    }
  }

  void unregister() {
    engine.fetches.remove(key, this);
    engine.fetches.remove(variantKey, this);
  }

  /** The leader is to have the answer to himself, and to end it; nobody does if he has left. */
  void hand() {
    lock.lock();
    try {
      handed = leaderWaits;
    } finally {
      lock.unlock();
    }
  }

  /** The leader has what he waited for, or waits no more. */
  void leaderDone(boolean took) {
    boolean orphaned;
    lock.lock();
    try {
      leaderWaits = false;
      orphaned = handed && !took;
    } finally {
      lock.unlock();
    }
    if (orphaned) {
      detached().sent();
    }
  }

  /** One more wants it: false if it may not have more. */
  boolean join() {
    lock.lock();
    try {
      if (abandoned || interested >= engine.settings.waiters) {
        return false;
      }
      interested++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** One who wanted it does no more, or has it. */
  void leave() {
    lock.lock();
    try {
      interested--;
      boolean goesOn = outcome.isDone() && filling == null;
      if (interested > 0 || background || goesOn) {
        return;
      }
      abandoned = true;
    } finally {
      lock.unlock();
    }
    abandon();
  }

  private void abandon() {
    Detached running = detached;
    if (landed.isDone()) {
      return;
    }
    unregister();
    if (running != null) {
      running.cancel();
    }
    Filling body = filling;
    if (body != null) {
      body.stop();
    }
  }

  /** The origin says nothing: those who wait are told, and what is behind too. It ends by itself. */
  private void late() {
    boolean inTime = !outcome.complete(new Outcome.Thrown(new GatewayTimeout(
        "the answer was not ready in the time allowed for a fetch")));
    if (inTime) {
      return;
    }
    unregister();
    Detached running = detached;
    if (running != null) {
      running.cancel();
    }
  }
}
