package dev.edge4j.state;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One object in memory: its mailbox, and its instance while it is awake. Turns, and only they, touch the instance. */
final class Resident<T> implements ObjectState {
  private final ObjectId id;
  private final Host host;
  private final Function<ObjectState, ? extends T> factory;
  private final Mailbox mailbox;
  private final TurnStorage storage;
  private @Nullable T instance;
  private volatile long usedAt;

  Resident(ObjectId id, Host host, Function<ObjectState, ? extends T> factory) {
    this.id = id;
    this.host = host;
    this.factory = factory;
    this.mailbox = new Mailbox(id.toString(), host.options().mailbox());
    this.storage = new TurnStorage(id, host.store(), host.options().codec());
    this.usedAt = host.options().clock().millis();
  }

  @Override
  public ObjectId id() {
    return id;
  }

  @Override
  public Storage storage() {
    return storage;
  }

  Mailbox mailbox() {
    return mailbox;
  }

  /** Closes the mailbox if the object has been idle for so long; false if it has not, or is in use. */
  boolean retireAfter(Duration idle) {
    Duration unused = Duration.ofMillis(host.options().clock().millis() - usedAt);
    return unused.compareTo(idle) >= 0 && mailbox.retire();
  }

  /** Forgets the instance, between turns; true if there was one. */
  boolean drop() {
    boolean awake = instance != null;
    instance = null;
    return awake;
  }

  /**
   * A whole turn: the work, then its commit, then the reply. The next turn starts after the commit, so that nothing is ever read
   * that may yet be lost; to run it sooner, its reply would have to wait for this commit as well as its own, and be dropped
   * with the instance if this one fails.
   */
  <R extends @Nullable Object> R turn(TurnWork<? super T, R> work) throws TurnThrew {
    storage.begin();
    R reply;
    try {
      reply = host.inTurn(id, () -> work.run(awake()));
    } catch (Throwable e) {
      storage.end();
      drop();
      throw new TurnThrew(id, e);
    } finally {
      usedAt = host.options().clock().millis();
    }
    commit(storage.end());
    return reply;
  }

  private T awake() {
    T current = instance;
    if (current == null) {
      current = factory.apply(this);
      instance = current;
    }
    return current;
  }

  private void commit(TurnBuffer writes) {
    if (writes.isEmpty()) {
      return;
    }
    try {
      host.store().commit(id, writes).join();
    } catch (CompletionException e) {
      drop();
      throw e.getCause() instanceof ObjectException known ? known
          : new ObjectException(id + ": the commit failed", Outcome.UNKNOWN, e);
    } catch (RuntimeException e) {
      drop();
      throw new ObjectException(id + ": the commit failed", Outcome.UNKNOWN, e);
    }
  }
}
