package dev.edge4j.state.runtime;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Handler;
import dev.edge4j.WebSocketHandler;
import dev.edge4j.data.DataException;
import dev.edge4j.state.AlarmHandler;
import dev.edge4j.state.CallOptions;
import dev.edge4j.state.Namespace;
import dev.edge4j.state.NamespaceStats;
import dev.edge4j.state.ObjectClass;
import dev.edge4j.state.ObjectException;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.ObjectInfo;
import dev.edge4j.state.ObjectOverloadedException;
import dev.edge4j.state.ObjectSnapshot;
import dev.edge4j.state.ObjectState;
import dev.edge4j.state.Outcome;
import dev.edge4j.state.Priority;
import dev.edge4j.state.limit.Limits;
import dev.edge4j.state.mailbox.Mailbox;
import dev.edge4j.state.sockets.Hub;
import dev.edge4j.state.store.AlarmRow;
import dev.edge4j.state.store.MessageRow;
import dev.edge4j.state.store.ObjectStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The objects of one class in this process. */
public final class LocalNamespace<T> implements Namespace<T> {
  private final ObjectClass<T> declared;
  private final Contract<T> contract;
  private final Waking<T> waking;
  private final Host host;
  private final Hub hub = new Hub();
  private final Sessions<T> sessions;
  private final ConcurrentHashMap<ObjectId, Resident<T>> residents = new ConcurrentHashMap<>();

  /** A namespace that nobody calls yet; throws {@link IllegalArgumentException} if its interface will not do. */
  public LocalNamespace(ObjectClass<T> declared, Host host) {
    this.declared = declared;
    this.contract = new Contract<>(declared.name(), declared.type(), host.options().codec());
    this.waking = new Waking<>(declared);
    this.host = host;
    this.sessions = new Sessions<>(this);
  }

  @Override
  public String name() {
    return declared.name();
  }

  @Override
  public T get(String objectName, CallOptions options) {
    return Stub.of(this, new ObjectId(name(), objectName), options);
  }

  @Override
  public App by(String parameter) {
    var app = new App();
    app.all("/*", fetch(c -> c.param(parameter).asString()));
    return app;
  }

  @Override
  public Handler fetch(Function<? super Context, String> objectName) {
    return new Fetching<>(this, objectName);
  }

  @Override
  public WebSocketHandler sockets(Function<? super Context, String> objectName) {
    return sockets(objectName, _ -> List.of());
  }

  @Override
  public WebSocketHandler sockets(Function<? super Context, String> objectName,
      Function<? super Context, List<String>> tags) {
    return ws -> sessions.serve(ws, objectName.apply(ws.context()), tags.apply(ws.context()));
  }

  @Override
  public List<String> list(String after, int limit) {
    Limits.checkPage(limit);
    return host.store().names(name(), after, limit);
  }

  @Override
  public List<String> find(String attribute, String value, String after, int limit) {
    Limits.checkPage(limit);
    return host.store().find(name(), attribute, value, after, limit);
  }

  @Override
  public ObjectInfo inspect(String objectName) {
    var id = new ObjectId(name(), objectName);
    return Inspection.of(id, host.store(), Optional.ofNullable(residents.get(id)), socketCount(id));
  }

  @Override
  public boolean evict(String objectName) {
    var id = new ObjectId(name(), objectName);
    if (!residents.containsKey(id)) {
      return false;
    }
    return between(id, CallOptions.defaults(), (resident, call) -> call.complete(resident.drop()));
  }

  @Override
  public ObjectSnapshot snapshot(String objectName) {
    return between(new ObjectId(name(), objectName), CallOptions.defaults(), Copies::take);
  }

  @Override
  public void restore(String objectName, ObjectSnapshot snapshot) {
    put(objectName, snapshot, false);
  }

  @Override
  public void fork(String from, String to) {
    put(to, snapshot(from), true);
  }

  private void put(String objectName, ObjectSnapshot snapshot, boolean onlyIfNew) {
    Copies.check(declared, snapshot, host.options().codec());
    Optional<RuntimeException> refused = between(new ObjectId(name(), objectName), CallOptions.defaults(),
        (resident, call) -> Copies.put(resident, snapshot, onlyIfNew, call));
    if (refused.isPresent()) {
      throw refused.get();
    }
  }

  /** What was declared. */
  public ObjectClass<T> declared() {
    return declared;
  }

  Contract<T> contract() {
    return contract;
  }

  Host host() {
    return host;
  }

  Hub hub() {
    return hub;
  }

  /** Ends, in their time, the sessions that an earlier process has left. */
  void takeOverSessions() {
    sessions.takeOver();
  }

