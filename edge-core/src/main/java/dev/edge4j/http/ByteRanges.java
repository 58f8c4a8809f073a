package dev.edge4j.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a {@code Range} of bytes asks for (RFC 9110 section 14.2), before it is known how long the representation is: pure. A field that is
 * malformed, in another unit or out of all proportion counts as absent, so that the answer is the whole; section 14.2 allows that always.
 */
public final class ByteRanges {
  /** More than that in one request is no reader but an attack (section 17.15). */
  public static final int MAX_RANGES = 50;

  private static final int MAX_DIGITS = 18;
  private static final String UNIT = "bytes=";

  /** What they come to for a representation of some length. */
  public sealed interface Selection {
    /** 200 with all of it. */
    record Whole() implements Selection {}

    /**
     * 206 with these stretches, in the order asked for; overlapping and neighbouring ones are one.
     *
     * @param ranges one at least
     */
    record Parts(List<ByteRange> ranges) implements Selection {
      /** Copies the list. */
      public Parts {
        ranges = List.copyOf(ranges);
      }
    }

    /** 416: none of them is in it. */
    record Unsatisfiable() implements Selection {}
  }

  /** {@code first-last}, {@code first-} with a last of -1, or {@code -last} with a first of -1. */
  private record Asked(long first, long last) {
    Optional<ByteRange> in(long length) {
      if (first < 0) {
        return last == 0 || length == 0 ? Optional.empty()
            : Optional.of(new ByteRange(Math.max(0, length - last), length - 1));
      }
      return first >= length ? Optional.empty()
          : Optional.of(new ByteRange(first, last < 0 ? length - 1 : Math.min(last, length - 1)));
    }
  }

  private static final ByteRanges NONE = new ByteRanges(List.of());

  private final List<Asked> asked;

  private ByteRanges(List<Asked> asked) {
    this.asked = asked;
  }

  /** What the request asks for; only GET knows ranges (section 14.2). */
  public static ByteRanges of(Request request) {
    List<String> lines = request.headers().all("Range");
    return request.method().equals(Method.GET) && lines.size() == 1 ? parse(lines.getFirst()) : NONE;
  }

  /** Reads {@code bytes=0-99, -100}. */
  public static ByteRanges parse(String value) {
    if (!value.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
      return NONE;
    }
    List<Asked> asked = new ArrayList<>();
    for (String member : value.substring(UNIT.length()).split(",", -1)) {
      String range = strip(member);
      if (range.isEmpty()) {
        continue; // an empty member of a list is allowed, section 5.6.1.2
      }
      Optional<Asked> one = one(range);
      if (one.isEmpty() || asked.size() == MAX_RANGES) {
        return NONE;
      }
      asked.add(one.get());
    }
    return asked.isEmpty() ? NONE : new ByteRanges(asked);
  }

  private static Optional<Asked> one(String range) {
    int dash = range.indexOf('-');
    if (dash < 0) {
      return Optional.empty();
    }
    Optional<Long> first = number(range.substring(0, dash));
    Optional<Long> last = number(range.substring(dash + 1));
    boolean sound = first.isPresent() && last.isPresent() && (first.get() >= 0 || last.get() >= 0)
        && (first.get() < 0 || last.get() < 0 || first.get() <= last.get());
    return sound ? Optional.of(new Asked(first.get(), last.get())) : Optional.empty();
  }

  /** Digits alone; -1 for nothing, empty for anything else. A number past every file is still a number. */
  private static Optional<Long> number(String digits) {
    if (digits.isEmpty()) {
      return Optional.of(-1L);
    }
    if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    String significant = digits.replaceFirst("^0+(?=.)", "");
    return Optional.of(significant.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(significant));
  }

  /** Spaces and tabs, which is all the space that fields know. */
  private static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  /** What that comes to for a representation of so many bytes. */
  public Selection select(long length) {
    if (asked.isEmpty()) {
      return new Selection.Whole();
    }
    List<ByteRange> found = asked.stream().flatMap(range -> range.in(length).stream()).toList();
    if (found.isEmpty()) {
      return new Selection.Unsatisfiable();
    }
    return new Selection.Parts(merged(found));
  }

  /** A range joins the first one that it overlaps or touches; the order of first appearance stays. */
  private static List<ByteRange> merged(List<ByteRange> ranges) {
    List<ByteRange> merged = new ArrayList<>();
    for (ByteRange range : ranges) {
      ByteRange whole = range;
      int place = merged.size();
      for (int i = merged.size() - 1; i >= 0; i--) {
        ByteRange other = merged.get(i);
        if (whole.first() <= other.last() + 1 && other.first() <= whole.last() + 1) {
          whole = new ByteRange(Math.min(whole.first(), other.first()), Math.max(whole.last(), other.last()));
          merged.remove(i);
          place = i;
        }
      }
      merged.add(Math.min(place, merged.size()), whole);
    }
    return merged;
  }
}
