package dev.edge4j.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The requests of one invocation. Every path is a string of its own, made of bytes just before, outside the measured time: as in a
 * server its hash is not known yet and it is equal to no other by identity. A constant would flatter who hashes.
 *
 * <p>2,800 is a whole number of rounds for 1, 7 and 200 requests; the strings come to some 180 kB, which the second-level cache
 * holds. Methods are constants, as servers have them; so are the names of parameters, as handlers have them.
 */
final class Ring {
  static final int SIZE = 2_800;

  final String[] methods = new String[SIZE];
  final String[] paths = new String[SIZE];
  /** The name of the first parameter; empty: none is read. */
  final String[] names = new String[SIZE];

  private final byte[][] bytes = new byte[SIZE][];

  Ring(List<Line> requests) {
    for (int i = 0; i < SIZE; i++) {
      Line request = requests.get(i % requests.size());
      methods[i] = request.method().intern();
      names[i] = request.firstParameter().intern();
      bytes[i] = request.path().orElseThrow().getBytes(StandardCharsets.ISO_8859_1);
    }
    refill();
  }

  void refill() {
    for (int i = 0; i < SIZE; i++) {
      paths[i] = new String(bytes[i], StandardCharsets.ISO_8859_1);
    }
  }
}
