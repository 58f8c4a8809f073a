package dev.edge4j.http;

/**
 * A stretch of a representation that exists: both ends are bytes of it (RFC 9110 section 14.1.2).
 *
 * @param first from 0
 * @param last the last byte of it, not the one behind
 */
public record ByteRange(long first, long last) implements Comparable<ByteRange> {
  /** Refuses what is no stretch. */
  public ByteRange {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("byte range: " + first + "-" + last + " (expected: 0 <= first <= last)");
    }
  }

  public long length() {
    return last - first + 1;
  }

  /** As {@code Content-Range} has it, within a representation of that length. */
  public String within(long length) {
    return "bytes " + first + '-' + last + '/' + length;
  }

  @Override
  public int compareTo(ByteRange other) {
    int byFirst = Long.compare(first, other.first);
    return byFirst != 0 ? byFirst : Long.compare(last, other.last);
  }
}
