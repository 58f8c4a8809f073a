package dev.edge4j.check;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a value must be like. Safe for use by many threads, as long as what it calls is.
 *
 * @param <T> the values that it judges; never null ones
 */
@FunctionalInterface
public interface Rule<T> {
  /** What is wrong, readable behind the field's name ({@code must be at least 1}); empty if nothing is. */
  Optional<String> violation(T value);

  /** A rule of the application's own. */
  static <T> Rule<T> of(Predicate<? super T> holds, String message) {
    Objects.requireNonNull(message);
    return value -> holds.test(value) ? Optional.empty() : Optional.of(message);
  }
}
