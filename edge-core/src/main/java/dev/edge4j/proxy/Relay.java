package dev.edge4j.proxy;

import dev.edge4j.client.OriginResponse;
import dev.edge4j.http.Tunnel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries bytes between a client and an origin that have agreed on another protocol, until either of them ends it. */
record Relay(OriginResponse origin) implements Tunnel {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final int PIECE_BYTES = 16 * 1024;

  @Override
  public String name() {
    return origin.header("Upgrade").orElse("upgrade");
  }

  @Override
  public void run(InputStream in, OutputStream out) throws IOException {
    Thread.ofVirtual().name("edge4j-relay").start(() -> {
      try {
        copy(in, origin.upgraded());
      } catch (IOException e) {
        LOG.debug("{}: the client's side has broken off", name(), e);
      } finally {
        origin.abort(); // who reads from it here ends too
      }
    });
    try {
      copy(origin.body(), out);
    } finally {
      origin.abort();
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    for (int got = in.read(piece); got >= 0; got = in.read(piece)) {
      out.write(piece, 0, got);
      out.flush();
    }
  }
}
