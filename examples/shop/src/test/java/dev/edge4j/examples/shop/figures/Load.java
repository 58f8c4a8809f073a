package dev.edge4j.examples.shop.figures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Asks at a steady rate, whether answers come or not: what had to wait for its turn has waited too. Or as quickly as it goes. */
final class Load {
  /** Of a steady load: enough for every answer that is under way at a time. */
  private static final int VISITORS = 256;

  /** Of a shop that is being warmed up. */
  private static final int WARMING = 4;

  /** Of a load as quick as it goes. */
  private static final int CONNECTIONS = 32;

  private Load() {}

  /** Times in nanoseconds, sorted. */
  record Times(long[] sorted) {
    static Times of(List<long[]> parts) {
      long[] all = parts.stream().flatMapToLong(Arrays::stream).sorted().toArray();
      return new Times(all);
    }

    double millis(double quantile) {
      return sorted[Math.min(sorted.length - 1, (int) Math.ceil(quantile * sorted.length) - 1)] / 1e6;
    }
  }

  /** From when each answer was due until it could be read, with or without what comes late, and to its end. */
  record Steady(Times page, Times whole) {}

  /** Asks so often a second for what {@code path} says of each number, whether answers come or not. */
  static Steady steady(int port, int perSecond, Duration time, IntFunction<String> path) throws Exception {
    long gap = TimeUnit.SECONDS.toNanos(1) * VISITORS / perSecond;
    int each = (int) (time.toNanos() / gap);
    long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
    List<long[]> took = onEach(VISITORS, visitor -> {
      long[] times = new long[2 * each];
      try (Wire wire = new Wire(port)) {
        for (int i = 0; i < each; i++) {
          long due = start + i * gap + gap * visitor / VISITORS;
          for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
          }
          require(wire.get(path.apply(i * VISITORS + visitor)), path.apply(i * VISITORS + visitor));
          times[i] = wire.page() - due;
          times[each + i] = System.nanoTime() - due;
        }
      }
      return times;
    });
    return new Steady(Times.of(took.stream().map(times -> Arrays.copyOf(times, each)).toList()),
        Times.of(took.stream().map(times -> Arrays.copyOfRange(times, each, 2 * each)).toList()));
  }

  /** Asks a few at a time, whatever the answers are: a shop that has just been opened is not compiled yet, and may be short of patience. */
  static void warm(int port, Duration time, IntFunction<String> path) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    onEach(WARMING, visitor -> {
      try (Wire wire = new Wire(port)) {
        for (int i = visitor; System.nanoTime() < end; i += WARMING) {
          wire.get(path.apply(i));
        }
      }
      return new long[0];
    });
  }

  /** Asks for one path as quickly as answers come; how many came. */
  static long flatOut(int port, Duration time, String path) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    return onEach(CONNECTIONS, _ -> {
      long answers = 0;
      try (Wire wire = new Wire(port)) {
        while (System.nanoTime() < end) {
          require(wire.get(path), path);
          answers++;
        }
      }
      return new long[]{answers};
    }).stream().mapToLong(count -> count[0]).sum();
  }

  /** Times to the first byte, one question after the other. */
  static Times firstBytes(int port, int questions, IntFunction<String> path) throws IOException {
    long[] took = new long[questions];
    try (Wire wire = new Wire(port)) {
      for (int i = 0; i < questions; i++) {
        long began = System.nanoTime();
        require(wire.get(path.apply(i)), path.apply(i));
        took[i] = wire.firstByte() - began;
      }
    }
    return Times.of(List.of(took));
  }

  /** What a connection does. */
  private interface Deed {
    long[] run(int connection) throws Exception;
  }

  private static List<long[]> onEach(int connections, Deed deed) throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<long[]>> running = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        int connection = i;
        running.add(threads.submit(() -> deed.run(connection)));
      }
      List<long[]> all = new ArrayList<>();
      for (Future<long[]> each : running) {
        all.add(each.get());
      }
      return all;
    }
  }

  private static void require(int status, String path) {
    if (status != 200) {
      throw new UncheckedIOException(new IOException(path + " was answered " + status));
    }
  }
}
