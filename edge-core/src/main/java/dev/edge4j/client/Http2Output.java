package dev.edge4j.client;

import dev.edge4j.http.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * Writes the frames of one connection, one at a time, and compresses field blocks with Netty's encoder. Safe for use by many threads: what is written under the
 * lock is in the order in which the compression has seen it.
 */
final class Http2Output {
  private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  /** Values that an onlooker could find out bit by bit if they were compressed (RFC 7541 section 7.1.3). */
  private static final Set<String> SECRET = Set.of("authorization", "cookie", "proxy-authorization");

  private final OutputStream out;
  private final ReentrantLock lock = new ReentrantLock();
  private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder(
      (name, _) -> SECRET.contains(name.toString()), true);
  private volatile long writingSince;
  private volatile boolean writing;

  Http2Output(OutputStream out) {
    this.out = out;
  }

  /** True if a write has waited so long: the origin takes nothing. */
  boolean isStuck(long nanos) {
    return writing && System.nanoTime() - writingSince > nanos;
  }

  /** Begins the connection (RFC 9113 section 3.4): we take no pushes, and so much of each body before it is read. */
  void begin(int windowBytes, int maxHeadBytes) throws IOException {
    byte[] settings = new byte[18];
    setting(settings, 0, 2, 0);
    setting(settings, 6, 4, windowBytes);
    setting(settings, 12, 6, maxHeadBytes);
    lock.lock();
    try {
      out.write(PREFACE);
      frame(Http2Frame.SETTINGS, 0, 0, settings, 0, settings.length);
      out.flush();
    } finally {
      lock.unlock();
    }
  }

  private static void setting(byte[] target, int at, int name, int value) {
    target[at + 1] = (byte) name;
    put(target, at + 2, value);
  }

  private static void put(byte[] target, int at, int value) {
    target[at] = (byte) (value >>> 24);
    target[at + 1] = (byte) (value >>> 16);
    target[at + 2] = (byte) (value >>> 8);
    target[at + 3] = (byte) value;
  }

  /** A frame of one number: a window's growth, an error code. */
  void number(int type, int stream, int value) throws IOException {
    byte[] payload = new byte[4];
    put(payload, 0, value);
    write(type, 0, stream, payload, 0, 4);
  }

  /** Says why the connection ends. */
  void goAway(int code) throws IOException {
    byte[] payload = new byte[8];
    put(payload, 4, code);
    write(Http2Frame.GOAWAY, 0, 0, payload, 0, payload.length);
  }

  void acknowledge(int type, byte[] payload) throws IOException {
    write(type, Http2Frame.ACK, 0, payload, 0, payload.length);
  }

  /** A piece of a body; false, and nothing, if the stream has ended. */
  boolean data(Http2Window.Share share, int stream, byte[] bytes, int from, int count, boolean end)
      throws IOException {
    lock.lock();
    try {
      boolean sent = share.maySend(count, end);
      if (sent) {
        write(Http2Frame.DATA, end ? Http2Frame.END_STREAM : 0, stream, bytes, from, count);
      }
      return sent;
    } finally {
      lock.unlock();
    }
  }

  private void write(int type, int flags, int stream, byte[] payload, int from, int count) throws IOException {
    lock.lock();
    try {
      frame(type, flags, stream, payload, from, count);
      out.flush();
    } finally {
      lock.unlock();
    }
  }

