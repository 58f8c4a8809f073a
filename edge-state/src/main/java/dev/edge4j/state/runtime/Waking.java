package dev.edge4j.state.runtime;

import dev.edge4j.state.ObjectClass;
import dev.edge4j.state.ObjectException;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.ObjectState;
import dev.edge4j.state.Outcome;
import dev.edge4j.state.Upgrade;
import dev.edge4j.state.Versions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes instances: finds the code for the version that the state is of, and brings the state up where it is older. */
final class Waking<T> {
  private final ObjectClass<T> declared;
  private final Versions<T> versions;
  private volatile @Nullable Class<?> made;

  Waking(ObjectClass<T> declared) {
    this.declared = declared;
    this.versions = declared.versions();
    for (int from = 1; from < versions.current(); from++) {
      if (!versions.upgrades().containsKey(from)) {
        throw new IllegalArgumentException("namespace: \"" + declared.name() + "\" is of version " + versions.current()
            + " without an upgrade from " + from + " (expected: one from each version before)");
      }
    }
  }

  /** The class of the instances, once one was made. */
  Optional<Class<?>> made() {
    return Optional.ofNullable(made);
  }

  /** The version that the state of a new object is of. */
  int newVersion(ObjectId id) {
    return versions.previous()
        .filter(old -> old.stays().test(id))
        .map(Versions.Previous::version)
        .orElse(versions.current());
  }

  /** Makes the instance of an object in a turn, whose commit takes what the upgrades have written. */
  T wake(Activation<T> activation, ObjectState state, ObjectId id) {
    int stored = activation.version();
    Optional<Versions.Previous<T>> old = versions.previous()
        .filter(previous -> (stored == 0 || stored == previous.version()) && previous.stays().test(id));
    if (old.isPresent()) {
      activation.version(old.get().version());
      return old.get().factory().apply(state);
    }
    if (stored > versions.current()) {
      throw new Refused(new ObjectException(id + ": its state is of version " + stored + " (expected: at most "
          + versions.current() + ", the version of this program)", Outcome.NOT_EXECUTED));
    }
    for (int from = stored; from > 0 && from < versions.current(); from++) {
      upgrade(from, state, id);
    }
    activation.version(versions.current());
    T instance = declared.factory().apply(state);
    made = instance.getClass();
    return instance;
  }

  private void upgrade(int from, ObjectState state, ObjectId id) {
    try {
      Upgrade upgrade = versions.upgrades().get(from);
      if (upgrade != null) {
        upgrade.run(state);
      }
    } catch (Exception e) {
      throw new Refused(new ObjectException(id + ": the upgrade from version " + from + " failed: " + e.getMessage(),
          Outcome.NOT_EXECUTED, e));
    }
  }
}
