package dev.edge4j.examples.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The application in a process of its own, until it is closed. A line of Netty's leak detector in its output fails the test. */
final class ConformanceProcess implements AutoCloseable {
  private static final String PLAIN = "Conformance: http:";
  private static final String TLS = "Conformance: https:";
  private static final String CACHE = "Conformance cache: ";
  static final Path CERTIFICATES = Path.of("target", "certificates");
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 40;

  private final Process process;
  private final Thread orphanGuard;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<URI> address = new CompletableFuture<>();
  private final CompletableFuture<URI> secure = new CompletableFuture<>();
  private final CompletableFuture<URI> cache = new CompletableFuture<>();
  private final List<CompletableFuture<Void>> readers;

  private ConformanceProcess(Process process) {
    this.process = process;
    this.orphanGuard = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(orphanGuard);
    this.readers = List.of(read(process.inputReader()), read(process.errorReader()));
  }

  /** Starts it on a free port, and returns once it says where it listens. */
  static ConformanceProcess start(String... options) throws IOException {
    List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED", "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "-Dio.netty.leakDetection.level=paranoid", "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC", "-Xmx256m", "-classpath", System.getProperty("java.class.path"),
        Conformance.class.getName()));
    line.add("--certificates=" + CERTIFICATES);
    line.addAll(List.of(options));
    for (String otherwise : List.of("--tls-port=0", "--cache-port=0", "--files=files")) {
      String name = otherwise.substring(0, otherwise.indexOf('=') + 1);
      if (Stream.of(options).noneMatch(option -> option.startsWith(name))) {
        line.add(otherwise);
      }
    }
    var started = new ConformanceProcess(new ProcessBuilder(line).start());
    try {
      started.address.orTimeout(START_SECONDS, TimeUnit.SECONDS).join();
      return started;
    } catch (CompletionException e) {
      started.process.destroyForcibly();
      throw new AssertionError("it did not start:\n" + started.output(), e);
    }
  }

  /** That path on it. */
  URI at(String path) {
    return address.join().resolve(path);
  }

  /** That path on it, over TLS. */
  URI secure(String path) {
    return secure.join().resolve(path);
  }

  /** That path on its caching proxy. */
  URI cache(String path) {
    return cache.join().resolve(path);
  }

  /** All lines that it has written so far, to both streams. */
  String output() {
    return String.join("\n", output);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Asks it to stop, as {@code kill} does. */
  void terminate() {
    process.destroy();
  }

  /** Waits for its end after {@link #terminate}, and returns its exit code. */
  int awaitEnd() {
    process.onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).exceptionally(e -> {
      process.destroyForcibly();
      throw new AssertionError("it still ran " + STOP_SECONDS + " s after it was told to stop:\n" + output(), e);
    }).join();
    readers.forEach(CompletableFuture::join);
    Runtime.getRuntime().removeShutdownHook(orphanGuard);
    if (output.stream().anyMatch(line -> line.contains("LEAK:"))) {
      throw new AssertionError("it leaks buffers:\n" + output());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      terminate();
      awaitEnd();
    }
  }

  private CompletableFuture<Void> read(BufferedReader stream) {
    return CompletableFuture.runAsync(() -> collect(stream), Thread::startVirtualThread);
  }

  private void collect(BufferedReader stream) {
    try (stream) {
      stream.lines().forEach(line -> {
        output.add(line);
        if (line.startsWith(CACHE)) {
          cache.complete(URI.create(line.substring(CACHE.length())));
        } else if (line.startsWith(TLS)) {
          secure.complete(URI.create(line.substring("Conformance: ".length())));
        } else if (line.startsWith(PLAIN)) { // the last to start
          address.complete(URI.create(line.substring("Conformance: ".length())));
        }
      });
    } catch (IOException | UncheckedIOException e) {
      output.add("(" + e.getMessage() + ")");
    } finally {
      address.completeExceptionally(new IllegalStateException("its output ended"));
    }
  }
}
