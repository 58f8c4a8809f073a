package dev.edge4j.examples.benchmarks.driver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** A process that serves. */
record Instance(Process process, int port) {
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final byte[] REQUEST = "GET /plaintext HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
      .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OK = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);

  /** A clock tick of the kernel's accounts, which is 10 ms on every Linux that Java runs on. */
  private static final double TICK_MILLIS = 10;

  /** Asks without a pause until the answer is 200; false if the process ends or half a minute is over before that. */
  boolean awaitFirst() {
    long end = System.nanoTime() + START_NANOS;
    while (process.isAlive() && System.nanoTime() < end) {
      if (answers()) {
        return true;
      }
    }
    stop();
    return false;
  }

  private boolean answers() {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(REQUEST);
      byte[] begin = socket.getInputStream().readNBytes(OK.length);
      return Arrays.equals(begin, OK);
    } catch (IOException e) {
      return false; // not yet
    }
  }

  /** CPU time that it has used so far, and those that it has started. */
  double cpuMillis() throws IOException {
    double millis = cpuMillis(process.pid());
    for (ProcessHandle each : process.descendants().toList()) {
      millis += cpuMillis(each.pid());
    }
    return millis;
  }

  private static double cpuMillis(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", "" + pid, "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MILLIS;
  }

  /** Resident memory. */
  double residentMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc", "" + process.pid(), "status"))
        .stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .sum() / 1024.0;
  }

  /** Asks it to end, and waits: it may have a cache to write. */
  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
