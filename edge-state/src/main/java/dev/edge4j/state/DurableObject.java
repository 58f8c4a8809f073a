package dev.edge4j.state;

/**
 * A convenient parent for durable objects.
 *
 * <p>The constructor runs at the first call and at every wake-up after; it reads from {@link #storage()} what the object needs
 * in memory. One call is one turn, one turn runs at a time, so that fields need no locks. A turn that throws leaves no trace:
 * what it wrote is dropped and so is the instance, and the next call wakes a new one from what was committed.
 */
public abstract class DurableObject {
  private final ObjectState state;

  protected DurableObject(ObjectState state) {
    this.state = state;
  }

  /** The object's storage, for use by the thread that runs the turn. */
  protected final Storage storage() {
    return state.storage();
  }

  /** Who this object is. */
  protected final ObjectId id() {
    return state.id();
  }
}
