package dev.edge4j.examples.carts;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A virtual thread for each cart, which adds to it and waits for the cart before it adds again. */
final class Callers {
  private final Carts carts;
  private final Acknowledged acknowledged;

  Callers(Carts carts, Acknowledged acknowledged) {
    this.carts = carts;
    this.acknowledged = acknowledged;
  }

  /** Calls for so many milliseconds. */
  Round call(long millis) throws InterruptedException {
    OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long cpu = machine.getProcessCpuTime();
    long begin = System.nanoTime();
    long end = begin + millis * 1_000_000;
    Samples[] samples = Stream.generate(Samples::new).limit(Carts.CARTS).toArray(Samples[]::new);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, Carts.CARTS).forEach(cart -> threads.execute(() -> call(cart, end, samples[cart])));
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    long[] nanos = Stream.of(samples).flatMapToLong(Samples::stream).sorted().toArray();
    return Round.of(nanos, seconds, machine.getProcessCpuTime() - cpu);
  }

  private void call(int cart, long end, Samples samples) {
    long total = acknowledged.total(cart);
    for (long before = System.nanoTime(); before < end;) {
      carts.add(cart, "product-" + total % Carts.PRODUCTS, 1);
      acknowledged.total(cart, ++total);
      long after = System.nanoTime();
      samples.add(after - before);
      before = after;
    }
  }

  /** Whether each cart holds what was acknowledged, and of what was not at most the one call that was under way. */
  String check() {
    long lost = 0;
    long more = 0;
    long all = 0;
    for (int cart = 0; cart < Carts.CARTS; cart++) {
      Map<String, Integer> lines = carts.add(cart, "product-0", 0);
      long held = lines.values().stream().mapToLong(Integer::longValue).sum();
      long total = acknowledged.total(cart);
      lost += Math.max(0, total - held);
      more += Math.max(0, held - total);
      all += total;
      acknowledged.total(cart, held);
    }
    return all + " acknowledged, " + lost + " lost, " + more + " there that nobody was told of";
  }

  /** Durations, in order of arrival. Confined to one thread. */
  private static final class Samples {
    private long[] nanos = new long[1024];
    private int size;

    void add(long sample) {
      if (size == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * size);
      }
      nanos[size++] = sample;
    }

    LongStream stream() {
      return Arrays.stream(nanos, 0, size);
    }
  }
}
