package dev.edge4j.client;

import dev.edge4j.http.Headers;
import dev.edge4j.wire.TrailerNames;
import java.io.IOException;

/** A body as HTTP/1.1 frames it (RFC 9112 sections 6 and 7.1). At its end the connection is given back. */
final class Http1Body extends IncomingBody {
  private static final int MAX_CHUNK_LINE = 4096;
  private static final int MAX_SIZE_DIGITS = 8;

  private final Http1Exchange exchange;
  private final Framing framing;
  private final int maxTrailerBytes;
  /** Bytes of the body, or of the chunk, that are still to come. */
  private long left;
  private boolean firstChunk = true;
  private boolean whole;
  private Headers trailers = Headers.empty();

  Http1Body(Http1Exchange exchange, Framing framing, int maxTrailerBytes) {
    this.exchange = exchange;
    this.framing = framing;
    this.maxTrailerBytes = maxTrailerBytes;
    this.left = framing instanceof Framing.Length(long bytes) ? bytes : 0;
    if (framing instanceof Framing.None || (framing instanceof Framing.Length && left == 0)) {
      end();
    }
  }

  private void end() {
    whole = true;
    exchange.received(!(framing instanceof Framing.ToEnd));
  }

  @Override
  Headers trailers() {
    return trailers;
  }

  @Override
  boolean isWhole() {
    return whole;
  }

  @Override
  boolean isReady() {
    return whole || exchange.in().buffered() > 0;
  }

  @Override
  void abort() {
    exchange.abort();
  }

  @Override
  public int read(byte[] target, int from, int count) throws IOException {
    if (whole || count == 0) {
      return whole ? -1 : 0;
    }
    if (framing instanceof Framing.ToEnd) {
      return readToEnd(target, from, count);
    }
    if (left == 0 && !nextChunk()) {
      return -1;
    }
    int got = exchange.read(target, from, (int) Math.min(count, left));
    if (got < 0) {
      throw OriginException.broken("the origin closed the connection in the middle of a body");
    }
    left -= got;
    if (left == 0 && framing instanceof Framing.Length) {
      end();
    }
    return got;
  }

  private int readToEnd(byte[] target, int from, int count) throws IOException {
    int got = exchange.read(target, from, count);
    if (got < 0) {
      end();
    }
    return got;
  }

  /** False at the last one, behind which the trailers have been read. */
  private boolean nextChunk() throws IOException {
    if (!firstChunk && !line().isEmpty()) {
      throw OriginException.protocol("a chunk of the origin does not end where it should (RFC 9112 section 7.1)");
    }
    firstChunk = false;
    left = size(line());
    if (left > 0) {
      return true;
    }
    Headers.Builder kept = Headers.builder();
    exchange.trailers(maxTrailerBytes).forEach((name, value) -> {
      if (!TrailerNames.isForbidden(name)) {
        kept.add(name, value);
      }
    });
    trailers = kept.build();
    end();
    return false;
  }

  /** The size, without extensions, which mean nothing to us. */
  private static long size(String line) throws IOException {
    int end = 0;
    long size = 0;
    while (end < line.length() && hexDigit(line.charAt(end)) >= 0) {
      size = size << 4 | hexDigit(line.charAt(end++));
    }
    boolean extended = end < line.length() && ";\t ".indexOf(line.charAt(end)) >= 0;
    if (end == 0 || end > MAX_SIZE_DIGITS || (end < line.length() && !extended) || line.indexOf('\r') >= 0) {
      throw OriginException.protocol("a chunk of the origin has no size (RFC 9112 section 7.1)");
    }
    return size;
  }

  private static int hexDigit(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int b = exchange.read(); b != '\n'; b = exchange.read()) {
      if (b < 0 || line.length() > MAX_CHUNK_LINE) {
        throw b < 0 ? OriginException.broken("the origin closed the connection in the middle of a body")
            : OriginException.protocol("the line of a chunk is longer than " + MAX_CHUNK_LINE + " bytes");
      }
      line.append((char) b);
    }
    if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
      throw OriginException.protocol("the line of a chunk ends in a bare LF (RFC 9112 section 2.2)");
    }
    line.setLength(line.length() - 1);
    return line.toString();
  }
}
