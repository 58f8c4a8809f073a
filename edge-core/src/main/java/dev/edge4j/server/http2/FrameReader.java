package dev.edge4j.server.http2;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames (RFC 9113 sections 4 and 6): bytes in, frames out, each of a legal form. It knows no stream but the one whose field
 * block is open, which nothing may interrupt. DATA is given as it arrives, all else once it is there. Confined to one thread.
 */
final class FrameReader {
  static final int HEADER_BYTES = 9;
  private static final int ACK = 0x1;
  private static final int END_STREAM = 0x1;
  private static final int END_HEADERS = 0x4;
  private static final int PADDED = 0x8;
  private static final int PRIORITY = 0x20;
  private static final int PRIORITY_BYTES = 5;
  private static final int SETTING_BYTES = 6;

  private final int maxFrameBytes;
  private int length;
  private int flags;
  private int stream;
  /** Of the DATA frame in hand. */
  private int dataLeft;
  private int paddingLeft;
  /** The stream whose field block is open; 0 if none is. */
  private int block;

  /** A reader for frames whose payload has at most that many bytes, as our settings have told the client. */
  FrameReader(int maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
  }

  /** The next frame, or piece of one, whose bytes are taken off the buffer; null until more have arrived. */
  @Nullable
  Frame next(ByteBuf in) throws ConnectionException {
    if (dataLeft + paddingLeft > 0) {
      return in.isReadable() ? data(in, -1, 0) : null;
    }
    if (in.readableBytes() < HEADER_BYTES) {
      return null;
    }
    int start = in.readerIndex();
    length = in.getUnsignedMedium(start);
    if (length > maxFrameBytes) {
      throw new ConnectionException(ErrorCode.FRAME_SIZE_ERROR,
          "a frame of " + length + " bytes (expected: at most " + maxFrameBytes + ")");
    }
    int type = in.getUnsignedByte(start + 3);
    flags = in.getUnsignedByte(start + 4);
    stream = in.getInt(start + 5) & 0x7fff_ffff;
    if (block != 0 && (type != FrameType.CONTINUATION || stream != block)) {
      throw protocol("a field block is interrupted (RFC 9113 section 4.3)");
    }
    if (type == FrameType.DATA) {
      return beginData(in);
    }
    if (in.readableBytes() < HEADER_BYTES + length) {
      return null;
    }
    in.skipBytes(HEADER_BYTES);
    return frame(type, in.readSlice(length));
  }

  /** True if a field block is open. */
  boolean isInBlock() {
    return block != 0;
  }

  /** True if what the buffer still holds is part of a DATA frame. */
  boolean isInData() {
    return dataLeft + paddingLeft > 0;
  }

  private Frame frame(int type, ByteBuf payload) throws ConnectionException {
    return switch (type) {
      case FrameType.HEADERS -> headers(payload);
      case FrameType.PRIORITY -> priority(payload);
      case FrameType.RST_STREAM -> {
        requireStream("RST_STREAM");
        require(length == 4, "RST_STREAM");
        yield new Frame.Reset(stream);
      }
      case FrameType.SETTINGS -> settings(payload);
      case FrameType.PUSH_PROMISE -> throw protocol("PUSH_PROMISE from a client (RFC 9113 section 8.4)");
      case FrameType.PING -> {
        requireConnection("PING");
        require(length == 8, "PING");
        yield new Frame.Ping(isSet(ACK), payload.readLong());
      }
      case FrameType.GOAWAY -> {
        requireConnection("GOAWAY");
        require(length >= 8, "GOAWAY");
        yield new Frame.GoAway(payload.getUnsignedInt(4));
      }
      case FrameType.WINDOW_UPDATE -> windowUpdate(payload);
      case FrameType.CONTINUATION -> continuation(payload);
      default -> new Frame.Ignored(stream);
    };
  }

  @Nullable
  private Frame beginData(ByteBuf in) throws ConnectionException {
    requireStream("DATA");
    int lengthByte = isSet(PADDED) ? 1 : 0;
    require(length >= lengthByte, "DATA");
    if (in.readableBytes() < HEADER_BYTES + lengthByte) {
      return null;
    }
    in.skipBytes(HEADER_BYTES);
    paddingLeft = lengthByte == 0 ? 0 : in.readUnsignedByte();
    dataLeft = length - lengthByte - paddingLeft;
    if (dataLeft < 0) {
      throw protocol("DATA has more padding than bytes (RFC 9113 section 6.1)");
    }
    return data(in, dataLeft, lengthByte);
  }

