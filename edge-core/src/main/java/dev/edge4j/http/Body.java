package dev.edge4j.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** A response's body. Nothing is opened or produced before it is written. */
public sealed interface Body {
  /** No body at all. */
  record Empty() implements Body {
    static final Empty INSTANCE = new Empty();
  }

  /**
   * Bytes that are ready to send.
   *
   * @param bytes handed over, not copied: nobody may change them after this
   */
  record Bytes(byte[] bytes) implements Body {}

  /**
   * A file, sent from where it lies.
   *
   * @param path an existing, readable file
   */
  record File(Path path) implements Body {}

  /**
   * A body that is written while it is produced, on a virtual thread.
   *
   * @param writer called once; its writes block while the client is slower than it
   */
  record Stream(Writer writer) implements Body {}

  /** Produces a stream. */
  @FunctionalInterface
  interface Writer {
    /** Writes the whole body; a write fails with an {@link IOException} once the client has left. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * No body: once the head has left, the connection belongs to another protocol (RFC 9110 section 7.8). Of a response with status 101, and
   * of that alone.
   *
   * @param next what goes on over the connection
   */
  record Upgrade(Protocol next) implements Body {}

  /** A protocol that a connection goes on with. Who serves the connection knows its kind, or answers 501. */
  interface Protocol {
    /** As it stands in {@code Upgrade}. */
    String name();
  }

  static Body empty() {
    return Empty.INSTANCE;
  }
}
