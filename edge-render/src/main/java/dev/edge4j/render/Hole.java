package dev.edge4j.render;

import dev.edge4j.Context;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A value of a model that each visitor has another of, in a page that is otherwise the same for many. In the model it marks the place,
 * {@link #named}: {@code views.segments} makes a page with a hole of each section whose value is one, which can be cached. For each visitor it
 * says what goes there, {@link #of} or {@link #value}. A model whose holes are filled can be rendered as a whole too.
 *
 * <p>The body of the section sees what fills the hole, and nothing of the model around it: that is gone when the hole is filled. The inverted section
 * right behind is for a hole that is left empty, or filled with what is false, and sees nothing at all.
 *
 * <p>A hole has the time that its request has, or as {@link #within} says: then it is worked out on a thread of its own, and given up in time.
 * If that fails, what {@link #orElse} or {@link #orEmpty} says stands in, and without either the whole page fails, as nothing of it has left by
 * then.
 *
 * <p>Immutable, safe for use by many threads; nothing is worked out before {@link #begin} or {@link #await}.
 */
public final class Hole<T> {
  /**
   * Where the HTML of a hole is kept for all visitors.
   *
   * @param cache keeps it
   * @param key tells this value from others: all that it depends on
   * @param freshFor for how long it is taken as it is
   * @param tags by which the cache may be told to forget it
   */
  public record Shared(FragmentCache cache, String key, Duration freshFor, List<String> tags) {
    /** Copies the tags. */
    public Shared {
      tags = List.copyOf(tags);
    }
  }

  /** More than any request has. */
  private static final Duration UNLIMITED = Duration.ofDays(1);

  private final String name;
  private final @Nullable Callable<? extends T> work;
  private final boolean ready;
  private final @Nullable Duration patience;
  private final Fallback<T> fallback;
  private final @Nullable Shared shared;

  private Hole(String name, @Nullable Callable<? extends T> work, boolean ready, @Nullable Duration patience,
      Fallback<T> fallback,
      @Nullable Shared shared) {
    this.name = Objects.requireNonNull(name);
    this.work = work;
    this.ready = ready;
    this.patience = patience;
    this.fallback = fallback;
    this.shared = shared;
  }

  /** The place of what has that name, with nothing to fill it. */
  public static <T> Hole<T> named(String name) {
    return new Hole<>(name, null, false, null, Fallback.none(), null);
  }

  /** What fills the holes of that name: worked out once, however many there are. It may throw, and may not give {@code null}. */
  public static <T> Hole<T> of(String name, Callable<? extends T> work) {
    return new Hole<>(name, work, false, null, Fallback.none(), null);
  }

  /** What fills the holes of that name, and is there. */
  public static <T> Hole<T> value(String name, T value) {
    Objects.requireNonNull(value);
    return new Hole<>(name, () -> value, true, null, Fallback.none(), null);
  }

  /** The same, waited for so long from when it is begun. {@link IllegalArgumentException} unless positive. */
  public Hole<T> within(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("within: " + time + " (expected: more than nothing)");
    }
    return new Hole<>(name, work(), ready, time, fallback, shared);
  }

  /** The same, with a value that stands in if the work throws or is late. */
  public Hole<T> orElse(T value) {
    return new Hole<>(name, work(), ready, patience, Fallback.of(Optional.of(value)), shared);
  }

  /** The same, left empty if the work throws or is late. */
  public Hole<T> orEmpty() {
    return new Hole<>(name, work(), ready, patience, Fallback.of(Optional.empty()), shared);
  }

  /**
   * The same for all visitors: its HTML is kept in that cache, which works it out again when it is no longer fresh or a tag is invalidated,
   * once for all who wait, and may give what is stale where that fails. A page all of whose holes are shared is no private one.
   *
   * @param key tells this value from others: all that it depends on
   */
  public Hole<T> shared(FragmentCache cache, String key, Duration freshFor, String... tags) {
    return new Hole<>(name, work(), ready, patience, fallback, new Shared(cache, key, freshFor, List.of(tags)));
  }

  public String name() {
    return name;
  }

  /** True if it says what goes there. */
  public boolean isFilled() {
    return work != null;
  }

  /** True if it is best worked out where it is needed: its value is there, or nothing limits its time but the request. */
  public boolean runsInPlace() {
    return ready || patience == null;
  }

  /** True if its value is there. */
  public boolean isReady() {
    return ready;
  }

  /** How its HTML is shared; empty if each visitor has their own. */
  public Optional<Shared> shared() {
    return Optional.ofNullable(shared);
  }

  /** What goes there, worked out on this thread, whatever its time; without what stands in. */
  public T make() throws Exception {
    return Objects.requireNonNull(work().call(),
        "a hole is filled with null (expected: an Optional, where there may be nothing)");
  }

  /** What goes there, or stands in for it, worked out on this thread, whatever its time; empty with {@link #orEmpty} alone. */
  public Optional<T> await() throws Exception {
    try {
      return Optional.of(make());
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      return fallback.instead(e);
    }
  }

  /** What stands in where the work failed with that; throws it if nothing does. */
  public Optional<T> instead(Throwable failure) throws Exception {
    return fallback.instead(failure);
  }

  /** Begins to work it out. {@link IllegalStateException} if it only marks a place. */
  public Late<T> begin() {
    return patient(Late.<T>of(work())).or(fallback);
  }

  /** As {@link #begin()}, for that request: by its deadline, and no longer than its visitor stays. Without a time of its own it has the request's. */
  public Late<T> begin(Context c) {
    Late<T> late = patience == null ? Late.<T>of(c, work()).within(UNLIMITED) : patient(Late.of(c, work()));
    return late.or(fallback);
  }

  /** Waits for other work as long as for its own. */
  public <V> Late<V> patient(Late<V> late) {
    Duration time = patience;
    return time == null ? late : late.within(time);
  }

  private Callable<? extends T> work() {
    Callable<? extends T> current = work;
    if (current == null) {
      throw new IllegalStateException("the hole \"" + name + "\" says nothing that goes there (expected: Hole.of(\""
          + name
          + "\", ...))");
    }
    return current;
  }
}
