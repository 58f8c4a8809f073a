package dev.edge4j.state;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * What an object is given when it wakes: who it is, what it keeps, and what it can do. Belongs to one instance; confined to the thread
 * that runs a turn of it, from the constructor on.
 */
public interface ObjectState {
  /** Who the object is. */
  ObjectId id();

  /** Its keys and values. */
  Storage storage();

  /** Its own database; throws {@link IllegalStateException} unless the class was declared with {@link ObjectClass#sql}. */
  SqlStorage sql();

  /** Its alarms. */
  Alarms alarms();

  /** What it may be found by. */
  Attributes attributes();

  /** Its WebSockets. */
  Sockets sockets();

  /** The time that alarms go by. */
  InstantSource clock();

  /** The id of the request that this turn serves, if its caller gave one. */
  Optional<String> requestId();

  /**
   * Sends a message to another object, or to this one: {@code send(carts, "user:1", cart -> cart.add(7, 1))}. It is part of this turn's commit,
   * delivered after it as a call of its own, tried again until that has committed, and executed once. Messages from one object to another arrive
   * in order, so that one which fails holds up those behind it; what comes back is dropped. After {@link ObjectClass#retry} it becomes a
   * {@link DeadLetter}.
   *
   * @param call makes exactly one call of the object it is given, which only notes it
   */
  <T> void send(Namespace<T> to, String object, Consumer<? super T> call);

  /** Has an effect that the class was declared with run after this turn's commit; see {@link Effect}. */
  void effect(String name, Object payload);

  /**
   * Waits for something outside without holding up the object: what the turn did so far is committed and on disk before the work begins, other
   * turns may run meanwhile, and the turn goes on once it is alone again. What it does afterwards is a commit of its own.
   *
   * <p>Fields may have changed since: compare with {@link #mark()}. The work itself must not touch the object.
   *
   * @throws ObjectResetException if the object was dropped meanwhile; the turn can do no more then, and fails with it whatever it catches
   * @throws ObjectException if what came before could not be committed; the work has not begun, and the turn fails
   * @throws IllegalStateException in a {@link ReadOnly} call, a constructor, or a {@link Storage#transaction transaction}
   */
  <R> R outside(Callable<R> work) throws Exception;

  /** Where the object stands now, for {@link #changedSince}. */
  long mark();

  /** Whether another turn has run since that mark. */
  boolean changedSince(long mark);
}
