package dev.edge4j.cache.response;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Where the writer of a body writes to: each write is a piece that readers see at once, as it would leave at once. Confined to the writer. */
final class FillingOutput extends OutputStream {
  private final Filling filling;
  private long written;

  FillingOutput(Filling filling) {
    this.filling = filling;
  }

  /** How many bytes were written so far. */
  long written() {
    return written;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[]{(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    if (length > 0) {
      written += length;
      filling.append(Arrays.copyOfRange(bytes, from, from + length));
    }
  }
}
