package dev.edge4j.state;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one kind, by name. Safe for use by many threads.
 *
 * @param <T> the interface of the objects
 */
public final class Namespace<T> {
  private final String name;
  private final Contract<T> contract;
  private final Function<ObjectState, ? extends T> factory;
  private final Host host;
  private final ConcurrentHashMap<ObjectId, Resident<T>> residents = new ConcurrentHashMap<>();

  Namespace(String name, Class<T> type, Function<ObjectState, ? extends T> factory, Host host) {
    this.name = name;
    this.contract = new Contract<>(name, type, host.options().codec());
    this.factory = factory;
    this.host = host;
  }

  /** The namespace's name. */
  public String name() {
    return name;
  }

  /**
   * A stub of an object: one call is one turn. Costs nothing and wakes nothing; every object exists, empty, before it is first called.
   *
   * <p>The caller waits for its turn. Arguments, results and exceptions cross by value, as JSON. An unchecked or declared exception
   * arrives as the same class if that can be made from its message alone, else as an {@link ObjectException}; that one,
   * {@link ObjectOverloadedException} and {@link ObjectCycleException} also tell of failures of the call itself.
   *
   * <p>An object may call others from the thread of its turn, which waits meanwhile; a call that would never end is refused as a
   * cycle. Each object commits its own turn: there is no transaction over several. Threads that a turn starts itself are not seen
   * to belong to it, unless by a structured scope.
   *
   * @throws IllegalArgumentException for a name that is not 1 to 512 bytes of UTF-8 without NUL
   */
  public T get(String objectName) {
    return Stub.of(contract, this, new ObjectId(name, objectName));
  }

  /** Lets an object go from memory after the turns that wait for it; true if it was awake. The next call wakes it again. */
  public boolean evict(String objectName) {
    var id = new ObjectId(name, objectName);
    if (!residents.containsKey(id)) {
      return false;
    }
    try {
      return dispatch(id, Resident::drop);
    } catch (TurnThrew e) {
      throw new IllegalStateException(e); // an eviction runs no code of the object
    }
  }

  /** Runs work as a turn of an object and waits for it. A handler that calls the instance's {@code fetch} comes in here too. */
  <R extends @Nullable Object> R turn(ObjectId id, TurnWork<? super T, R> work) throws TurnThrew {
    return dispatch(id, resident -> resident.turn(work));
  }

  /** How many objects are in memory. */
  int inMemory() {
    return residents.size();
  }

  /** Lets go of the objects that have been idle for long enough; how many there were. */
  int evictIdle() {
    int evicted = 0;
    for (var resident : residents.entrySet()) {
      if (resident.getValue().retireAfter(host.options().idleAfter())) {
        residents.remove(resident.getKey(), resident.getValue());
        evicted++;
      }
    }
    return evicted;
  }

  private interface Body<T, R extends @Nullable Object> {
    R run(Resident<T> resident) throws TurnThrew;
  }

  private <R extends @Nullable Object> R dispatch(ObjectId id, Body<T, R> body) throws TurnThrew {
    Optional<ObjectId> caller = host.caller();
    caller.ifPresent(from -> host.waits().enter(from, id));
    try {
      host.intake().enter(id, caller.isPresent());
      return enqueue(id, body).await();
    } finally {
      caller.ifPresent(from -> host.waits().leave(from, id));
    }
  }

  private <R extends @Nullable Object> Call<R> enqueue(ObjectId id, Body<T, R> body) {
    while (true) {
      Resident<T> resident = residents.computeIfAbsent(id, _ -> new Resident<>(id, host, factory));
      var call = new Call<R>(id, () -> body.run(resident), host.intake()::leave);
      switch (resident.mailbox().offer(call)) {
        case ACCEPTED -> {
          return call;
        }
        case FULL -> {
          host.intake().leave();
          throw new ObjectOverloadedException(id, host.options().mailbox());
        }
        case RETIRED -> residents.remove(id, resident);
      }
    }
  }
}
