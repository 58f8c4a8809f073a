package dev.edge4j.data.replica;

import dev.edge4j.data.Position;
import java.nio.file.Path;

/**
 * What a replica is doing.
 *
 * @param why what is in the way, or why it copies anew; empty while all is well
 * @param applied up to where the origin's commits are in the copy
 * @param confirmed up to where it has told the origin that it never needs the log again: what is on disk
 * @param file the file that answers reads now; its number grows with each copy that is made
 */
public record ReplicaStatus(State state, String why, Position applied, long confirmed, Path file) {
  /** What a replica is doing. */
  public enum State {
    /** It connects to the origin, for the first time or again. What is in the file is read meanwhile. */
    CONNECTING,
    /** It makes a new copy. The old one is read meanwhile, if there is one, and grows old. */
    COPYING,
    /** It applies what the origin commits. */
    FOLLOWING,
    /** The origin refuses to be followed, as {@link #why} says; it is asked again from time to time. */
    REFUSED,
    /** It is closed. */
    CLOSED
  }
}
