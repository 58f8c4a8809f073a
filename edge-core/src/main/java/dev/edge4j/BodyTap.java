package dev.edge4j;

import java.nio.ByteBuffer;

/**
 * Looks on while a response's body is written, without holding it up: what a {@link Gate} takes that needs the body, which its
 * {@code after} may not touch. {@link Context#tap} takes one.
 *
 * <p>Every tap gets any number of chunks and then exactly one of {@link #end} and {@link #abort}. It is called by one thread at a
 * time, the event loop among them, so it must not block. A tap that throws is logged and gets nothing more; the response goes on.
 */
public interface BodyTap {
  /**
   * The next bytes of the body.
   *
   * @param bytes read-only, and this tap's for the call alone: what is to be kept is copied
   */
  void chunk(ByteBuffer bytes);

  /** All bytes were seen. A cache stores here and nowhere else. */
  void end();

  /**
   * The body broke off, or is not written at all: the client left, its writer failed, the request was {@code HEAD}, another
   * response took the place of this one.
   */
  void abort();
}
