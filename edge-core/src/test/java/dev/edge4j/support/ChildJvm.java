package dev.edge4j.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own, which can be given too little of something. Its main class says {@code port N} once it listens, and
 * ends at the end of its standard input, so that it does not outlive the test.
 */
public final class ChildJvm implements AutoCloseable {
  private static final String READY = "port ";
  private static final long SECONDS = 60;

  private final Process process;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final CompletableFuture<Void> reading;

  private ChildJvm(Process process) {
    this.process = process;
    this.reading = CompletableFuture.runAsync(() -> collect(process.inputReader()), Thread::startVirtualThread);
  }

  /** Starts that class with those options of the JVM, and returns once it listens. */
  public static ChildJvm start(Class<?> main, String... options) throws IOException {
    return start(List.of(), main, options);
  }

  /** As {@link #start(Class, String...)}, with at most so many open files. */
  public static ChildJvm withOpenFiles(int limit, Class<?> main, String... options) throws IOException {
    return start(List.of("/bin/sh", "-c", "ulimit -n " + limit + "; exec \"$@\"", "sh"), main, options);
  }

  private static ChildJvm start(List<String> before, Class<?> main, String... options) throws IOException {
    List<String> line = new ArrayList<>(before);
    line.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1", "-Dio.netty.leakDetection.level=paranoid"));
    line.addAll(List.of(options));
    line.addAll(List.of("-classpath", System.getProperty("java.class.path"), main.getName()));
    var child = new ChildJvm(new ProcessBuilder(line).redirectErrorStream(true).start());
    child.port.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    return child;
  }

  public int port() {
    return port.join();
  }

  /** The lines that it has written so far and that hold this. */
  public List<String> lines(String part) {
    return output.stream().filter(line -> line.contains(part)).toList();
  }

  /** Lets it end, and fails if it does not, or has leaked a buffer. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      process.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join();
    } finally {
      process.destroyForcibly();
    }
    reading.join();
    if (!lines("LEAK:").isEmpty()) {
      throw new AssertionError(String.join("\n", output));
    }
  }

  private void collect(BufferedReader stream) {
    try (stream) {
      stream.lines().forEach(line -> {
        output.add(line);
        if (line.startsWith(READY)) {
          port.complete(Integer.parseInt(line.substring(READY.length())));
        }
      });
    } catch (IOException | UncheckedIOException e) {
      output.add("(" + e.getMessage() + ")");
    } finally {
      port.completeExceptionally(new IllegalStateException("it ended:\n" + String.join("\n", output)));
    }
  }
}
