package dev.edge4j.state;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which versions of its state a class knows; see {@link ObjectClass#version}.
 *
 * @param current what its code reads and writes
 * @param upgrades by the version each starts from
 * @param previous other code, for objects that are not upgraded yet
 */
public record Versions<T>(int current, Map<Integer, Upgrade> upgrades, Optional<Previous<T>> previous) {
  /** Code of an earlier version, and which objects it still serves. */
  public record Previous<T>(int version, Function<ObjectState, ? extends T> factory, Predicate<ObjectId> stays) {}

  /** Throws {@link IllegalArgumentException} for versions that do not follow from one another. */
  public Versions {
    upgrades = Map.copyOf(upgrades);
    if (current < 1) {
      throw new IllegalArgumentException("version: " + current + " (expected: at least 1)");
    }
  }

  static <T> Versions<T> first() {
    return new Versions<>(1, Map.of(), Optional.empty());
  }

  Versions<T> withCurrent(int version) {
    return new Versions<>(version, upgrades, previous);
  }

  Versions<T> withUpgrade(int from, Upgrade upgrade) {
    var more = new TreeMap<>(upgrades);
    if (more.put(from, upgrade) != null) {
      throw new IllegalArgumentException("upgrade from " + from + " is declared already (expected: once)");
    }
    return new Versions<>(current, more, previous);
  }

  Versions<T> withPrevious(Previous<T> other) {
    return new Versions<>(current, upgrades, Optional.of(other));
  }
}
