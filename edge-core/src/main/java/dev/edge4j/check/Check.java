package dev.edge4j.check;

import dev.edge4j.BadRequest;
import dev.edge4j.FieldError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a record from a client must be like:
 * {@code Check.of(NewOrder.class).that("quantity", NewOrder::quantity, between(1, 99)).that("email", NewOrder::email, email())}.
 *
 * <p>All rules are asked, and every violation, up to 100, is listed with the path of its field, {@code lines[2].quantity} say; the order of rules changes
 * nothing but the order of the list. A component that is null, because the client left it out, {@code is missing} and is asked nothing else;
 * one that may be left out is an {@link Optional}, for {@link #optional}.
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param <T> the type of the record
 */
public final class Check<T> {
  /** More help nobody; without an end a list of many wrong elements would get an answer many times its size. */
  private static final int MAX_ERRORS = 100;

  private final Class<T> type;
  private final List<Step<T>> steps;

  private Check(Class<T> type, List<Step<T>> steps) {
    this.type = type;
    this.steps = List.copyOf(steps);
  }

  /** One field, and what is asked about it. */
  private interface Step<T> {
    void ask(T value, String path, List<FieldError> errors);
  }

  /** Reads a field; null if the client left it out. */
  @FunctionalInterface
  public interface Field<T, V> {
    @Nullable
    V of(T value);
  }

  /** A check of nothing so far. */
  public static <T> Check<T> of(Class<T> type) {
    return new Check<>(type, List.of());
  }

  /** Asks of a field that must be there all these rules; none means that it must only be there. */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public final <V> Check<T> that(String name, Field<? super T, ? extends V> field, Rule<? super V>... rules) {
    return with(name, field, rulesOf(rules));
  }

  /** Asks of a field, where it is there, all these rules. */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public final <V> Check<T> optional(String name, Field<? super T, Optional<V>> field, Rule<? super V>... rules) {
    Inner<V> inner = rulesOf(rules);
    return with(name, field, (value, path, errors) -> value.ifPresent(given -> inner.ask(given, path, errors)));
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  private static <V> Inner<V> rulesOf(Rule<? super V>... rules) {
    List<Rule<? super V>> all = List.of(rules);
    return (value, path, errors) -> all.forEach(rule -> rule.violation(value)
        .ifPresent(message -> add(errors, path, message)));
  }

  /** Asks of a field that must be there another check; its fields are named {@code name.field}. */
  public <V> Check<T> nested(String name, Field<? super T, ? extends V> field, Check<V> check) {
    return with(name, field, (value, path, errors) -> check.ask(value, path, errors));
  }

  /** Asks of each element of a collection that must be there another check; fields are named {@code name[0].field}. */
  public <V> Check<T> each(String name, Field<? super T, ? extends Collection<? extends V>> field, Check<V> check) {
    return with(name, field, elements((value, path, errors) -> check.ask(value, path, errors)));
  }

  /** Asks of each element of a collection that must be there all these rules; elements are named {@code name[0]}. */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public final <V> Check<T> each(String name, Field<? super T, ? extends Collection<? extends V>> field,
      Rule<? super V>... rules) {
    return with(name, field, elements(rulesOf(rules)));
  }

  private static <V> Inner<Collection<? extends V>> elements(Inner<V> inner) {
    return (all, path, errors) -> {
      int index = 0;
      for (V element : all) {
        if (errors.size() == MAX_ERRORS) {
          return;
        }
        String at = path + "[" + index++ + "]";
        ask(element, at, inner, errors);
      }
    };
  }

  /** Asks about the value as a whole, where fields depend on each other; a violation is named by that field. */
  public Check<T> whole(String name, Rule<? super T> rule) {
    return and((value, path, errors) -> rule.violation(value)
        .ifPresent(message -> add(errors, join(path, name), message)));
  }

  private interface Inner<V> {
    void ask(V value, String path, List<FieldError> errors);
  }

  private <V> Check<T> with(String name, Field<? super T, ? extends V> field, Inner<V> inner) {
    return and((value, path, errors) -> ask(field.of(value), join(path, name), inner, errors));
  }

  private static <V> void ask(@Nullable V value, String path, Inner<V> inner,
      List<FieldError> errors) {
    if (value != null) {
      inner.ask(value, path, errors);
    } else {
      add(errors, path, "is missing");
    }
  }

  private Check<T> and(Step<T> step) {
    List<Step<T>> more = new ArrayList<>(steps);
    more.add(step);
    return new Check<>(type, more);
  }

  private static void add(List<FieldError> errors, String path, String message) {
    if (errors.size() < MAX_ERRORS) {
      errors.add(new FieldError(path, message));
    }
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private void ask(T value, String path, List<FieldError> errors) {
    steps.forEach(step -> step.ask(value, path, errors));
  }

  /** All that is wrong, in the order of the rules, the first 100 of it; empty if nothing is. */
  public List<FieldError> errors(T value) {
    List<FieldError> errors = new ArrayList<>();
    ask(value, "", errors);
    return List.copyOf(errors);
  }

  /**
   * The value itself if nothing is wrong with it, else {@link BadRequest} with all that is: problem details with status 400, as for a body that
   * cannot be read as the record at all, so that clients have one case and not two.
   */
  public T require(T value) {
    List<FieldError> errors = errors(value);
    if (!errors.isEmpty()) {
      throw new BadRequest(errors);
    }
    return value;
  }

  @Override
  public String toString() {
    return "Check of " + type.getSimpleName() + " by " + steps.size() + " steps";
  }
}
