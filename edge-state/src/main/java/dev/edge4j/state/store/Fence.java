package dev.edge4j.state.store;

/**
 * The right to commit for an object, from one waking to the next. Once a commit under it has failed it is broken, and every later one under it is
 * refused: what a later turn was built on is not there. A store for several nodes would hold the owner's epoch in it, and check that in the
 * statement that writes (a fencing token). Safe for use by many threads.
 */
public final class Fence {
  private volatile boolean broken;

  /** Called by the store, before it answers the commit that failed. */
  public void breakDown() {
    broken = true;
  }

  /** Whether a commit under it has failed. */
  public boolean isBroken() {
    return broken;
  }
}
