package dev.edge4j.server.websocket;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/** The bytes of one message, decompressed and counted as they are read. A read returns what has arrived, and waits only for the first byte. */
final class MessageInput extends InputStream {
  /**
   * Where messages come from.
   *
   * @param inflating null if there is no compression
   * @param lock held while one is read, since the next one may be asked for meanwhile
   * @param malformed told why the connection has to be closed
   */
  record Source(Inbound inbound, @Nullable Inflating inflating, ReentrantLock lock,
      Consumer<Piece.Malformed> malformed) {}

  private final Source source;
  private final long limit;
  private Piece.Data piece;
  private int position;
  private boolean atEnd;
  private long count;

  /** A message that begins with that piece and may have so many bytes. */
  MessageInput(Source source, Piece.Data first, long limit) {
    this.source = source;
    this.limit = limit;
    this.piece = first;
    begin(first);
  }

  boolean isText() {
    return piece.text();
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    source.lock().lock();
    try {
      while (!atEnd) {
        int read = piece.compressed() ? inflate(target, from, length) : copy(target, from, length);
        if (read > 0) {
          counted(read);
          return read;
        }
        advance();
      }
      return -1;
    } finally {
      source.lock().unlock();
    }
  }

  /** Reads to the end and throws it away; false if the message has none. */
  boolean skipRest() {
    var scratch = new byte[8 * 1024];
    try {
      while (read(scratch, 0, scratch.length) >= 0) {
        // What nobody wants still has to pass by, for the context that it leaves behind.
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Says that the connection has to be closed, and fails. */
  IOException malformed(int code, String reason) {
    source.malformed().accept(new Piece.Malformed(code, reason));
    return new IOException(reason);
  }

  private void begin(Piece.Data next) {
    piece = next;
    position = 0;
    Inflating inflating = source.inflating();
    if (next.compressed() && inflating != null) {
      inflating.input(next.bytes(), next.last());
    }
  }

  private void advance() throws EOFException {
    if (piece.last()) {
      atEnd = true;
    } else {
      begin(source.inbound().take().orElseThrow(() -> new EOFException("the WebSocket was closed inside a message")));
    }
  }

  private int copy(byte[] target, int from, int length) {
    int here = Math.min(length, piece.bytes().length - position);
    System.arraycopy(piece.bytes(), position, target, from, here);
    position += here;
    return here;
  }

  private int inflate(byte[] target, int from, int length) throws IOException {
    Inflating inflating = source.inflating();
    if (inflating == null) {
      throw new IllegalStateException("compressed, though that was not agreed on");
    }
    try {
      return inflating.output(target, from, length);
    } catch (DataFormatException e) {
      throw malformed(CloseCode.INVALID_DATA, "the compressed data is malformed");
    }
  }

  private void counted(int read) throws IOException {
    count += read;
    if (count > limit) {
      throw malformed(CloseCode.TOO_BIG, "a message is larger than " + limit + " bytes");
    }
  }
}
