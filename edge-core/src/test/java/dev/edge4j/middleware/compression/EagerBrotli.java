package dev.edge4j.middleware.compression;

import com.aayushatharva.brotli4j.decoder.DecoderJNI;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Decodes brotli as a browser does: what can be read is there at once. The library's own stream waits for more. */
final class EagerBrotli extends InputStream {
  private final DecoderJNI.Wrapper decoder = new DecoderJNI.Wrapper(8 * 1024);
  private final InputStream coded;
  private ByteBuffer ready = ByteBuffer.allocate(0);

  EagerBrotli(InputStream coded) throws IOException {
    this.coded = coded;
  }

  @Override
  public int read() throws IOException {
    while (!ready.hasRemaining()) {
      if (decoder.hasOutput()) {
        ready = decoder.pull();
        continue;
      }
      switch (decoder.getStatus()) {
        case DONE -> {
          return -1;
        }
        case NEEDS_MORE_INPUT -> push();
        case OK, NEEDS_MORE_OUTPUT -> decoder.push(0);
        case ERROR -> throw new IOException("not brotli");
      }
    }
    return ready.get() & 0xFF;
  }

  private void push() throws IOException {
    int next = coded.read();
    if (next < 0) {
      throw new EOFException("broke off");
    }
    decoder.getInputBuffer().clear();
    decoder.getInputBuffer().put((byte) next);
    decoder.push(1);
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    int next = length == 0 ? 0 : read();
    if (next < 0 || length == 0) {
      return next;
    }
    to[from] = (byte) next;
    return 1;
  }

  @Override
  public void close() throws IOException {
    decoder.destroy();
    coded.close();
  }
}
