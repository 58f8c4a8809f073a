package dev.edge4j.data.engines;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server in a process of its own that ends when this one does: a shell between them waits for the end of its input, which comes
 * however this process ends, and then ends the server. Safe for use by many threads.
 */
final class EngineProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);
  static final Duration STOP = Duration.ofSeconds(15);
  private static final int SHOWN = 2_000;
  /** The output is the server's process id and nothing else. What is left of the input is never read: its end is what counts. */
  private static final String WATCH = "signal=$1; shift; \"$@\" </dev/null >/dev/null & child=$!; echo $child; "
      + "cat >/dev/null; kill -$signal $child 2>/dev/null; "
      + "wait $child";

  private final String name;
  private final Process shell;
  private final ProcessHandle server;
  private final Path log;

  private EngineProcess(String name, Process shell, ProcessHandle server, Path log) {
    this.name = name;
    this.shell = shell;
    this.server = server;
    this.log = log;
  }

  /**
   * Starts a server and waits until it accepts connections and {@code ready} says that it can use them.
   *
   * @param stop the signal that ends it in good order, as in {@code TERM}
   * @param folder where it runs, and where what it says on its error output goes to {@code server.log}
   */
  static EngineProcess start(String name, String stop, EngineFolder folder, int port, BooleanSupplier ready,
      List<String> command) {
    Path log = folder.resolve("server.log");
    // In a session of its own, or Ctrl-C would reach the server, and end it before the program that still needs it.
    List<String> line = new ArrayList<>(List.of("setsid", "sh", "-c", WATCH, name, stop));
    line.addAll(command);
    try {
      Process shell = new ProcessBuilder(line).directory(folder.path().toFile())
          .redirectError(ProcessBuilder.Redirect.appendTo(
              log.toFile()))
          .start();
      String pid = shell.inputReader(StandardCharsets.US_ASCII).readLine();
      if (pid == null) {
        throw new EngineException(name + " did not start" + lastWords(log), null);
      }
      ProcessHandle server = ProcessHandle.of(Long.parseLong(pid)).orElse(shell.toHandle());
      var started = new EngineProcess(name, shell, server, log);
      started.await(port, ready);
      return started;
    } catch (IOException e) {
      throw new EngineException(name + " could not be started: " + e.getMessage(), e);
    }
  }

  private void await(int port, BooleanSupplier ready) {
    long end = System.nanoTime() + START.toNanos();
    while (!accepts(port) || !ready.getAsBoolean()) {
      if (!shell.isAlive() || !server.isAlive() || System.nanoTime() > end) {
        close();
        throw new EngineException(name + " did not become ready on port " + port + lastWords(log), null);
      }
      pause();
    }
  }

  static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted while a server started", e);
    }
  }

  static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** A port that nobody listens on now. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new EngineException("no port is free: " + e.getMessage(), e);
    }
  }

  /** The process id of the server. */
  long pid() {
    return server.pid();
  }

  /** Ends the server at once, by SIGKILL, and waits for its end; processes of its own too, which would be in the way of the next. */
  void kill() {
    List<ProcessHandle> all = Stream.concat(Stream.of(server), server.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    close();
    all.forEach(EngineProcess::awaitEnd);
  }

  /** One that nobody has asked about stays in the list, without its program. */
  private static void awaitEnd(ProcessHandle process) {
    long end = System.nanoTime() + STOP.toNanos();
    while (process.isAlive() && process.info().command().isPresent() && System.nanoTime() < end) {
      pause();
    }
  }

  /** Ends the server in good order; by force if that takes too long. */
  @Override
  public void close() {
    try {
      shell.getOutputStream().close();
    } catch (IOException e) {
      server.destroy(); // the pipe is broken: the shell is gone
    }
    try {
      if (!shell.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        server.destroyForcibly();
        shell.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      server.destroyForcibly();
    }
  }

  static String lastWords(@Nullable Path log) {
    try {
      if (log == null || !Files.exists(log)) {
        return "";
      }
      String text = Files.readString(log);
      return "; it printed last:\n" + text.substring(Math.max(0, text.length() - SHOWN));
    } catch (IOException e) {
      return "";
    }
  }
}
