package dev.edge4j.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * The browser's end of a {@link SocketHandler socket}: {@code edge-socket.js}, a module that exports the class {@code EdgeSocket}, which reconnects and resumes. It
 * imports nothing and loads nothing, so it may be served under any path.
 */
public final class EdgeSocket {
  private static final String FILE = "edge-socket.js";

  private EdgeSocket() {}

  /** The script, as UTF-8; read anew by each call. */
  public static byte[] script() {
    try (InputStream in = Objects.requireNonNull(EdgeSocket.class.getResourceAsStream(FILE), FILE)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }
}
