package dev.edge4j.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.edge4j.http.Headers;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A body as HTTP/1.1 has it: in chunks (RFC 9112 section 7.1), or as it is where its length was told.
 *
 * @param chunked true for chunks
 */
record Http1Sink(OutputStream out, boolean chunked) implements Upload.Sink {
  private static final byte[] LINE_END = {'\r', '\n'};
  private static final byte[] LAST_CHUNK = "0\r\n".getBytes(US_ASCII);

  @Override
  public void data(byte[] piece, int count) throws IOException {
    if (!chunked) {
      out.write(piece, 0, count);
      return;
    }
    byte[] size = Integer.toHexString(count).getBytes(US_ASCII);
    byte[] chunk = new byte[size.length + count + 2 * LINE_END.length];
    System.arraycopy(size, 0, chunk, 0, size.length);
    System.arraycopy(LINE_END, 0, chunk, size.length, LINE_END.length);
    System.arraycopy(piece, 0, chunk, size.length + LINE_END.length, count);
    System.arraycopy(LINE_END, 0, chunk, chunk.length - LINE_END.length, LINE_END.length);
    out.write(chunk);
  }

  @Override
  public void end(Headers trailers) throws IOException {
    if (chunked) {
      out.write(LAST_CHUNK);
      out.write(trailers.lines());
      out.write(LINE_END);
    }
    out.flush();
  }
}
