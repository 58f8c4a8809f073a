package dev.edge4j.state.runtime;

import dev.edge4j.state.DurableObjectsOptions;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.store.ObjectStore;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What all objects of one folder share. Safe for use by many threads. */
public final class Host {
  private final ObjectStore store;
  private final DurableObjectsOptions options;
  private final Steps steps;
  private final Intake intake = new Intake();
  private final WaitGraph waits = new WaitGraph();
  private final ConcurrentHashMap<String, LocalNamespace<?>> namespaces = new ConcurrentHashMap<>();
  private final Signals signals;

  /** A host without namespaces. */
  public Host(ObjectStore store, DurableObjectsOptions options, Steps steps, Signals signals) {
    this.store = store;
    this.options = options;
    this.steps = steps;
    this.signals = signals;
  }

  public ObjectStore store() {
    return store;
  }

  public DurableObjectsOptions options() {
    return options;
  }

  public Steps steps() {
    return steps;
  }

  /** Counts the calls under way. */
  public Intake intake() {
    return intake;
  }

  public Signals signals() {
    return signals;
  }

  /** Adds a namespace; {@link IllegalStateException} if there is one of that name. */
  public <T> LocalNamespace<T> add(LocalNamespace<T> namespace) {
    if (namespaces.putIfAbsent(namespace.name(), namespace) != null) {
      throw new IllegalStateException("namespace: \"" + namespace.name() + "\" is declared already (expected: once)");
    }
    try {
      store.declare(namespace.name(), namespace.declared().options().tables());
    } catch (RuntimeException e) {
      namespaces.remove(namespace.name(), namespace);
      throw e;
    }
    namespace.takeOverSessions();
    return namespace;
  }

  /** The namespace of that name, if it has been declared. */
  public Optional<LocalNamespace<?>> namespace(String name) {
    return Optional.ofNullable(namespaces.get(name));
  }

  public Collection<LocalNamespace<?>> namespaces() {
    return namespaces.values();
  }

  WaitGraph waits() {
    return waits;
  }

  /** The object of this folder whose turn the thread runs, if it runs one. The threads of a structured scope in it count too. */
  public Optional<ObjectId> caller() {
    return Turn.bound().filter(turn -> turn.isOf(this) && !turn.isAway()).map(Turn::id);
  }

  /** Whether the thread runs a turn of this folder, or what a turn waits for outside. */
  boolean isInTurn() {
    return Turn.bound().filter(turn -> turn.isOf(this)).isPresent();
  }
}
