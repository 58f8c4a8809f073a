package dev.edge4j.server.http2;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * Undoes the compression of one connection's field blocks (RFC 7541), with Netty's decoder. Too many fields are counted and not kept, because the table has
 * to be followed all the same; far too many are what a few bytes made of a large table, and end the connection. Confined to one thread.
 */
final class HeaderDecoder {
  /** How far a block may go beyond what is kept. */
  private static final int BOMB_FACTOR = 16;
  private static final int HUFFMAN_BYTES = 32;

  private final int maxBytes;
  private final long bombBytes;
  private final Decompressor decompressor;

  /** Stops Netty's decoder, which wraps it and is of no use to anybody after it. */
  private static final class BombException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BombException() {
      super(null, null, false, false);
    }
  }

  /** Hands fields on instead of keeping them in a table of its own. */
  private final class Sink extends DefaultHttp2Headers {
    private FieldList fields = new FieldList(0);

    Sink() {
      super(false, 2);
    }

    @Override
    public Http2Headers add(CharSequence name, CharSequence value) {
      fields.add(name, value);
      if (fields.bytes() > bombBytes) {
        throw new BombException();
      }
      return this;
    }
  }

  private final class Decompressor extends DefaultHttp2HeadersDecoder {
    private final Sink sink = new Sink();

    Decompressor() {
      super(false, Http2CodecUtil.MAX_HEADER_LIST_SIZE, HUFFMAN_BYTES);
    }

    @Override
    protected Http2Headers newHeaders() {
      return sink;
    }
  }

  /** A decoder that keeps so many bytes of fields at most, counted as RFC 9113 section 6.5.2 counts them. */
  HeaderDecoder(int maxBytes) {
    this.maxBytes = maxBytes;
    this.bombBytes = (long) maxBytes * BOMB_FACTOR;
    this.decompressor = new Decompressor();
  }

  /** The fields of a whole block, whose bytes are taken. */
  FieldList decode(int stream, ByteBuf block) throws ConnectionException {
    var fields = new FieldList(maxBytes);
    decompressor.sink.fields = fields;
    try {
      var _ = decompressor.decodeHeaders(stream, block);
      return fields;
    } catch (Http2Exception e) {
      if (fields.bytes() > bombBytes) {
        throw new ConnectionException(ErrorCode.ENHANCE_YOUR_CALM,
            "a field block is more than " + bombBytes + " bytes without its compression");
      }
      throw new ConnectionException(ErrorCode.COMPRESSION_ERROR, "a field block cannot be read: " + e.getMessage());
    }
  }
}
