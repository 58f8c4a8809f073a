package dev.edge4j;

import java.io.InputStream;
import java.io.Reader;

/**
 * A message of a WebSocket that is read while it arrives. The socket is read only as fast as the stream is, and no limit but the
 * reader's own patience is on its length. What is not read is skipped when the next message is asked for. Reads throw
 * {@link java.io.IOException} if the message breaks off or is malformed.
 */
public sealed interface MessageStream {
  /** Text; what has been read is valid Unicode, whatever follows. */
  record Text(Reader reader) implements MessageStream {}

  /** Bytes. */
  record Binary(InputStream stream) implements MessageStream {}
}
