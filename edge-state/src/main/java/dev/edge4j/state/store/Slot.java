package dev.edge4j.state.store;

/**
 * Where a value of an object lies: what users put, and what the runtime keeps with the object, do not see each other's keys.
 *
 * @param key 1 to 512 bytes of UTF-8
 */
public record Slot(Kind kind, String key) {
  /** Whose value it is. The numbers are on disk. */
  public enum Kind {
    /** The user's, through {@link dev.edge4j.state.Storage}. */
    ENTRY(0),
    /** A WebSocket's tags and attachment. */
    SOCKET(1),
    /** A message that a WebSocket may have to be sent again. */
    FRAME(2);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }
}
