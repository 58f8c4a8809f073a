package dev.edge4j.state.runtime;

import dev.edge4j.state.ObjectException;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.ObjectResetException;
import dev.edge4j.state.Outcome;
import dev.edge4j.state.mailbox.Mailbox;
import dev.edge4j.state.sockets.Outgoing;
import dev.edge4j.state.store.ObjectDatabase;
import dev.edge4j.state.store.StoredReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One object in memory: its mailbox, and its activation while it is awake. */
final class Resident<T> {
  private final ObjectId id;
  private final LocalNamespace<T> namespace;
  private final Host host;
  private final Mailbox mailbox;
  private final ReentrantLock waking = new ReentrantLock();
  private final State state;
  private final Requests requests;
  private volatile @Nullable Activation<T> activation;
  private volatile long usedAt;

  Resident(ObjectId id, LocalNamespace<T> namespace) {
    this.id = id;
    this.namespace = namespace;
    this.host = namespace.host();
    this.mailbox = new Mailbox(id.toString(), namespace.mailboxBound());
    this.state = new State(this);
    this.requests = new Requests(id, host);
    this.usedAt = host.options().clock().millis();
  }

  ObjectId id() {
    return id;
  }

  Host host() {
    return host;
  }

  LocalNamespace<T> namespace() {
    return namespace;
  }

  Mailbox mailbox() {
    return mailbox;
  }

  /** Closes the mailbox if the object has been idle for so long and all it did is on disk; false otherwise. */
  boolean retireAfter(Duration idle) {
    Duration unused = Duration.ofMillis(host.options().clock().millis() - usedAt);
    return unused.compareTo(idle) >= 0 && mailbox.retire(this::isSettled);
  }

  /** Its own database, if its class asks for one. */
  Optional<ObjectDatabase> database() {
    return namespace.hasDatabase() ? Optional.of(host.store().database(id)) : Optional.empty();
  }

  /** How many turns it has run since it came into memory; 0 before the first. */
  long turns() {
    Activation<T> current = activation;
    return current == null ? 0 : current.turns();
  }

  boolean isAwake() {
    Activation<T> current = activation;
    return current != null && current.instance().isPresent();
  }

  /** Forgets the instance, between turns; true if there was one. */
  boolean drop() {
    Activation<T> current = activation;
    return current != null && current.forgetInstance();
  }

  /** A whole turn: the work, its commit handed over, and the reply once that is on disk. The next turn begins before. */
  <R extends @Nullable Object> void turn(Call<R> call, TurnWork<? super T, R> work,
      Optional<Idempotent<R>> idempotent) {
    Activation<T> current = activation();
    Optional<StoredReply> known = requests.known(current, call, idempotent);
    if (known.isPresent()) {
      R reply = idempotent.orElseThrow().read().apply(known.get().json());
      answerAfter(current.settled(), call, reply);
      return;
    }
    if (requests.joins(call, idempotent)) {
      return;
    }
    var turn = new Turn(this, current, false, call);
    try {
      turn(call, current, turn, work, reply -> requests.stored(call, idempotent, reply),
          e -> call.fail(turn.loss().isPresent() ? e : failure(turn, e)));
    } finally {
      requests.end(call);
    }
  }

  /** A turn that may have begun with a change. {@code threw} is asked to answer the call if the work has thrown and left nothing. */
  <R extends @Nullable Object> void turn(Call<R> call, Activation<T> current, Turn turn,
      TurnWork<? super T, R> work, Function<R, Optional<StoredReply>> stored, Consumer<Throwable> threw) {
    host.steps().at(Step.TURN_BEGINS, id);
    current.countTurn();
    R reply;
    try {
      reply = turn.run(() -> work.run(awake(current, turn)));
      turn.checkNotLost();
    } catch (Refused e) {
      threw(current, turn);
      call.fail(e.failure());
      return;
    } catch (Throwable e) {
      threw(current, turn);
      threw.accept(turn.loss().isPresent() ? turn.loss().get() : e);
      return;
    }
    turn.end();
    host.steps().at(Step.TURN_ENDS, id);
    usedAt = host.options().clock().millis();
    CompletableFuture<?> durable = commit(current, turn.take(), stored.apply(reply));
    answerAfter(durable, call, reply);
  }

  /** A call that changes nothing, beside others of its kind. */
  <R extends @Nullable Object> void read(Call<R> call, TurnWork<? super T, R> work) {
    Activation<T> current = activation();
    var turn = new Turn(this, current, true, call);
    R reply;
    try {
      wakeForReaders(current);
      reply = turn.run(() -> work.run(current.instance()
          .orElseThrow(() -> new Refused(new ObjectException(id
              + ": the object was dropped", Outcome.NOT_EXECUTED)))));
    } catch (Throwable e) {
      call.fail(failure(turn, e));
      return;
    } finally {
      turn.end();
      usedAt = host.options().clock().millis();
    }
    answerAfter(current.settled(), call, reply);
  }

  /** A change of the object's state that runs none of its code. */
  CompletableFuture<?> change(BiConsumer<Activation<T>, TurnBuffer> work) {
    Activation<T> current = activation();
    current.version(current.version() == 0 ? namespace.newVersion(id) : current.version());
    var buffer = new TurnBuffer();
    work.accept(current, buffer);
    return commit(current, buffer, Optional.empty());
  }

