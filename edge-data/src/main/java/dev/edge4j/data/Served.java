package dev.edge4j.data;

/**
 * Who answered a read of a class of data, and why it was not the nearest: for logs and Server-Timing.
 *
 * @param name the class of data
 * @param why empty if the nearest store answered
 */
public record Served(String name, By by, String why) {
  /** Who answered. */
  public enum By {
    /** The store itself, which copies nobody. */
    PRIMARY,
    /** A copy near the visitor, as recent as promised. */
    REPLICA,
    /** The same, older than it should be: the last step, see {@link DataMesh#staleSession}. */
    STALE_REPLICA,
    /** The store that is copied. */
    ORIGIN
  }
}
