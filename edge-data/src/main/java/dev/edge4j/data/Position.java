package dev.edge4j.data;

/**
 * A place in a store's history of commits.
 *
 * @param history which history: changes when a store is restored or fails over, and positions of two cannot be compared
 * @param offset how far into it; zero or more
 */
public record Position(String history, long offset) {
  /** Before the first commit. */
  public static final Position START = new Position("", 0);

  public Position {
    if (offset < 0) {
      throw new IllegalArgumentException("offset: " + offset + " (expected: zero or more)");
    }
  }

  /** True if whoever has come here has all of {@code other}; false of two histories, which cannot be compared. */
  public boolean includes(Position other) {
    return history.equals(other.history) && offset >= other.offset;
  }

  /** The later of two positions, this one being known for longer: of two histories the newly met one counts. */
  public Position merge(Position newer) {
    return history.equals(newer.history) && offset > newer.offset ? this : newer;
  }
}
