package dev.edge4j.client;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one connection, and undoes the compression of field blocks with Netty's decoder (RFC 9113 sections 4 and 6, RFC 7541). Confined to the thread
 * that reads.
 */
final class Http2Input {
  private static final int HEADER_LENGTH = Http2Frame.HEADER_BYTES;

  private final InputStream in;
  private final int maxBlockBytes;
  private final Ordered decoder;

  /**
   * A whole field block.
   *
   * @param fields names and values in turn, as they stand there
   * @param tooLarge true if they are more than allowed, and not all here
   */
  record Block(int stream, boolean endStream, List<String> fields, boolean tooLarge) {}

  /** Keeps the order of fields, which Netty's own table does not: where a pseudo-header field stands is a rule (section 8.3). */
  private static final class Ordered extends DefaultHttp2HeadersDecoder {
    private static final int HUFFMAN_BYTES = 32;

    private final Sink sink = new Sink();

    private static final class Sink extends DefaultHttp2Headers {
      private List<String> fields = List.of();

      Sink() {
        super(false, 2);
      }

      @Override
      public Http2Headers add(CharSequence name, CharSequence value) {
        fields.add(name.toString());
        fields.add(value.toString());
        return this;
      }
    }

    Ordered(int maxBytes) {
      super(false, maxBytes, HUFFMAN_BYTES);
    }

    @Override
    protected Http2Headers newHeaders() {
      return sink;
    }

    List<String> decode(int stream, byte[] block) throws Http2Exception {
      var fields = new ArrayList<String>(24);
      sink.fields = fields;
      var _ = decodeHeaders(stream, Unpooled.wrappedBuffer(block));
      return fields;
    }
  }

  Http2Input(InputStream in, int maxHeadBytes) {
    this.in = in;
    this.maxBlockBytes = maxHeadBytes;
    this.decoder = new Ordered(maxHeadBytes);
  }

  /** The next frame; null at the end of the connection. */
  @Nullable
  Http2Frame next() throws IOException {
    byte[] header = in.readNBytes(HEADER_LENGTH);
    if (header.length == 0) {
      return null;
    }
    if (header.length < HEADER_LENGTH) {
      throw new EOFException("the connection ends in a frame");
    }
    int length = (header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | (header[2] & 0xff);
    if (length > Http2Frame.MAX_BYTES) {
      throw OriginException.protocol("the origin sends a frame of " + length + " bytes (RFC 9113 section 4.2)");
    }
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException("the connection ends in a frame");
    }
    int stream = new Http2Frame(0, 0, 0, header, 0).number(5);
    return unpadded(new Http2Frame(header[3] & 0xff, header[4] & 0xff, stream, payload, length));
  }

  private static Http2Frame unpadded(Http2Frame frame) throws OriginException {
    boolean mayBePadded = frame.type() == Http2Frame.DATA || frame.type() == Http2Frame.HEADERS;
    byte[] payload = frame.payload();
    int from = 0;
    int to = payload.length;
    if (mayBePadded && frame.has(Http2Frame.PADDED)) {
      from = 1;
      to -= payload.length == 0 ? 1 : payload[0] & 0xff;
    }
    if (frame.type() == Http2Frame.HEADERS && frame.has(Http2Frame.PRIORITY)) {
      from += 5;
    }
    if (from > to) {
      throw OriginException.protocol("a frame of the origin is shorter than its padding (RFC 9113 section 6.1)");
    }
    return from == 0 && to == payload.length ? frame
        : new Http2Frame(frame.type(), frame.flags(), frame.stream(), Arrays.copyOfRange(payload, from, to), frame
            .size());
  }

  /** The block that begins with that frame of type HEADERS, with what continues it (section 4.3). */
  Block block(Http2Frame first) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.write(first.payload());
    Http2Frame last = first;
    while (!last.has(Http2Frame.END_HEADERS)) {
      last = next();
      boolean continues = last != null && last.type() == Http2Frame.CONTINUATION && last.stream() == first.stream();
      if (last == null || !continues || bytes.size() + last.payload().length > maxBlockBytes) {
        throw OriginException.protocol(
            "a field block of the origin does not end, or is too large (RFC 9113 section 6.10)");
      }
      bytes.write(last.payload());
    }
    boolean end = first.has(Http2Frame.END_STREAM);
    try {
      return new Block(first.stream(), end, decoder.decode(first.stream(), bytes.toByteArray()), false);
    } catch (Http2Exception.HeaderListSizeException _) { // found at the end of the block, so that the next one can be read
      return new Block(first.stream(), end, List.of(), true);
    } catch (Http2Exception e) {
      throw OriginException.protocol("a field block of the origin cannot be read: " + e.getMessage(), e);
    }
  }
}
