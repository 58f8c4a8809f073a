package dev.edge4j.state.runtime;

import dev.edge4j.state.ObjectException;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.Outcome;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An exception of a turn, by value: its class, its message and where it was thrown. What else it holds, its cause included, does
 * not cross, as it would not between two machines.
 */
public final class TurnThrew extends Exception {
  private static final long serialVersionUID = 1L;

  private final String object;
  private final Class<? extends Throwable> type;
  private final @Nullable String text;
  private final StackTraceElement[] where;
  private final Outcome outcome;

  TurnThrew(ObjectId id, Throwable thrown) {
    this(id, thrown, Outcome.NOT_EXECUTED);
  }

  /** An exception of a turn, of which that is left. */
  TurnThrew(ObjectId id, Throwable thrown, Outcome outcome) {
    super(id + ": " + thrown, null, false, false);
    this.object = id.toString();
    this.type = thrown.getClass();
    this.text = thrown.getMessage();
    this.where = thrown.getStackTrace();
    this.outcome = outcome;
  }

  /**
   * What the caller gets: an exception of the same class if it is unchecked or declared, and can be made from the message alone;
   * an {@link ObjectException} otherwise. Its trace is the turn's, then the caller's.
   */
  public Throwable forCaller(Class<?>[] declared) {
    Throwable thrown = mayCross(declared) ? rebuilt().orElseGet(this::wrapped) : wrapped();
    thrown.setStackTrace(Stream.of(where, Thread.currentThread().getStackTrace())
        .flatMap(Stream::of)
        .toArray(StackTraceElement[]::new));
    return thrown;
  }

  private boolean mayCross(Class<?>[] declared) {
    boolean isDeclared = Exception.class.isAssignableFrom(type)
        && Stream.of(declared).anyMatch(d -> d.isAssignableFrom(type));
    return isDeclared || RuntimeException.class.isAssignableFrom(type);
  }

  private Optional<Throwable> rebuilt() {
    try {
      Constructor<? extends Throwable> constructor = type.getDeclaredConstructor(String.class);
      if (!constructor.trySetAccessible()) {
        return Optional.empty();
      }
      Throwable copy = constructor.newInstance(text);
      // A constructor that words its own message would word it twice.
      return Objects.equals(copy.getMessage(), text) ? Optional.of(copy) : Optional.empty();
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException | InvocationTargetException e) {
      return Optional.empty();
    }
  }

  private Throwable wrapped() {
    return new ObjectException(object + ": " + type.getName() + (text == null ? "" : ": " + text), outcome);
  }
}
