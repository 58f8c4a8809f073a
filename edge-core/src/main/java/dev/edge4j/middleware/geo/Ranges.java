package dev.edge4j.middleware.geo;

import dev.edge4j.Geo;
import dev.edge4j.http.AddressBlock;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * Addresses of one family, cut at the places where what is known of them changes, so that a lookup is one binary search. IPv4 addresses are
 * as in {@code ::ffff:0:0/96}. Immutable.
 */
final class Ranges {
  private static final long MAPPED = 0xffff_0000_0000L;

  /** 128 bits, without a sign. */
  private record Point(long high, long low) implements Comparable<Point> {
    static Point of(InetAddress address) {
      ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
      return bytes.remaining() == 4 ? new Point(0, MAPPED | (bytes.getInt() & 0xffff_ffffL))
          : new Point(bytes.getLong(), bytes.getLong());
    }

    /** The last that has the first so many bits. */
    Point lastOf(int bits) {
      return bits >= 64 ? new Point(high, bits == 128 ? low : low | -1L >>> (bits - 64))
          : new Point(high | -1L >>> bits, -1L);
    }

    boolean isLast() {
      return high == -1L && low == -1L;
    }

    Point next() {
      return new Point(low == -1L ? high + 1 : high, low + 1);
    }

    @Override
    public int compareTo(Point other) {
      int byHigh = Long.compareUnsigned(high, other.high);
      return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }
  }

  /** One network; two of them are apart, or one lies in the other. */
  record Network(Point first, Point last, Geo place, boolean isFour) {
    static Network of(AddressBlock block, Geo place) {
      Point first = Point.of(block.first());
      boolean four = block.first() instanceof Inet4Address;
      return new Network(first, first.lastOf(four ? block.bits() + 96 : block.bits()), place, four);
    }
  }

  private final long[] high;
  private final long[] low;
  private final Geo[] places;

  private Ranges(List<Point> points, List<Geo> places) {
    this.high = points.stream().mapToLong(Point::high).toArray();
    this.low = points.stream().mapToLong(Point::low).toArray();
    this.places = places.toArray(Geo[]::new);
  }

  /** Goes through the networks in order, larger ones first, with those that it is in on a stack. */
  static Ranges of(List<Network> networks) {
    var cuts = new Cuts();
    Network[] sorted = networks.toArray(Network[]::new);
    Arrays.sort(sorted, Comparator.comparing(Network::first).thenComparing(Network::last, Comparator.reverseOrder()));
    Deque<Network> around = new ArrayDeque<>();
    for (Network network : sorted) {
      while (!around.isEmpty() && around.element().last.compareTo(network.first) < 0) {
        cuts.leave(around);
      }
      around.push(network);
      cuts.add(network.first, network.place);
    }
    while (!around.isEmpty()) {
      cuts.leave(around);
    }
    return new Ranges(cuts.points, cuts.places);
  }

  private static final class Cuts {
    private final List<Point> points = new ArrayList<>();
    private final List<Geo> places = new ArrayList<>();

    void leave(Deque<Network> around) {
      Point last = around.pop().last;
      if (!last.isLast()) {
        add(last.next(), around.isEmpty() ? Geo.UNKNOWN : around.element().place);
      }
    }

    void add(Point from, Geo place) {
      if (!points.isEmpty() && points.getLast().equals(from)) {
        points.removeLast();
        places.removeLast();
      }
      points.add(from);
      places.add(place);
    }
  }

  Geo find(InetAddress address) {
    Point point = Point.of(address);
    int below = 0;
    int above = places.length; // the first cut behind the address is at or before this
    while (below < above) {
      int middle = (below + above) >>> 1;
      int order = Long.compareUnsigned(high[middle], point.high);
      if (order < 0 || (order == 0 && Long.compareUnsigned(low[middle], point.low) <= 0)) {
        below = middle + 1;
      } else {
        above = middle;
      }
    }
    return below == 0 ? Geo.UNKNOWN : places[below - 1];
  }

  int size() {
    return places.length;
  }
}