  /** See {@link dev.edge4j.state.ObjectState#outside}. */
  <R> R outside(Callable<R> work) throws Exception {
    Turn turn = Turn.changing(this);
    if (!turn.mayLeave()) {
      throw new IllegalStateException("outside in a constructor or a transaction of " + id
          + " (expected: between them, where others may see the object)");
    }
    flush(turn);
    Activation<?> before = turn.activation();
    long turns = before.turns();
    turn.away(true);
    mailbox.leave();
    var thrown = new ArrayList<Throwable>(1);
    try {
      return work.call();
    } catch (Throwable e) {
      thrown.add(e);
      throw e;
    } finally {
      mailbox.enter();
      turn.away(false);
      goOn(turn, before, turns, thrown);
    }
  }

  /** What the turn did so far is on disk, and a part of its own. */
  private void flush(Turn turn) {
    try {
      CompletableFuture<?> earlier = turn.activation().settled();
      CompletableFuture<?> durable = commit(turn.activation(), turn.takeForOutside(), Optional.empty());
      if (durable != earlier) {
        turn.partDone();
      }
      join(durable);
    } catch (ObjectException e) {
      turn.lose(e);
      throw e;
    }
  }

  private void goOn(Turn turn, Activation<?> before, long turns, List<Throwable> thrown) {
    if (activation != before || before.isBroken() || !turn.isServedBy(before.instance())) {
      var reset = new ObjectResetException(id);
      thrown.forEach(reset::addSuppressed); // often why it was reset
      turn.lose(reset);
    }
    turn.checkNotLost();
    turn.cameBack();
    if (before.turns() != turns) {
      before.countTurn(); // who went outside earlier has not seen what this one does now
    }
  }

  /** What the turn has seen is to be on disk before others are told; this turn's own changes will be once it ends. */
  void awaitSettled(Turn turn) {
    join(turn.activation().settled());
  }

  private void threw(Activation<T> current, Turn turn) {
    turn.end();
    if (turn.loss().isEmpty() || turn.isServedBy(current.instance())) {
      current.forgetInstance(); // unless it is another's by now
    }
    host.store().abandon(id);
    usedAt = host.options().clock().millis();
  }

  private Throwable failure(Turn turn, Throwable e) {
    return e instanceof Refused refused ? refused.failure() : new TurnThrew(id, e, turn.outcomeOfThrow());
  }

  /** An object with a database of its own has one transaction: its next turn waits for the commit. */
  private CompletableFuture<?> commit(Activation<?> current, TurnBuffer buffer, Optional<StoredReply> reply) {
    if (!buffer.sockets().isEmpty()) {
      List<Outgoing> delivered = current.book().seal(buffer.sockets(), buffer.slots());
      buffer.afterwards().add(() -> namespace.hub().deliver(id, delivered));
    }
    CompletableFuture<?> durable = current.commit(host, buffer, reply);
    if (namespace.hasDatabase()) {
      durable.exceptionally(_ -> null).join();
    }
    return durable;
  }

  /** Answers a call once what it saw is on disk. */
  <R extends @Nullable Object> void answerAfter(CompletableFuture<?> durable, Call<R> call, R reply) {
    CompletableFuture<?> unused = durable.whenComplete((_, e) -> {
      if (e == null) {
        call.complete(reply);
        host.steps().at(Step.REPLIED, id);
      } else {
        call.fail(failure(e));
      }
    });
  }

  private void join(CompletableFuture<?> durable) {
    try {
      durable.join();
    } catch (CompletionException e) {
      throw failure(e);
    }
  }

  private ObjectException failure(Throwable e) {
    Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    return cause instanceof ObjectException known ? known
        : new ObjectException(id + ": the commit failed", Outcome.UNKNOWN, cause);
  }

  private boolean isSettled() {
    Activation<T> current = activation;
    return current == null || current.settled().isDone();
  }

  /** What the object is now, from the store if it was not in memory or a commit failed. */
  Activation<T> activation() {
    Activation<T> current = activation;
    if (current != null && !current.isBroken()) {
      return current;
    }
    waking.lock();
    try {
      current = activation;
      if (current == null || current.isBroken()) {
        // What was handed over before the commit that failed may be in the same group, and not be on disk yet.
        CompletableFuture<?> settled = current == null ? CompletableFuture.completedFuture(true) : current.settled();
        settled.exceptionally(_ -> null).join();
        current = namespace.activate(id);
        activation = current;
      }
      return current;
    } finally {
      waking.unlock();
    }
  }

  /** The instance, made if need be; what making it writes is part of the turn. */
  private T awake(Activation<T> current, Turn turn) {
    Optional<T> instance = current.instance();
    if (instance.isPresent()) {
      turn.serves(instance.get());
      return instance.get();
    }
    T made = namespace.wake(current, state, turn);
    current.instance(made);
    turn.serves(made);
    return made;
  }

  /** Readers run beside each other: the first of them wakes the object, in a turn of its own. */
  private void wakeForReaders(Activation<T> current) {
    if (current.instance().isPresent()) {
      return;
    }
    waking.lock();
    try {
      if (current.instance().isEmpty()) {
        var turn = new Turn(this, current, false, Optional.empty());
        try {
          turn.run(() -> awake(current, turn));
        } catch (RuntimeException | Error e) {
          threw(current, turn);
          throw e;
        }
        turn.end();
        CompletableFuture<?> unused = commit(current, turn.take(), Optional.empty());
      }
    } finally {
      waking.unlock();
    }
  }
}
