package dev.edge4j.render.donut;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page with holes, with all that can be said of it before it is filled. Immutable. */
public final class Cuts {
  private static final int NO_GAP = -1;

  private final String version;
  /** By segment; {@code null} for a gap. */
  private final byte[] @Nullable [] bytes;
  /** By segment, the number of the gap; none for what is ready. */
  private final int[] numbers;
  private final List<Segment.Gap> gaps;
  /** By gap, the first of the same name. */
  private final int[] firsts;

  /** Of a page's segments; the version of its template is part of the keys of what visitors share. */
  public Cuts(String version, List<Segment> segments) {
    this.version = version;
    this.bytes = new byte[segments.size()][];
    this.numbers = new int[segments.size()];
    List<Segment.Gap> found = new ArrayList<>();
    for (int i = 0; i < numbers.length; i++) {
      switch (segments.get(i)) {
        case Segment.Ready(byte[] ready) -> {
          bytes[i] = ready;
          numbers[i] = NO_GAP;
        }
        case Segment.Gap gap -> {
          numbers[i] = found.size();
          found.add(gap);
        }
      }
    }
    this.gaps = List.copyOf(found);
    List<String> names = gaps.stream().map(Segment.Gap::hole).toList();
    this.firsts = names.stream().mapToInt(names::indexOf).toArray();
  }

  /** The version of its template. */
  public String version() {
    return version;
  }

  /** Its holes in the order of the page. */
  public List<Segment.Gap> gaps() {
    return gaps;
  }

  /** How many segments and gaps it has. */
  int size() {
    return numbers.length;
  }

  /** The number of the gap that the segment is; less than 0 for one that is ready. */
  int gapAt(int segment) {
    return numbers[segment];
  }

  /** The bytes of a segment that is ready. */
  byte[] bytesAt(int segment) {
    byte[] ready = bytes[segment];
    if (ready == null) {
      throw new IllegalArgumentException("segment " + segment + " is a gap");
    }
    return ready;
  }

  /** The first gap with the same name as this. */
  int first(int gap) {
    return firsts[gap];
  }
}
