package dev.edge4j.examples.benchmarks.driver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The programs that the driver needs, and how it runs one to its end. */
final class Tools {
  private static final Map<String, String> PACKAGES = Map.of("wrk", "wrk", "h2load", "nghttp2-client", "taskset",
      "util-linux");

  private Tools() {}

  /** Fails with what to install if something is not there. */
  static void check() {
    for (Map.Entry<String, String> each : PACKAGES.entrySet()) {
      if (!isThere(each.getKey())) {
        throw new IllegalStateException(each.getKey() + " is not installed (expected on the path: wrk, h2load, taskset;"
            + " on Debian: apt-get install " + each.getValue() + ")");
      }
    }
    if (Runtime.getRuntime().availableProcessors() < 2) {
      throw new IllegalStateException("one processor (expected: two, one for servers and one for load)");
    }
  }

  static boolean isThere(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  /** All threads of this process, and what it starts without saying otherwise, keep off the servers' processor. */
  static void pinMyself() throws IOException, InterruptedException {
    run(10, List.of("taskset", "-a", "-p", "-c", "1", "" + ProcessHandle.current().pid()));
  }

  /** Runs a program and gives what it said; it is ended after that time, which is an error, as is any exit value but 0. */
  static String run(int seconds, List<String> command) throws IOException, InterruptedException {
    return run(Path.of("."), seconds, command);
  }

  static String run(Path directory, int seconds, List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("bench", ".out");
    Process process = new ProcessBuilder(command).directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
    boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    String said = Files.readString(output, StandardCharsets.UTF_8);
    Files.delete(output);
    if (!ended || process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + (ended ? " ended with " + process.exitValue() : " did not end")
          + ": " + said);
    }
    return said;
  }
}
