package dev.edge4j.server.http2;

import io.netty.buffer.ByteBuf;

/** What a {@link FrameReader} makes of bytes: a frame whose form is right, whatever it means here (RFC 9113 section 6). */
sealed interface Frame {
  /** The stream it is about; 0 for the connection. */
  int stream();

  /**
   * A piece of a DATA frame, as it arrives.
   *
   * @param bytes data without padding, perhaps none
   * @param flow what the piece takes of the flow-control windows, padding included
   * @param frameData how much data the whole frame has; -1 for all pieces but the first
   * @param endStream true if no data follows on this stream
   */
  record Data(int stream, byte[] bytes, int flow, int frameData, boolean endStream) implements Frame {
    boolean beginsFrame() {
      return frameData >= 0;
    }
  }

  /**
   * The beginning of a field block, or all of it.
   *
   * @param fragment valid until the next frame is asked for
   * @param onItself true if the stream is said to depend on itself (RFC 7540 section 5.3.1)
   */
  record Headers(int stream, ByteBuf fragment, boolean endHeaders, boolean endStream,
      boolean onItself) implements Frame {}

  /** A further part of the field block before it, on the same stream; the fragment is valid until the next frame is asked for. */
  record Continuation(int stream, ByteBuf fragment, boolean endHeaders) implements Frame {}

  record Reset(int stream) implements Frame {}

  /**
   * Settings of the client, or that it has taken ours.
   *
   * @param values identifiers and values, alternating
   */
  record Settings(boolean ack, long[] values) implements Frame {
    @Override
    public int stream() {
      return 0;
    }
  }

  record Ping(boolean ack, long payload) implements Frame {
    @Override
    public int stream() {
      return 0;
    }
  }

  record GoAway(long code) implements Frame {
    @Override
    public int stream() {
      return 0;
    }
  }

  /** Never by zero. */
  record WindowUpdate(int stream, int increment) implements Frame {}

  /** PRIORITY, and types that nobody knows: read over (RFC 9113 sections 5.3.2 and 5.5). */
  record Ignored(int stream) implements Frame {}

  /** A frame whose form is wrong in a way that costs its stream and no more. */
  record Broken(int stream, ErrorCode code) implements Frame {}
}
