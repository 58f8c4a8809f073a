package dev.edge4j.client;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One open connection to an origin. Confined to the exchange that has it, but for {@link #abort}. */
final class Link {
  private final SocketChannel channel;
  private final TimedInput in;
  private final OutputStream out;
  private final boolean http2;
  private long idleSince;
  private long keptNanos = Long.MAX_VALUE;
  private boolean used;

  /**
   * An open one.
   *
   * @param socket the channel's own, or TLS over it
   * @param http2 true if that was agreed on
   */
  Link(SocketChannel channel, Socket socket, boolean http2) throws IOException {
    this.channel = channel;
    this.in = new TimedInput(socket, socket.getInputStream());
    this.out = socket.getOutputStream();
    this.http2 = http2;
  }

  TimedInput in() {
    return in;
  }

  OutputStream out() {
    return out;
  }

  boolean isHttp2() {
    return http2;
  }

  /** True if a request was sent over it before this one: the origin may have closed it since without our knowing. */
  boolean wasUsed() {
    return used;
  }

  /** The exchange is over, and another may follow; the origin keeps it open for so long. */
  void rest(long origins) {
    used = true;
    keptNanos = origins;
    idleSince = System.nanoTime();
  }

  boolean isOlderThan(long nanos) {
    return System.nanoTime() - idleSince >= Math.min(nanos, keptNanos);
  }

  /** True if the other end has neither closed it nor sent what nobody asked for. What comes between two exchanges would be taken for an answer. */
  boolean isQuiet() {
    if (in.buffered() > 0 || !channel.isOpen()) {
      return false;
    }
    try {
      channel.configureBlocking(false);
      try {
        return channel.read(ByteBuffer.allocate(1)) == 0;
      } finally {
        channel.configureBlocking(true);
      }
    } catch (IOException _) {
      return false;
    }
  }

  /** Ends it without a word, at once; whoever reads or writes fails. Safe for use by any thread. */
  void abort() {
    try {
      channel.close();
    } catch (IOException _) {
      // It is of no use any more, which is what was wanted.
    }
  }
}
