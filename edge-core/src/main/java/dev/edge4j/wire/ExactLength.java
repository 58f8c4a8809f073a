package dev.edge4j.wire;

import java.io.IOException;
import java.io.OutputStream;

/** Holds a writer to the length that it has declared: whoever is told of more bytes than come waits for ever, or takes the next answer for them. */
public final class ExactLength extends OutputStream {
  private final OutputStream out;
  private final long length;
  private long left;

  public ExactLength(OutputStream out, long length) {
    this.out = out;
    this.length = length;
    this.left = length;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[]{(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] source, int from, int count) throws IOException {
    if (count > left) {
      throw new IOException("the body is longer than the " + length + " bytes that were declared");
    }
    left -= count;
    out.write(source, from, count);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /** Throws {@link IOException} if bytes are missing. */
  public void complete() throws IOException {
    if (left > 0) {
      throw new IOException("the body is " + left + " bytes shorter than the " + length + " that were declared");
    }
  }
}
