package dev.edge4j.examples.shop.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A shop that runs in a process of its own, until it is stopped, killed or closed. Safe for use by many threads.
 *
 * <p>Whichever way it ends, a line of Netty's leak detector in its output fails the test.
 */
final class ShopProcess implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("Shop: (http://127\\.0\\.0\\.1:\\d+).*");
  private static final long START_SECONDS = 120;
  private static final long STOP_SECONDS = 30;

  private final Process process;
  private final Thread orphanGuard;
  private final List<CompletableFuture<Void>> readers;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<URI> address = new CompletableFuture<>();

  private ShopProcess(Process process) {
    this.process = process;
    this.orphanGuard = new Thread(() -> tree().forEach(ProcessHandle::destroyForcibly));
    Runtime.getRuntime().addShutdownHook(orphanGuard);
    this.readers = List.of(
        CompletableFuture.runAsync(() -> collect(process.inputReader()), Thread::startVirtualThread),
        CompletableFuture.runAsync(() -> collect(process.errorReader()), Thread::startVirtualThread));
  }

  /** Starts a shop on that data folder, and returns at once; its address is there later, or never. */
  static ShopProcess launched(Path data, String... options) {
    return new ShopProcess(launch(ShopCommand.line(data, options)));
  }

  /** Starts a shop on that data folder, and returns once it says its address. */
  static ShopProcess start(Path data, String... options) {
    return start(ShopCommand.line(data, options));
  }

  /** Starts a shop by that whole command line, and returns once it says its address. */
  static ShopProcess start(List<String> line) {
    ShopProcess shop = new ShopProcess(launch(line));
    try {
      shop.address.orTimeout(START_SECONDS, TimeUnit.SECONDS).join();
      return shop;
    } catch (CompletionException e) {
      shop.kill9();
      throw new AssertionError("the shop did not start:\n" + shop.output(), e);
    }
  }

  /** Where it listens, without a path. */
  URI address() {
    return address.join();
  }

  /** That path on this shop. */
  URI at(String path) {
    return address().resolve(path);
  }

  /** All lines that it has written so far, to both streams. */
  String output() {
    return String.join("\n", output);
  }

  /** Kills it as a power cut would: no handler, no hook, nothing flushed. */
  void kill9() {
    List<ProcessHandle> all = tree().toList();
    all.reversed().forEach(ProcessHandle::destroyForcibly);
    ended();
  }

  /** Asks it to stop, as {@code kill} does, and returns its exit code. */
  int stop() {
    processes().stream()
        .filter(each -> each.info().command().orElse("").endsWith("java"))
        .findFirst()
        .orElseGet(process::toHandle)
        .destroy();
    return ended();
  }

  @Override
  public void close() {
    kill9();
  }

  private static Process launch(List<String> line) {
    try {
      return new ProcessBuilder(line).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All processes that belong to it, from the outside inwards: the shop may run under a tracer or a script, and engines under the shop. */
  List<ProcessHandle> processes() {
    return tree().toList();
  }

  private Stream<ProcessHandle> tree() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  private int ended() {
    process.onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).exceptionally(e -> {
      process.destroyForcibly();
      throw new AssertionError("the shop still ran " + STOP_SECONDS + " s after it was told to stop:\n" + output(), e);
    }).join();
    readers.forEach(CompletableFuture::join);
    Runtime.getRuntime().removeShutdownHook(orphanGuard);
    if (output.stream().anyMatch(line -> line.contains("LEAK:"))) {
      throw new AssertionError("the shop leaks buffers:\n" + output());
    }
    return process.exitValue();
  }

  private void collect(BufferedReader stream) {
    try (stream) {
      stream.lines().forEach(line -> {
        output.add(line);
        Matcher said = ADDRESS.matcher(line);
        if (said.matches()) {
          address.complete(URI.create(said.group(1)));
        }
      });
    } catch (IOException | UncheckedIOException e) {
      output.add("(" + e.getMessage() + ")");
    } finally {
      address.completeExceptionally(new IllegalStateException("its output ended"));
    }
  }
}
