package dev.edge4j.server.http1;

import dev.edge4j.http.Headers;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads the requests of one connection piece by piece (RFC 9112). It takes bytes only as pieces are asked for, so that what is
 * pipelined stays where it is, and it gives the same pieces however the bytes were split on their way. After a
 * {@link Piece.Malformed} it throws away whatever comes. Confined to one thread.
 */
public final class Decoder {
  private static final int MAX_PIECE_BYTES = 8 * 1024;
  private static final Limit CHUNK_LINE = new Limit(1024, 400, "the line before a chunk is too long");

  /** All the extensions of one body together: they are read for nothing. */
  private static final int MAX_EXTENSION_BYTES = 16 * 1024;

  private enum State {
    /** Before or in a request line. */
    LINE,
    /** In the header fields. */
    FIELDS,
    /** In a body of known length. */
    FIXED,
    /** Before or in the line of a chunk. */
    CHUNK_LINE,
    /** In a chunk's data. */
    CHUNK_DATA,
    /** Behind a chunk's data. */
    CHUNK_END,
    /** In the trailer fields. */
    TRAILERS,
    /** Lost. */
    MALFORMED
  }

  private final Limit lineLimit;
  private final Limit fieldLimit;
  private final int maxFields;
  private final LineScanner scanner = new LineScanner();
  private State state = State.LINE;
  private boolean emptyLineSeen;
  private @Nullable RequestLine line;
  private @Nullable Piece ready;
  private long left;
  private int extensionBytes;

  /**
   * A decoder for a new connection.
   *
   * @param maxLineBytes longest request line; over it 414
   * @param maxFieldBytes all header fields together, and all trailer fields; over it 431
   * @param maxFields how many of either; over it 431
   */
  public Decoder(int maxLineBytes, int maxFieldBytes, int maxFields) {
    this.maxFields = maxFields;
    this.lineLimit = new Limit(maxLineBytes, 414, "the request line is longer than " + maxLineBytes + " bytes");
    this.fieldLimit = new Limit(maxFieldBytes, 431, "the header fields are longer than " + maxFieldBytes + " bytes");
  }

  /** The next piece, whose bytes are taken off the buffer; null until more have arrived. */
  public @Nullable Piece next(ByteBuf in) {
    ready = null;
    try {
      while (ready == null && advance(in)) {
        // each round takes one part of the grammar
      }
    } catch (MalformedException e) {
      state = State.MALFORMED;
      ready = e.piece();
    }
    return ready;
  }

  /** True if it got further. */
  private boolean advance(ByteBuf in) throws MalformedException {
    return in.isReadable() && switch (state) {
      case LINE -> readLine(in);
      case FIELDS -> readFields(in);
      case FIXED, CHUNK_DATA -> readData(in);
      case CHUNK_LINE -> readChunkLine(in);
      case CHUNK_END -> readChunkEnd(in);
      case TRAILERS -> readTrailers(in);
      case MALFORMED -> {
        in.skipBytes(in.readableBytes());
        yield false;
      }
    };
  }

  private boolean readLine(ByteBuf in) throws MalformedException {
    byte first = in.getByte(in.readerIndex());
    if (first == '\r' && !emptyLineSeen) {
      emptyLineSeen = skipLineEnd(in); // one is forgiven (RFC 9112 section 2.2)
      return emptyLineSeen;
    }
    if (!ChunkLine.isToken(first)) {
      throw new MalformedException("the request does not begin with a method (RFC 9112 section 3)");
    }
    int length = scanner.line(in, lineLimit);
    if (length < 0) {
      return false;
    }
    line = RequestLine.parse(take(in, length));
    state = State.FIELDS;
    return true;
  }

  private boolean readFields(ByteBuf in) throws MalformedException {
    int length = scanner.section(in, fieldLimit);
    RequestLine begun = line;
    if (length < 0 || begun == null) {
      return false;
    }
    var framing = new Framing();
    Headers headers = FieldSection.parse(bytes(in, length), maxFields, framing);
    Piece.Head head = framing.head(begun, headers);
    line = null;
    emptyLineSeen = false;
    extensionBytes = 0;
    left = head.length();
    state = head.isBodiless() ? State.LINE : left == Piece.Head.CHUNKED ? State.CHUNK_LINE : State.FIXED;
    ready = head;
    return true;
  }

  private boolean readData(ByteBuf in) {
    int count = (int) Math.min(left, Math.min(in.readableBytes(), MAX_PIECE_BYTES));
    byte[] bytes = bytes(in, count);
    left -= count;
    boolean last = left == 0 && state == State.FIXED;
    if (left == 0) {
      state = last ? State.LINE : State.CHUNK_END;
    }
    ready = new Piece.Content(bytes, last);
    return true;
  }

  private boolean readChunkLine(ByteBuf in) throws MalformedException {
    int length = scanner.line(in, CHUNK_LINE);
    if (length < 0) {
      return false;
    }
    byte[] chunkLine = take(in, length);
    left = ChunkLine.size(chunkLine);
    extensionBytes += Math.max(0, chunkLine.length - ChunkLine.MAX_SIZE_DIGITS);
    if (extensionBytes > MAX_EXTENSION_BYTES) {
      throw new MalformedException("the extensions of chunks are too long (RFC 9112 section 7.1.1)");
    }
    state = left == 0 ? State.TRAILERS : State.CHUNK_DATA;
    return true;
  }

  private boolean readChunkEnd(ByteBuf in) throws MalformedException {
    boolean ended = skipLineEnd(in);
    if (ended) {
      state = State.CHUNK_LINE;
    }
    return ended;
  }

  private boolean readTrailers(ByteBuf in) throws MalformedException {
    int length = scanner.section(in, fieldLimit);
    if (length < 0) {
      return false;
    }
    Headers trailers = FieldSection.parse(bytes(in, length), maxFields, Trailers::check);
    state = State.LINE;
    ready = new Piece.Content(new byte[0], true, trailers);
    return true;
  }

  /** Skips CR LF once both have arrived; anything else is malformed as soon as it is seen. */
  private static boolean skipLineEnd(ByteBuf in) throws MalformedException {
    int at = in.readerIndex();
    boolean both = in.readableBytes() > 1;
    if (in.getByte(at) != '\r' || (both && in.getByte(at + 1) != '\n')) {
      throw new MalformedException("there is no CR LF where a line must end (RFC 9112 section 2.2)");
    }
    if (both) {
      in.skipBytes(2);
    }
    return both;
  }

  /** A line's bytes without its end. */
  private static byte[] take(ByteBuf in, int length) {
    byte[] text = bytes(in, length - 2);
    in.skipBytes(2);
    return text;
  }

  private static byte[] bytes(ByteBuf in, int count) {
    var bytes = new byte[count];
    in.readBytes(bytes);
    return bytes;
  }
}