  /** The origin lets our compression keep so many bytes. */
  void limitTable(long bytes) throws IOException {
    lock.lock();
    try {
      encoder.maxHeaderTableSize(Math.min(bytes, 4096));
    } catch (Http2Exception e) {
      throw OriginException.protocol("a table of " + bytes + " bytes", e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Opens a stream with the head of a request. False if it gets no number.
   *
   * @param patience for the turn: others may be writing to an origin that is slow. {@link OriginException} or {@link InterruptedIOException} if it does not come
   * @param opens gives the number of the stream, under the lock: numbers grow on the wire (section 5.1.1)
   */
  boolean request(Patience patience, IntSupplier opens, Outgoing request, boolean secure, boolean end)
      throws IOException {
    Http2Headers fields = new DefaultHttp2Headers(false, 16);
    fields.add(Http2Headers.PseudoHeaderName.METHOD.value(), request.method().name());
    fields.add(Http2Headers.PseudoHeaderName.SCHEME.value(), secure ? "https" : "http");
    fields.add(Http2Headers.PseudoHeaderName.AUTHORITY.value(), request.host());
    fields.add(Http2Headers.PseudoHeaderName.PATH.value(), request.target());
    add(fields, request.headers());
    if (request.takesTrailers()) {
      fields.add(AsciiString.cached("te"), "trailers");
    }
    if (request.expectsContinue()) {
      fields.add(AsciiString.cached("expect"), "100-continue");
    }
    long length = switch (request.payload()) {
      case Outgoing.Payload.None _ -> request.expectsBody() ? 0 : -1;
      case Outgoing.Payload.Ready(byte[] bytes) -> bytes.length;
      case Outgoing.Payload.Streamed streamed -> streamed.length();
    };
    if (length >= 0) {
      fields.add(AsciiString.cached("content-length"), Long.toString(length));
    }
    awaitTurn(patience);
    try {
      int stream = opens.getAsInt();
      if (stream > 0) {
        block(stream, fields, end);
      }
      return stream > 0;
    } finally {
      lock.unlock();
    }
  }

  private void awaitTurn(Patience patience) throws IOException {
    try {
      if (!lock.tryLock(patience.millis(), TimeUnit.MILLISECONDS)) {
        throw OriginException.connectTimeout("the connection to the origin took no request in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted while waiting for the connection to the origin")
          .initCause(e);
    }
  }

  /** The fields behind a body; false, and nothing, if the stream has ended. */
  boolean trailers(Http2Window.Share share, int stream, Headers trailers) throws IOException {
    Http2Headers fields = new DefaultHttp2Headers(false, 4);
    add(fields, trailers);
    lock.lock();
    try {
      boolean sent = share.maySend(0, true);
      if (sent) {
        block(stream, fields, true);
      }
      return sent;
    } finally {
      lock.unlock();
    }
  }

  private static void add(Http2Headers fields, Headers headers) {
    headers.forEach((name, value) -> fields.add(new AsciiString(name.toLowerCase(Locale.ROOT)),
        new AsciiString(value.getBytes(StandardCharsets.ISO_8859_1), false)));
  }

  private void block(int stream, Http2Headers fields, boolean end) throws IOException {
    ByteBuf block = Unpooled.buffer(256);
    try {
      encoder.encodeHeaders(stream, fields, block);
    } catch (Http2Exception e) {
      throw new IOException("the head cannot be compressed", e);
    }
    byte[] bytes = new byte[block.readableBytes()];
    block.readBytes(bytes);
    int from = 0;
    do {
      int count = Math.min(bytes.length - from, Http2Frame.MAX_BYTES);
      boolean last = from + count == bytes.length;
      boolean first = from == 0;
      int flags = (last ? Http2Frame.END_HEADERS : 0) | (first && end ? Http2Frame.END_STREAM : 0);
      frame(first ? Http2Frame.HEADERS : Http2Frame.CONTINUATION, flags, stream, bytes, from, count);
      from += count;
    } while (from < bytes.length);
    out.flush();
  }

  private void frame(int type, int flags, int stream, byte[] payload, int from, int count) throws IOException {
    byte[] frame = new byte[Http2Frame.HEADER_BYTES + count];
    frame[0] = (byte) (count >>> 16);
    frame[1] = (byte) (count >>> 8);
    frame[2] = (byte) count;
    frame[3] = (byte) type;
    frame[4] = (byte) flags;
    put(frame, 5, stream);
    System.arraycopy(payload, from, frame, Http2Frame.HEADER_BYTES, count);
    writingSince = System.nanoTime();
    writing = true;
    boolean interrupted = Thread.interrupted(); // a channel closes when a thread that was interrupted writes, and others use it too
    try {
      out.write(frame);
    } finally {
      writing = false;
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
