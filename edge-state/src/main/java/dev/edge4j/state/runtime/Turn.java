package dev.edge4j.state.runtime;

import dev.edge4j.state.ObjectCycleException;
import dev.edge4j.state.ObjectException;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.Outcome;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One turn while it runs: whose it is, what it has changed, and whether it may change anything. Confined to its thread. */
final class Turn {
  private static final ScopedValue<Turn> CURRENT = ScopedValue.newInstance();

  private final Resident<?> resident;
  private final Activation<?> activation;
  private final boolean readOnly;
  private final Optional<String> requestId;
  private final Optional<Call<?>> call;
  private final Thread thread = Thread.currentThread();
  private TurnBuffer buffer = new TurnBuffer();
  private Optional<UsedAlarm> alarm = Optional.empty();
  private boolean ended;
  private volatile boolean away;
  private @Nullable Object instance;
  private int transactions;
  private boolean partDone;
  private @Nullable ObjectException loss;

  Turn(Resident<?> resident, Activation<?> activation, boolean readOnly, Optional<String> requestId) {
    this(resident, activation, readOnly, requestId, Optional.empty());
  }

  /** A turn that a call is answered by. */
  Turn(Resident<?> resident, Activation<?> activation, boolean readOnly, Call<?> call) {
    this(resident, activation, readOnly, call.options().requestId(), Optional.of(call));
  }

  private Turn(Resident<?> resident, Activation<?> activation, boolean readOnly, Optional<String> requestId,
      Optional<Call<?>> call) {
    this.resident = resident;
    this.activation = activation;
    this.readOnly = readOnly;
    this.requestId = requestId;
    this.call = call;
  }

  /** Runs what the turn is for, so that the calls it makes are known to be its own. */
  <R extends @Nullable Object, E extends Throwable> R run(ScopedValue.CallableOp<R, E> work) throws E {
    return ScopedValue.where(CURRENT, this).call(work);
  }

  /** The turn that the thread runs, or that a structured scope it belongs to runs. */
  static Optional<Turn> bound() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /** The turn of an object that this very thread runs; throws {@link IllegalStateException} if it runs none. */
  static Turn of(Resident<?> resident) {
    if (CURRENT.isBound()) {
      Turn turn = CURRENT.get();
      if (turn.resident == resident && turn.thread == Thread.currentThread() && !turn.ended && !turn.away) {
        turn.checkNotLost();
        return turn;
      }
    }
    throw new IllegalStateException("storage of " + resident.id()
        + " used outside its turn (expected: use by the thread that runs the turn, while it runs)");
  }

  /** The turn of an object that this very thread runs, for a change; {@link IllegalStateException} in a read-only call. */
  static Turn changing(Resident<?> resident) {
    Turn turn = of(resident);
    if (turn.readOnly) {
      throw new IllegalStateException("a read-only call of " + resident.id()
          + " would change it (expected: a method without @ReadOnly)");
    }
    return turn;
  }

  ObjectId id() {
    return resident.id();
  }

  boolean isOf(Host host) {
    return resident.host() == host;
  }

  Resident<?> resident() {
    return resident;
  }

  Activation<?> activation() {
    return activation;
  }

  /** Whether calls may come back to its object while it waits for another. */
  boolean isReentrant() {
    return resident.namespace().declared().options().reentrant();
  }

  boolean isReadOnly() {
    return readOnly;
  }

  Optional<String> requestId() {
    return requestId;
  }

  TurnBuffer buffer() {
    return buffer;
  }

  /** Begins with an alarm used up, so that this is seen by all that follows, the constructor included. */
  void begin(UsedAlarm used) {
    alarm = Optional.of(used);
    used.putInto(buffer);
  }

  /** Takes what is to be on disk before the turn goes outside. Its alarm stays: it has not been handled yet. */
  TurnBuffer takeForOutside() {
    TurnBuffer taken = take();
    alarm.ifPresent(used -> used.move(taken, buffer));
    return taken;
  }

  /** The turn is alone again. */
  void cameBack() {
    alarm.ifPresent(used -> used.checkStill(activation, buffer));
  }

  /** The instance that the turn runs in. */
  void serves(Object awake) {
    instance = awake;
  }

  /** Whether that is the instance which the turn runs in; identity counts, whatever users call equal. */
  boolean isServedBy(Optional<?> other) {
    return instance == other.orElse(null);
  }

  /** Whether the turn may let others in: not while it wakes the object, nor in the middle of a transaction. */
  boolean mayLeave() {
    return !readOnly && instance != null && transactions == 0 && thread == Thread.currentThread();
  }

  void transactions(int more) {
    transactions += more;
  }

  /** A part of the turn has been committed, and stands. */
  void partDone() {
    partDone = true;
  }

  /** What an exception of the turn's own leaves of it. */
  Outcome outcomeOfThrow() {
    return partDone ? Outcome.UNKNOWN : Outcome.NOT_EXECUTED;
  }

  /** The object is no more what the turn has seen: from now on each use of it fails so, and so does the turn, whatever it catches. */
  void lose(ObjectException failure) {
    loss = failure;
  }

  void checkNotLost() {
    if (loss != null) {
      throw loss;
    }
  }

  Optional<ObjectException> loss() {
    return Optional.ofNullable(loss);
  }

  /** Throws {@link ObjectCycleException} if the turn of that object waits for this one, in however many steps. */
  void checkNotWaitedForBy(ObjectId id) {
    var path = new ArrayDeque<ObjectId>(List.of(id()));
    for (Optional<Turn> waits = waiting(); waits.isPresent(); waits = waits.get().waiting()) {
      path.addFirst(waits.get().id());
      if (waits.get().id().equals(id) && waits.get().isOf(resident.host()) && !waits.get().isAway()) {
        path.addFirst(id());
        throw new ObjectCycleException(List.copyOf(path));
      }
    }
  }

  /** The turn that waits for this one. */
  private Optional<Turn> waiting() {
    return call.filter(Call::isAwaited).flatMap(Call::caller);
  }

  /** Takes what has been changed so far; what comes after is a part of its own. */
  TurnBuffer take() {
    TurnBuffer taken = buffer;
    buffer = new TurnBuffer();
    return taken;
  }

  /** Nothing may be changed through it any more. */
  void end() {
    ended = true;
  }

  boolean isAway() {
    return away;
  }

  void away(boolean outside) {
    away = outside;
  }
}
