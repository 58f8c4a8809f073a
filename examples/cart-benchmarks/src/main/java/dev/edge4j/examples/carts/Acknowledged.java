package dev.edge4j.examples.carts;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;

/** For each cart how much of it was acknowledged, in a file mapped into memory, which survives the process that is killed. */
final class Acknowledged {
  private final MemorySegment totals;

  private Acknowledged(MemorySegment totals) {
    this.totals = totals;
  }

  /** Those of the carts of a folder. */
  static Acknowledged in(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder.resolve("acknowledged"), StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE)) {
      return new Acknowledged(channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES * (long) Carts.CARTS, Arena
          .global()));
    }
  }

  long total(int cart) {
    return totals.getAtIndex(ValueLayout.JAVA_LONG, cart);
  }

  long sum() {
    return IntStream.range(0, Carts.CARTS).mapToLong(this::total).sum();
  }

  void total(int cart, long total) {
    totals.setAtIndex(ValueLayout.JAVA_LONG, cart, total);
  }
}
