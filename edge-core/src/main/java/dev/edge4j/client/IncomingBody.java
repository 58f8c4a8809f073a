package dev.edge4j.client;

import dev.edge4j.http.Headers;
import java.io.IOException;
import java.io.InputStream;

/** The body of a response on its way in. Confined to one thread, but for {@link #abort}. */
abstract class IncomingBody extends InputStream {
  private final byte[] single = new byte[1];

  /** The fields behind the body; empty before its end. */
  abstract Headers trailers();

  /** True once the end has been read. */
  abstract boolean isWhole();

  /** Tells the origin, or at least its connection, that nobody wants the rest; whoever reads fails. Safe for use by any thread. */
  abstract void abort();

  /** True if the next read does not wait. */
  abstract boolean isReady();

  @Override
  public abstract int read(byte[] target, int from, int count) throws IOException;

  @Override
  public final int read() throws IOException {
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  /** What has not been read is not wanted. */
  @Override
  public final void close() {
    if (!isWhole()) {
      abort();
    }
  }
}
