package dev.edge4j.examples.conformance;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of bytes (RFC 9110 section 14.1.2), both ends included.
 *
 * @param first past the last where the file has nothing of the range
 */
record ByteRange(long first, long last) {
  private static final Pattern SINGLE = Pattern.compile("bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*");

  /** The range that the field asks of so many bytes; empty if it is none, or several: the whole is an answer to those. */
  static Optional<ByteRange> of(String field, long size) {
    Matcher single = SINGLE.matcher(field);
    if (!single.matches()) {
      return Optional.empty();
    }
    String first = single.group(1);
    String last = single.group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? Optional.empty() : Optional.of(suffix(Long.parseLong(last), size));
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
    return to < from ? Optional.empty() : Optional.of(new ByteRange(from, Math.min(to, size - 1)));
  }

  private static ByteRange suffix(long length, long size) {
    return length == 0 ? new ByteRange(size, size - 1) : new ByteRange(Math.max(0, size - length), size - 1);
  }

  /** True if the file has nothing of it: it cannot be satisfied. */
  boolean isEmpty() {
    return first > last;
  }
}
