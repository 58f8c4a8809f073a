package dev.edge4j.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;

/** What comes from an origin, through one buffer, each wait within the patience of who reads. Confined to the exchange that has the connection. */
final class TimedInput {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int at;
  private int end;
  private long taken;

  TimedInput(Socket socket, InputStream in) {
    this.socket = socket;
    this.in = in;
  }

  /** Bytes that are there already. */
  int buffered() {
    return end - at;
  }

  /** Bytes that have ever come. */
  long received() {
    return taken;
  }

  /** The next byte, or -1 at the end. */
  int read(Patience patience) throws IOException {
    return buffered() > 0 || fill(patience) ? buffer[at++] & 0xff : -1;
  }

  /** Some bytes, or -1 at the end. */
  int read(byte[] target, int from, int count, Patience patience) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (buffered() == 0 && count >= BUFFER_BYTES) {
      return await(target, from, count, patience);
    }
    if (buffered() == 0 && !fill(patience)) {
      return -1;
    }
    int got = Math.min(count, buffered());
    System.arraycopy(buffer, at, target, from, got);
    at += got;
    return got;
  }

  private boolean fill(Patience patience) throws IOException {
    int got = await(buffer, 0, BUFFER_BYTES, patience);
    at = 0;
    end = Math.max(0, got);
    return got > 0;
  }

  private int await(byte[] target, int from, int count, Patience patience) throws IOException {
    try {
      while (true) {
        socket.setSoTimeout(patience.millis());
        try {
          int got = in.read(target, from, count);
          taken += Math.max(0, got);
          return got;
        } catch (SocketTimeoutException e) {
          if (patience.isOver()) { // else it was renewed while this waited
            OriginException late = patience.late();
            late.addSuppressed(e);
            throw late;
          }
        }
      }
    } catch (ClosedByInterruptException e) {
      throw interrupted(e);
    } catch (OriginException e) {
      throw e;
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted(e);
      }
      throw OriginException.broken("the connection to the origin broke off", e);
    }
  }

  private static InterruptedIOException interrupted(IOException cause) {
    var interrupted = new InterruptedIOException("interrupted while waiting for the origin");
    interrupted.initCause(cause);
    return interrupted;
  }
}
