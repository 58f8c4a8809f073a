package dev.edge4j.state.runtime;

import org.jspecify.annotations.Nullable;

/**
 * What a turn does with the instance. For a method of a stub: call it and turn the result into bytes. What it throws undoes the
 * turn.
 */
public interface TurnWork<T, R extends @Nullable Object> {
  R run(T instance) throws Throwable;
}