  /** Closes the WebSockets; sessions that may be resumed stay. */
  public void closeSockets() {
    sessions.close();
  }

  /** How many WebSockets an object has open. */
  public int socketCount(ObjectId id) {
    return hub.count(id);
  }

  int mailboxBound() {
    return declared.options().mailbox().orElse(host.options().mailbox());
  }

  boolean hasDatabase() {
    return declared.options().tables().isPresent();
  }

  /** False once an instance was seen that handles none. */
  boolean handlesAlarms() {
    return waking.made().map(AlarmHandler.class::isAssignableFrom).orElse(true);
  }

  /** Runs work as a turn of an object and waits for it. */
  public <R extends @Nullable Object> R turn(ObjectId id, CallOptions options, TurnWork<? super T, R> work)
      throws TurnThrew {
    return dispatch(id, options, Mailbox.Kind.TURN, (resident, call) -> resident.turn(call, work, Optional.empty()));
  }

  /** Calls a method with arguments as JSON; the result as JSON. */
  byte[] call(ObjectId id, CallOptions options, TurnMethod method, List<byte[]> arguments) throws TurnThrew {
    @Nullable
    Object[] copies = method.read(arguments);
    if (method.isReadOnly()) {
      return dispatch(id, options, Mailbox.Kind.READER,
          (resident, call) -> resident.read(call, instance -> method.invoke(instance, copies)));
    }
    Optional<Idempotent<byte[]>> idempotent = options.requestId()
        .map(_ -> new Idempotent<>(Fingerprint.of(method.key(), arguments), json -> json, json -> json));
    return dispatch(id, options, Mailbox.Kind.TURN,
        (resident, call) -> resident.turn(call, instance -> method.invoke(instance, copies), idempotent));
  }

  /** Has an alarm go off if it is due; returns once what became of it is on disk. Throws {@link ObjectException} if that is not known. */
  public Fired fire(ObjectId id, String alarm) {
    return between(id, CallOptions.defaults(), (resident, call) -> new AlarmTurn<>(resident, call).run(alarm));
  }

  /** Sets an alarm that was given up, as a change of its own; throws {@link IllegalStateException} if the object has set another. */
  public void setAgain(ObjectId id, AlarmRow alarm) {
    boolean done = between(id, CallOptions.defaults(), (resident, call) -> {
      AlarmRow other = resident.activation().alarms().get(alarm.name());
      if (other != null && !other.schedule().equals(alarm.schedule())) {
        call.complete(false);
        return;
      }
      AlarmRow again = other == null ? alarm : other.at(alarm.due());
      resident.answerAfter(resident.change((_, buffer) -> buffer.alarms().put(alarm.name(), Optional.of(again))), call,
          true);
    });
    if (!done) {
      throw new IllegalStateException(id + ": alarm \"" + alarm.name()
          + "\" has been set anew (expected: none of that name; discard the dead letter, or cancel the alarm)");
    }
  }

  /**
   * Delivers a message: the call with its id, which is executed once however often it is delivered.
   *
   * @throws TurnThrew if the turn threw, or the message is of a method that the interface does not have
   * @throws ObjectException if the call failed for another reason, and may do better later
   */
  public void deliver(ObjectId to, MessageRow message) throws TurnThrew {
    TurnMethod method = contract.method(message.what())
        .orElseThrow(() -> new TurnThrew(to, new NoSuchMethodException(contract.type().getName() + " has no "
            + message.what() + " (expected: the methods that messages were sent with)")));
    List<byte[]> arguments = JsonArray.split(message.payload());
    try {
      method.read(arguments);
    } catch (RuntimeException e) {
      throw new TurnThrew(to, e);
    }
    call(to, CallOptions.request(message.id()), method, arguments);
  }

