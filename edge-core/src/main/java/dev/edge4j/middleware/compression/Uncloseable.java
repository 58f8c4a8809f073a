package dev.edge4j.middleware.compression;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The client's stream as an encoder sees it: not to be closed by it, and deaf once what is written has failed. */
final class Uncloseable extends FilterOutputStream {
  private boolean deaf;

  Uncloseable(OutputStream out) {
    super(out);
  }

  /** From now on nothing reaches the client: an end written by an encoder would make half a body look whole. */
  void mute() {
    deaf = true;
  }

  @Override
  public void write(int value) throws IOException {
    if (!deaf) {
      out.write(value);
    }
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    if (!deaf) {
      out.write(bytes, from, length);
    }
  }

  @Override
  public void flush() throws IOException {
    if (!deaf) {
      out.flush();
    }
  }

  @Override
  public void close() {
    // The server ends the response.
  }
}
