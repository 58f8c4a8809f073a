package dev.edge4j.render.model;

import org.jspecify.annotations.Nullable;

/**
 * Reads one member of the values of one type. Safe for use by many threads. A class and no interface: what is generated extends it, and
 * a virtual call is found with fewer steps than one of an interface.
 */
public abstract class Accessor {
  /** The answer for a name that a map does not have, as opposed to one whose value is {@code null}. */
  public static final Object MISSING = new Object();

  /** What stands for a name that a type does not have. */
  public static final Accessor ABSENT = new Accessor() {
    @Override
    public Object read(Object target) {
      return MISSING;
    }
  };

  /** For those that are generated. */
  protected Accessor() {}

  /** The member's value, as the model has it. Throws what reading it threw. */
  @Nullable
  public abstract Object read(Object target) throws Throwable;
}
