package dev.edge4j.state;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * A convenient parent for durable objects.
 *
 * <p>The constructor runs at the first call and at every wake-up after; it reads from {@link #storage()} what the object needs
 * in memory. One call is one turn, one turn runs at a time, so that fields need no locks. A turn that throws leaves no trace:
 * what it wrote is dropped and so is the instance, and the next call wakes a new one from what was committed.
 *
 * <p>Its methods are those of {@link ObjectState}, which says more about each.
 */
public abstract class DurableObject {
  private final ObjectState state;

  protected DurableObject(ObjectState state) {
    this.state = state;
  }

  /** Who this object is. */
  protected final ObjectId id() {
    return state.id();
  }

  /** All that an object is given. */
  protected final ObjectState state() {
    return state;
  }

  /** The object's keys and values. */
  protected final Storage storage() {
    return state.storage();
  }

  /** The object's own database. */
  protected final SqlStorage sql() {
    return state.sql();
  }

  /** The object's alarms. */
  protected final Alarms alarms() {
    return state.alarms();
  }

  /** What the object may be found by. */
  protected final Attributes attributes() {
    return state.attributes();
  }

  /** The object's WebSockets. */
  protected final Sockets sockets() {
    return state.sockets();
  }

  /** See {@link ObjectState#send}. */
  protected final <T> void send(Namespace<T> to, String object, Consumer<? super T> call) {
    state.send(to, object, call);
  }

  /** See {@link ObjectState#effect}. */
  protected final void effect(String name, Object payload) {
    state.effect(name, payload);
  }

  /** See {@link ObjectState#outside}. */
  protected final <R> R outside(Callable<R> work) throws Exception {
    return state.outside(work);
  }
}
