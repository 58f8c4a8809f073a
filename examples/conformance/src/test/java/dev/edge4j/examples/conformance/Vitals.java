package dev.edge4j.examples.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process holds.
 *
 * @param liveBytes of its heap, after a whole collection
 * @param descriptors open ones
 */
record Vitals(long liveBytes, long descriptors) {
  static Vitals of(long pid) throws IOException, InterruptedException {
    try (Stream<Path> open = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
      return new Vitals(liveBytes(pid), open.count());
    }
  }

  /** The last line of a histogram of live objects is their total: {@code Total  123456  7890123}. */
  private static long liveBytes(long pid) throws IOException, InterruptedException {
    Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), String
        .valueOf(
            pid), "GC.class_histogram").redirectErrorStream(true).start();
    List<String> lines = jcmd.inputReader().lines().toList();
    if (jcmd.waitFor() != 0) {
      throw new IOException(String.join("\n", lines));
    }
    String total = lines.stream().filter(line -> line.startsWith("Total")).findFirst().orElseThrow();
    return Long.parseLong(total.strip().split("\\s+", -1)[2]);
  }
}