  /** What an object's turns do between them: it runs none of its code. */
  <R> R between(ObjectId id, CallOptions options, Body<T, R> body) {
    try {
      return dispatch(id, options, Mailbox.Kind.TURN, body);
    } catch (TurnThrew e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many turns an object has begun since it woke; 0 if it is not in memory. */
  public long turns(ObjectId id) {
    Resident<T> resident = residents.get(id);
    return resident == null ? 0 : resident.activation().turns();
  }

  /** An object that is in memory. */
  Optional<Resident<T>> resident(ObjectId id) {
    return Optional.ofNullable(residents.get(id));
  }

  /** How many objects are in memory. */
  public int inMemory() {
    return residents.size();
  }

  /** What those in memory do now. */
  public NamespaceStats stats() {
    int awake = 0;
    int waiting = 0;
    long turns = 0;
    for (Resident<T> resident : residents.values()) {
      awake += resident.isAwake() ? 1 : 0;
      waiting += resident.mailbox().waiting();
      turns += resident.turns();
    }
    return new NamespaceStats(name(), awake, waiting, turns);
  }

  /** Lets go of the objects that have been idle for long enough; how many there were. */
  public int evictIdle() {
    Duration idleAfter = declared.options().idleAfter().orElse(host.options().idleAfter());
    int evicted = 0;
    for (var resident : residents.entrySet()) {
      if (resident.getValue().retireAfter(idleAfter)) {
        residents.remove(resident.getKey(), resident.getValue());
        evicted++;
      }
    }
    return evicted;
  }

  Activation<T> activate(ObjectId id) {
    int version = host.store().known(id).map(ObjectStore.Known::classVersion).orElse(0);
    return new Activation<>(id, host.store(), version, book -> sessions.adopt(id, book));
  }

  T wake(Activation<T> activation, ObjectState state, Turn turn) {
    if (hasDatabase()) {
      bringUp(activation, turn);
    }
    return waking.wake(activation, state, turn.id());
  }

  /** Tables are brought up in the turn's own transaction; a new object has them anew in each until one writes. */
  private void bringUp(Activation<T> activation, Turn turn) {
    try {
      turn.buffer().usesDatabase();
      if (host.store().database(turn.id()).begin() && activation.exists()) {
        turn.buffer().writesDatabase();
      }
    } catch (DataException e) {
      throw new Refused(new ObjectException(turn.id() + ": its tables cannot be brought up: " + e.getMessage(),
          Outcome.NOT_EXECUTED, e));
    }
  }

  int newVersion(ObjectId id) {
    return waking.newVersion(id);
  }

  /** What is done when a call's turn has come; it answers the call, then or later. */
  interface Body<T, R extends @Nullable Object> {
    void run(Resident<T> resident, Call<R> call);
  }

  <R extends @Nullable Object> R dispatch(ObjectId id, CallOptions options, Mailbox.Kind kind, Body<T, R> body)
      throws TurnThrew {
    Optional<Turn> caller = Turn.bound().filter(turn -> turn.isOf(host) && !turn.isAway());
    caller.ifPresent(turn -> {
      turn.checkNotWaitedForBy(id);
      turn.resident().awaitSettled(turn);
    });
    if (caller.filter(turn -> turn.isReentrant() && turn.mayLeave()).isPresent()) {
      return comingBack(caller.orElseThrow(), () -> waited(id, options, kind, body));
    }
    caller.ifPresent(turn -> host.waits().enter(turn.id(), id));
    try {
      return waited(id, options, kind, body);
    } finally {
      caller.ifPresent(turn -> host.waits().leave(turn.id(), id));
    }
  }

  private <R extends @Nullable Object> R waited(ObjectId id, CallOptions options, Mailbox.Kind kind, Body<T, R> body)
      throws TurnThrew {
    host.intake().enter(id, host.isInTurn());
    return enqueue(id, options, kind, body).await();
  }

  private interface Waited<R extends @Nullable Object> {
    R run() throws TurnThrew;
  }

  private record Answer<R extends @Nullable Object>(R value) {}

  /** A turn of an object that lets calls come back is outside while it waits. */
  private static <R extends @Nullable Object> R comingBack(Turn turn, Waited<R> call) throws TurnThrew {
    try {
      return turn.resident().outside(() -> new Answer<>(call.run())).value();
    } catch (TurnThrew | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ObjectException(turn.id() + ": " + e, Outcome.UNKNOWN, e);
    }
  }

  private <R extends @Nullable Object> Call<R> enqueue(ObjectId id, CallOptions options, Mailbox.Kind kind,
      Body<T, R> body) {
    while (true) {
      Resident<T> resident = residents.computeIfAbsent(id, _ -> new Resident<>(id, this));
      var call = new Call<R>(id, options, host.options().waitAtMost(), resident.mailbox(),
          taken -> body.run(resident, taken), host.intake()::leave);
      switch (resident.mailbox().offer(call, kind, lane(options.priority()))) {
        case ACCEPTED -> {
          return call;
        }
        case FULL -> {
          host.intake().leave();
          throw new ObjectOverloadedException(id + ": " + mailboxBound()
              + " calls are waiting already, no more are taken", Duration.ofSeconds(1));
        }
        case RETIRED -> residents.remove(id, resident);
      }
    }
  }

  private static int lane(Priority priority) {
    return switch (priority) {
      case HIGH -> 0;
      case NORMAL -> 1;
      case LOW -> 2;
    };
  }
}
