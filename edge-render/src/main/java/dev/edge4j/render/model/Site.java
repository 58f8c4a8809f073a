package dev.edge4j.render.model;

import org.jspecify.annotations.Nullable;

/**
 * One name at one place of a template, with the accessors of the types it met last: a polymorphic inline cache of four, then the
 * type's own table. Writes race harmlessly, as an entry is immutable and right wherever it is seen.
 */
public final class Site {
  private final String name;
  private @Nullable Known first;
  private @Nullable Known second;
  private @Nullable Known third;
  private @Nullable Known fourth;

  private record Known(Class<?> type, Accessor accessor) {}

  /** A place that asks for a name. */
  public Site(String name) {
    this.name = name;
  }

  /** The name it asks for. */
  public String name() {
    return name;
  }

  /** The value of the name in a target, or {@link Accessor#MISSING}. Throws what reading it threw. */
  public @Nullable Object read(Object target) throws Throwable {
    Class<?> type = target.getClass();
    Known known = first;
    if (known != null && known.type == type) {
      return known.accessor.read(target);
    }
    return other(type).read(target);
  }

  private Accessor other(Class<?> type) {
    Known known = second;
    if (known != null && known.type == type) {
      return known.accessor;
    }
    known = third;
    if (known != null && known.type == type) {
      return known.accessor;
    }
    known = fourth;
    if (known != null && known.type == type) {
      return known.accessor;
    }
    return learn(type);
  }

  private Accessor learn(Class<?> type) {
    Accessor accessor = Shape.of(type).accessor(name);
    var known = new Known(type, accessor);
    if (first == null) {
      first = known;
    } else if (second == null) {
      second = known;
    } else if (third == null) {
      third = known;
    } else if (fourth == null) {
      fourth = known;
    }
    return accessor;
  }
}
