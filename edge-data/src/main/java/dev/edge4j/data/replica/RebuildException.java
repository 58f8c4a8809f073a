package dev.edge4j.data.replica;

/** The copy cannot go on from where it is: a new one must be made. The message says why. */
final class RebuildException extends Exception {
  private static final long serialVersionUID = 1L;

  RebuildException(String why) {
    super(why);
  }
}
