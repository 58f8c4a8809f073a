package dev.edge4j.server.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Speaks HTTP/2 frame by frame, so that a test can be as rude as it likes. Compresses nothing; confined to one thread. */
final class Http2Client implements AutoCloseable {
  static final int END_STREAM = 0x1;
  static final int ACK = 0x1;
  static final int END_HEADERS = 0x4;
  static final byte[] NOTHING = {};
  private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);

  /** A frame as it came. */
  record Received(int type, int flags, int stream, byte[] payload) {
    boolean endsStream() {
      return (type == FrameType.DATA || type == FrameType.HEADERS) && (flags & END_STREAM) != 0;
    }

    /** The code of a RST_STREAM or GOAWAY frame. */
    int code() {
      return ByteBuffer.wrap(payload).getInt(type == FrameType.GOAWAY ? 4 : 0);
    }

    /** The last stream of a GOAWAY frame. */
    int lastStream() {
      return ByteBuffer.wrap(payload).getInt(0);
    }
  }

  /** A whole response. */
  record Answer(int status, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, ISO_8859_1);
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false, 100_000);

  private Http2Client(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** A connection on which nothing has been said. */
  static Http2Client silent(int port) throws IOException {
    return new Http2Client(port);
  }

  /** A connection with preface and settings, as identifiers and values. */
  static Http2Client connect(int port, int... settings) throws IOException {
    Http2Client client = silent(port);
    client.raw(PREFACE).settings(settings);
    return client;
  }

  Http2Client raw(byte[] bytes) throws IOException {
    out.write(bytes);
    return this;
  }

  Http2Client frame(int type, int flags, int stream, byte[] payload) throws IOException {
    return raw(frameBytes(type, flags, stream, payload));
  }

  static byte[] frameBytes(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  Http2Client settings(int... settings) throws IOException {
    ByteBuffer payload = ByteBuffer.allocate(settings.length * 3);
    for (int i = 0; i < settings.length; i += 2) {
      payload.putShort((short) settings[i]).putInt(settings[i + 1]);
    }
    return frame(FrameType.SETTINGS, 0, 0, payload.array());
  }

  Http2Client get(int stream, String path) throws IOException {
    return request(stream, "GET", path, true);
  }

  Http2Client request(int stream, String method, String path, boolean end, String... fields) throws IOException {
    byte[] block = concat(block(":method", method, ":scheme", "http", ":authority", "t", ":path", path), block(fields));
    return headers(stream, end, block);
  }

  Http2Client headers(int stream, boolean end, byte[] block) throws IOException {
    return frame(FrameType.HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block);
  }

  Http2Client data(int stream, boolean end, byte[] bytes) throws IOException {
    return frame(FrameType.DATA, end ? END_STREAM : 0, stream, bytes);
  }

  Http2Client reset(int stream, int code) throws IOException {
    return frame(FrameType.RST_STREAM, 0, stream, number(code));
  }

  Http2Client windowUpdate(int stream, int increment) throws IOException {
    return frame(FrameType.WINDOW_UPDATE, 0, stream, number(increment));
  }

  Http2Client ping(long payload) throws IOException {
    return frame(FrameType.PING, 0, 0, ByteBuffer.allocate(8).putLong(payload).array());
  }

  static byte[] number(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  /** Fields as literals that nobody remembers (RFC 7541 section 6.2.2). */
  static byte[] block(String... namesAndValues) {
    var block = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      block.write(0);
      string(block, namesAndValues[i]);
      string(block, namesAndValues[i + 1]);
    }
    return block.toByteArray();
  }

  private static void string(ByteArrayOutputStream block, String text) {
    length(block, 7, text.length());
    block.writeBytes(text.getBytes(ISO_8859_1));
  }

  /** An integer behind a prefix of so many bits, all else of whose byte is 0 (RFC 7541 section 5.1). */
  static void length(ByteArrayOutputStream block, int prefix, int value) {
    int full = (1 << prefix) - 1;
    if (value < full) {
      block.write(value);
      return;
    }
    block.write(full);
    int rest = value - full;
    while (rest >= 128) {
      block.write(rest % 128 + 128);
      rest /= 128;
    }
    block.write(rest);
  }

  static byte[] concat(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  /** The next frame; settings of the server are acknowledged on the way. */
  Received next() throws IOException {
    int head = in.readInt();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = in.readNBytes(head >>> 8);
    var frame = new Received(head & 0xff, flags, stream, payload);
    if (frame.type() == FrameType.SETTINGS && (flags & ACK) == 0) {
      frame(FrameType.SETTINGS, ACK, 0, NOTHING);
    }
    return frame;
  }

  /** Reads up to the first frame of that type; of that stream unless it is 0. */
  Received await(int type, int stream) throws IOException {
    while (true) {
      Received frame = next();
      if (frame.type() == type && (stream == 0 || frame.stream() == stream)) {
        return frame;
      }
    }
  }

  /** The response on that stream; windows are given back as its body arrives. */
  Answer answer(int stream) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    var body = new ByteArrayOutputStream();
    while (true) {
      Received frame = next();
      boolean gone = frame.type() == FrameType.GOAWAY && frame.code() != 0;
      if (gone || (frame.type() == FrameType.RST_STREAM && frame.stream() == stream)) {
        throw new IOException("ended with code " + frame.code());
      }
      if (frame.type() == FrameType.HEADERS) {
        Map<String, String> fields = fields(frame);
        if (frame.stream() == stream && !"100".equals(fields.get(":status"))) {
          headers.putAll(fields);
        }
      }
      if (frame.type() == FrameType.DATA && frame.payload().length > 0) {
        windowUpdate(0, frame.payload().length);
        if (frame.stream() == stream) {
          body.writeBytes(frame.payload());
          if (!frame.endsStream()) {
            windowUpdate(stream, frame.payload().length);
          }
        }
      }
      if (frame.stream() == stream && frame.endsStream()) {
        return new Answer(Integer.parseInt(headers.getOrDefault(":status", "0")), headers, body.toByteArray());
      }
    }
  }

  /** Every HEADERS frame must be read with this or {@link #answer}, in order: the compression depends on it. */
  Map<String, String> fields(Received headers) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    try {
      decoder.decodeHeaders(headers.stream(), Unpooled.wrappedBuffer(headers.payload()))
          .forEach(field -> fields.put(field.getKey().toString(), field.getValue().toString()));
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
    return fields;
  }

  /** The code with which the server ends the connection; -1 if it does so without a word. */
  int endCode() throws IOException {
    try {
      int code = await(FrameType.GOAWAY, 0).code();
      awaitEnd();
      return code;
    } catch (EOFException | SocketException end) {
      return -1;
    }
  }

  /** Reads until the server has closed. */
  void awaitEnd() throws IOException {
    try {
      in.skipNBytes(Long.MAX_VALUE);
    } catch (EOFException | SocketException end) {
      // that is it
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
