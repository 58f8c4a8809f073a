package dev.edge4j.data.replica;

/** Places in PostgreSQL's write-ahead log, kept as a number and written {@code 16/B374D848}. */
final class Lsn {
  private Lsn() {}

  static long parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 1) {
      throw new IllegalArgumentException("log position: \"" + text
          + "\" (expected: two hexadecimal numbers, as in 16/B374D848)");
    }
    return Long.parseUnsignedLong(text, 0, slash, 16) << 32 | Long.parseUnsignedLong(text, slash + 1, text.length(),
        16);
  }

  static String text(long lsn) {
    return Long.toHexString(lsn >>> 32).toUpperCase(java.util.Locale.ROOT) + "/"
        + Long.toHexString(lsn & 0xffffffffL).toUpperCase(java.util.Locale.ROOT);
  }
}
