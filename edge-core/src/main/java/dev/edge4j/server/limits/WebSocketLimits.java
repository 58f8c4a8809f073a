package dev.edge4j.server.limits;

import java.time.Duration;

/**
 * What one WebSocket may take.
 *
 * @param maxMessageBytes a message that is received whole, decompressed; over it 1009. One that is read as a stream may be longer
 * @param maxFrameBytes one frame, as it is on the wire; over it 1009
 * @param maxBufferedBytes what waits to be sent; over it senders wait
 * @param pingAfter when the peer has been silent so long, it is asked for a sign of life
 * @param pongWithin if none comes so soon, it is gone
 * @param closeWithin how long the peer may take for its part of the closing handshake
 */
public record WebSocketLimits(int maxMessageBytes, long maxFrameBytes, int maxBufferedBytes, Duration pingAfter,
    Duration pongWithin, Duration closeWithin) {
  /** Refuses limits that no message could keep, and times in which no peer could answer. */
  public WebSocketLimits {
    if (maxMessageBytes < 1 || maxFrameBytes < 1 || maxBufferedBytes < 1) {
      throw new IllegalArgumentException("WebSockets: messages of " + maxMessageBytes + " bytes, frames of "
          + maxFrameBytes + ", " + maxBufferedBytes + " to be sent (expected: at least 1 each)");
    }
    if (!Spans.canBeKept(pingAfter, pongWithin, closeWithin)) {
      throw new IllegalArgumentException("WebSockets: ping after " + pingAfter + ", pong within " + pongWithin
          + ", close within " + closeWithin + " (expected: " + Spans.EXPECTED + " each)");
    }
  }

  /** 16 MiB for a message and a frame, 256 KiB to be sent, 30 seconds until a ping, 30 for its pong, 5 for a close. */
  public static WebSocketLimits defaults() {
    return new WebSocketLimits(16 * 1024 * 1024, 16 * 1024 * 1024, 256 * 1024, Duration.ofSeconds(30),
        Duration.ofSeconds(30), Duration.ofSeconds(5));
  }

  /** Sets the largest message; a frame may be as large. */
  public WebSocketLimits withMaxMessageBytes(int bytes) {
    return new WebSocketLimits(bytes, bytes, maxBufferedBytes, pingAfter, pongWithin, closeWithin);
  }

  /** Sets the largest frame, where it shall differ from the largest message. */
  public WebSocketLimits withMaxFrameBytes(long bytes) {
    return new WebSocketLimits(maxMessageBytes, bytes, maxBufferedBytes, pingAfter, pongWithin, closeWithin);
  }

  public WebSocketLimits withMaxBufferedBytes(int bytes) {
    return new WebSocketLimits(maxMessageBytes, maxFrameBytes, bytes, pingAfter, pongWithin, closeWithin);
  }

  /** Sets how long a peer may be silent before it is asked, and how soon it must answer. */
  public WebSocketLimits withPings(Duration after, Duration answeredWithin) {
    return new WebSocketLimits(maxMessageBytes, maxFrameBytes, maxBufferedBytes, after, answeredWithin, closeWithin);
  }

  public WebSocketLimits withCloseWithin(Duration newCloseWithin) {
    return new WebSocketLimits(maxMessageBytes, maxFrameBytes, maxBufferedBytes, pingAfter, pongWithin, newCloseWithin);
  }
}