  private Frame data(ByteBuf in, int frameData, int lengthByte) {
    var bytes = new byte[Math.min(dataLeft, in.readableBytes())];
    in.readBytes(bytes);
    dataLeft -= bytes.length;
    int padding = dataLeft > 0 ? 0 : Math.min(paddingLeft, in.readableBytes());
    in.skipBytes(padding);
    paddingLeft -= padding;
    boolean whole = dataLeft + paddingLeft == 0;
    return new Frame.Data(stream, bytes, bytes.length + padding + lengthByte, frameData, whole && isSet(END_STREAM));
  }

  private Frame headers(ByteBuf payload) throws ConnectionException {
    requireStream("HEADERS");
    int padding = 0;
    if (isSet(PADDED)) {
      require(payload.isReadable(), "HEADERS");
      padding = payload.readUnsignedByte();
    }
    boolean onItself = false;
    if (isSet(PRIORITY)) {
      require(payload.readableBytes() >= PRIORITY_BYTES, "HEADERS");
      onItself = (payload.readInt() & 0x7fff_ffff) == stream;
      payload.skipBytes(1);
    }
    if (padding > payload.readableBytes()) {
      throw protocol("HEADERS has more padding than bytes (RFC 9113 section 6.2)");
    }
    block = isSet(END_HEADERS) ? 0 : stream;
    ByteBuf fragment = payload.slice(payload.readerIndex(), payload.readableBytes() - padding);
    return new Frame.Headers(stream, fragment, block == 0, isSet(END_STREAM), onItself);
  }

  private Frame continuation(ByteBuf payload) throws ConnectionException {
    if (block == 0) {
      throw protocol("CONTINUATION without a field block to continue (RFC 9113 section 6.10)");
    }
    block = isSet(END_HEADERS) ? 0 : stream;
    return new Frame.Continuation(stream, payload, block == 0);
  }

  private Frame priority(ByteBuf payload) throws ConnectionException {
    requireStream("PRIORITY");
    if (length != PRIORITY_BYTES) {
      return new Frame.Broken(stream, ErrorCode.FRAME_SIZE_ERROR);
    }
    boolean onItself = (payload.readInt() & 0x7fff_ffff) == stream;
    return onItself ? new Frame.Broken(stream, ErrorCode.PROTOCOL_ERROR) : new Frame.Ignored(stream);
  }

  private Frame settings(ByteBuf payload) throws ConnectionException {
    requireConnection("SETTINGS");
    require(isSet(ACK) ? length == 0 : length % SETTING_BYTES == 0, "SETTINGS");
    var values = new long[length / SETTING_BYTES * 2];
    for (int i = 0; i < values.length; i += 2) {
      values[i] = payload.readUnsignedShort();
      values[i + 1] = payload.readUnsignedInt();
    }
    return new Frame.Settings(isSet(ACK), values);
  }

  private Frame windowUpdate(ByteBuf payload) throws ConnectionException {
    require(length == 4, "WINDOW_UPDATE");
    int increment = payload.readInt() & 0x7fff_ffff;
    if (increment > 0) {
      return new Frame.WindowUpdate(stream, increment);
    }
    if (stream == 0) {
      throw protocol("WINDOW_UPDATE by nothing (RFC 9113 section 6.9)");
    }
    return new Frame.Broken(stream, ErrorCode.PROTOCOL_ERROR);
  }

  private boolean isSet(int flag) {
    return (flags & flag) != 0;
  }

  private void requireStream(String name) throws ConnectionException {
    if (stream == 0) {
      throw protocol(name + " on stream 0 (expected: a stream)");
    }
  }

  private void requireConnection(String name) throws ConnectionException {
    if (stream != 0) {
      throw protocol(name + " on stream " + stream + " (expected: stream 0)");
    }
  }

  private void require(boolean legal, String name) throws ConnectionException {
    if (!legal) {
      throw new ConnectionException(ErrorCode.FRAME_SIZE_ERROR, name + " of " + length + " bytes");
    }
  }

  private static ConnectionException protocol(String message) {
    return new ConnectionException(ErrorCode.PROTOCOL_ERROR, message);
  }
}
