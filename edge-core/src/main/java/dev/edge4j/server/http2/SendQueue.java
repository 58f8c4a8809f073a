package dev.edge4j.server.http2;

import dev.edge4j.http.Headers;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/** What of one response's body waits for the flow-control windows. Confined to the event loop. */
final class SendQueue {
  private final ArrayDeque<byte[]> chunks = new ArrayDeque<>(2);
  private int offset;
  private long bytes;
  private boolean ended;
  private Headers trailers = Headers.empty();

  /** Takes over the bytes. */
  void add(byte[] chunk) {
    if (chunk.length > 0) {
      chunks.add(chunk);
      bytes += chunk.length;
    }
  }

  /** Nothing more will be added, and these fields come behind it. */
  void end(Headers behind) {
    ended = true;
    trailers = behind;
  }

  Headers trailers() {
    return trailers;
  }

  long bytes() {
    return bytes;
  }

  /** True if an end is to be sent, with or without bytes before it. */
  boolean hasEnded() {
    return ended;
  }

  /** True if there is something to send: bytes, or the end alone. */
  boolean isWaiting() {
    return bytes > 0 || ended;
  }

  /** Moves so many bytes, of which there are as many. */
  void moveTo(ByteBuf out, int count) {
    int left = count;
    while (left > 0) {
      byte[] chunk = chunks.getFirst();
      int part = Math.min(left, chunk.length - offset);
      out.writeBytes(chunk, offset, part);
      offset += part;
      left -= part;
      if (offset == chunk.length) {
        chunks.removeFirst();
        offset = 0;
      }
    }
    bytes -= count;
  }

  void clear() {
    chunks.clear();
    bytes = 0;
    offset = 0;
    ended = false;
  }
}
