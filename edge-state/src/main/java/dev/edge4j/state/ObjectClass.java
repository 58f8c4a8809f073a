package dev.edge4j.state;

import dev.edge4j.data.Migrations;
import dev.edge4j.state.limit.Limits;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Declares the objects of one kind: their interface, how an instance is made, and what they ask for. Immutable: each method gives another
 * declaration.
 *
 * @param <T> the interface of the objects
 * @param name 1 to 64 of {@code a-z 0-9 - _}; part of every object's identity on disk
 * @param type the interface its stubs have: of methods whose types say all (no type variables, no wildcards)
 * @param factory makes an instance, inside a turn; usually the constructor of a {@link DurableObject}
 * @param versions which versions of their state it knows
 * @param options what they ask for
 */
public record ObjectClass<T>(String name, Class<T> type, Function<ObjectState, ? extends T> factory,
    Versions<T> versions, Options options) {

  /** An effect, with the class that its payload is read as. */
  public record DeclaredEffect<P>(Class<P> payload, Effect<? super P> effect) {}

  /**
   * What the objects of a class ask for.
   *
   * @param tables the scripts of their own databases; none for a class without
   * @param reentrant whether calls may come back to one that waits for another
   * @param effects by name
   * @param retry how messages and effects are tried again
   * @param mailbox how many calls may wait for one, if not what the options of the folder say
   * @param idleAfter how long one stays in memory without calls, if not what the options of the folder say
   */
  public record Options(Optional<Migrations> tables, boolean reentrant, Map<String, DeclaredEffect<?>> effects,
      RetryPolicy retry, OptionalInt mailbox, Optional<Duration> idleAfter) {
    private static final Options DEFAULTS = new Options(Optional.empty(), false, Map.of(), RetryPolicy.defaults(),
        OptionalInt.empty(), Optional.empty());

    /** Throws {@link IllegalArgumentException} for numbers out of range. */
    public Options {
      effects = Map.copyOf(effects);
      mailbox.ifPresent(Limits::checkMailbox);
      idleAfter.ifPresent(Limits::checkIdleAfter);
    }
  }

  /** Throws {@link IllegalArgumentException} if the name will not do. */
  public ObjectClass {
    Limits.checkNamespace(name);
  }

  /** A class of objects that asks for nothing. */
  public static <T> ObjectClass<T> of(String name, Class<T> type, Function<ObjectState, ? extends T> factory) {
    return new ObjectClass<>(name, type, factory, Versions.first(), Options.DEFAULTS);
  }

  /**
   * Says that the state is of this version, which is 1 if it is not said. An object whose state is older is brought up when it wakes, step by step,
   * by the {@link #upgrade upgrades}; one whose state is newer is not touched, and its calls fail.
   */
  public ObjectClass<T> version(int version) {
    return with(versions.withCurrent(version));
  }

  /** Says how state of version {@code from} becomes state of the next. */
  public ObjectClass<T> upgrade(int from, Upgrade upgrade) {
    return with(versions.withUpgrade(from, upgrade));
  }

  /**
   * Keeps old code beside the new: objects whose state is of version {@code version}, and new ones, are served by {@code old} for as long as
   * {@code stays} says so when they wake, and are upgraded after.
   */
  public ObjectClass<T> previous(int version, Function<ObjectState, ? extends T> old, Predicate<ObjectId> stays) {
    return with(versions.withPrevious(new Versions.Previous<>(version, old, stays)));
  }

  /**
   * Gives each object a SQLite file of its own, whose tables these scripts make when it wakes: in the transaction of the turn that wakes it, before
   * the {@link #upgrade upgrades}, so that none is half applied. A namespace that holds objects cannot change between with and without. Much slower than the shared files when many objects write, and its
   * turns do not overlap their commits: for objects that need queries.
   */
  public ObjectClass<T> sql(Migrations tables) {
    return with(new Options(Optional.of(tables), options.reentrant(), options.effects(), options.retry(),
        options.mailbox(), options.idleAfter()));
  }

  /**
   * Lets calls come back: while a turn of such an object waits for another object, it is {@linkplain ObjectState#outside outside}, so that A may call B
   * and B call A. Without it that is an {@link ObjectCycleException}.
   */
  public ObjectClass<T> reentrant() {
    return with(new Options(options.tables(), true, options.effects(), options.retry(), options.mailbox(),
        options.idleAfter()));
  }

  /** Declares an effect by name, for {@link ObjectState#effect}. */
  public <P> ObjectClass<T> effect(String effect, Class<P> payload, Effect<? super P> run) {
    var effects = new TreeMap<String, DeclaredEffect<?>>(options.effects());
    if (effects.put(effect, new DeclaredEffect<>(payload, run)) != null) {
      throw new IllegalArgumentException("effect: \"" + effect + "\" is declared already (expected: once)");
    }
    return with(new Options(options.tables(), options.reentrant(), effects, options.retry(), options.mailbox(),
        options.idleAfter()));
  }

  /** How messages and effects of these objects are tried again; {@link RetryPolicy#defaults()} if it is not said. */
  public ObjectClass<T> retry(RetryPolicy policy) {
    return with(new Options(options.tables(), options.reentrant(), options.effects(), policy, options.mailbox(),
        options.idleAfter()));
  }

  /** How many calls may wait for one of these objects. */
  public ObjectClass<T> mailbox(int bound) {
    return with(new Options(options.tables(), options.reentrant(), options.effects(), options.retry(),
        OptionalInt.of(bound), options.idleAfter()));
  }

  /** How long one of these objects stays in memory without calls. */
  public ObjectClass<T> idleAfter(Duration time) {
    return with(new Options(options.tables(), options.reentrant(), options.effects(), options.retry(),
        options.mailbox(), Optional.of(time)));
  }

  private ObjectClass<T> with(Versions<T> other) {
    return new ObjectClass<>(name, type, factory, other, options);
  }

  private ObjectClass<T> with(Options other) {
    return new ObjectClass<>(name, type, factory, versions, other);
  }
}
