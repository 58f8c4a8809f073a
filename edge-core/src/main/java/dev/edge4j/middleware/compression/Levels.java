package dev.edge4j.middleware.compression;

/** Checks levels of compression. */
final class Levels {
  private Levels() {}

  static int check(String coding, int level, int least, int most) {
    if (level < least || level > most) {
      throw new IllegalArgumentException("level of " + coding + ": " + level + " (expected: " + least + " to " + most
          + ")");
    }
    return level;
  }
}
