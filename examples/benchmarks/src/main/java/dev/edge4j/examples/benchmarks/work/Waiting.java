package dev.edge4j.examples.benchmarks.work;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;

/** What handlers do that are not quick: they wait, or they keep the processor. Safe for use by many threads. */
public final class Waiting {
  private static final int BYTES = 64;
  private static final Duration SLEEP = Duration.ofMillis(5);
  private static final Duration BURN = Duration.ofMillis(200);
  private static final int ECHO_PORT = Integer.getInteger("bench.echo", 0);
  private static final ConcurrentLinkedDeque<Socket> IDLE = new ConcurrentLinkedDeque<>();

  private Waiting() {}

  /** Waits 5 ms. */
  public static byte[] sleep() throws InterruptedException {
    Thread.sleep(SLEEP);
    return Answers.plaintext();
  }

  /** Keeps the processor for 200 ms of the clock on the wall. */
  public static byte[] burn() {
    long end = System.nanoTime() + BURN.toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return Answers.plaintext();
  }

  /** Sends 64 bytes to the echo server of {@code -Dbench.echo} and waits until they are back, on a pooled connection. */
  public static byte[] roundTrip() throws IOException {
    Socket pooled = IDLE.pollFirst();
    Socket socket = pooled == null ? connect() : pooled;
    socket.getOutputStream().write(new byte[BYTES]);
    if (socket.getInputStream().readNBytes(BYTES).length < BYTES) {
      throw new EOFException("the echo server has hung up");
    }
    IDLE.addFirst(socket);
    return Answers.plaintext();
  }

  private static Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), ECHO_PORT);
    socket.setTcpNoDelay(true);
    return socket;
  }
}
