package dev.edge4j.client;

import dev.edge4j.http.Headers;
import dev.edge4j.wire.TrailerNames;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a body that arrives while it is sent, beside the thread that waits for the response: an origin may answer before it has all of it, and go on
 * reading, or not.
 */
final class Upload implements Runnable {
  private static final int PIECE_BYTES = 16 * 1024;

  private final Outgoing.Payload.Streamed payload;
  private final Sink sink;
  private final Runnable moved;
  private final Runnable broken;
  private volatile boolean whole;
  private volatile @Nullable IOException cause;

  /** Where a body goes, in the form that its version of HTTP has for it. */
  interface Sink {
    /** Sends a piece that is not empty; blocks while the origin is slower. */
    void data(byte[] piece, int count) throws IOException;

    /** Ends the body, with these fields behind it. */
    void end(Headers trailers) throws IOException;
  }

  /**
   * One that has not begun.
   *
   * @param moved run when a piece has left
   * @param broken run if the body breaks off on its way to us: half of it must not be taken for the whole
   */
  Upload(Outgoing.Payload.Streamed payload, Sink sink, Runnable moved, Runnable broken) {
    this.payload = payload;
    this.sink = sink;
    this.moved = moved;
    this.broken = broken;
  }

  @Override
  public void run() {
    try {
      send();
      whole = true;
    } catch (IOException | RuntimeException e) {
      if (cause != null) {
        broken.run();
      } // else the origin takes no more of it: whether it has answered, who reads will see
    }
  }

  /** True once all of it has left. */
  boolean isWhole() {
    return whole;
  }

  /** What went wrong with the body on its way to us, if that was it. */
  @Nullable
  IOException cause() {
    return cause;
  }

  /**
   * What is really behind a failure of an exchange: that nobody waits for it any more, or what went wrong with the request's own body, which is no fault of
   * the origin.
   */
  static IOException behind(IOException e, boolean cancelled, @Nullable Upload upload) {
    if (cancelled) {
      var stopped = new InterruptedIOException("nobody waits for the origin any more");
      stopped.initCause(e);
      return stopped;
    }
    IOException source = upload == null ? null : upload.cause();
    return source == null ? e : source;
  }

  private void send() throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    long length = payload.length();
    long sent = 0;
    while (length < 0 || sent < length) { // who knows the end does not wait for the word that it is there
      int got = read(piece);
      if (got < 0) {
        break;
      }
      sent += got;
      if (length >= 0 && sent > length) {
        throw failed(new IOException("the body is longer than its Content-Length"));
      }
      if (got > 0) {
        sink.data(piece, got);
        moved.run();
      }
    }
    if (sent < length) {
      throw failed(new EOFException("the body is shorter than its Content-Length"));
    }
    sink.end(trailers());
  }

  private int read(byte[] piece) throws IOException {
    try {
      return payload.in().read(piece);
    } catch (IOException e) {
      throw failed(e);
    } catch (RuntimeException e) {
      throw failed(new IOException("the body cannot be read", e));
    }
  }

  private IOException failed(IOException e) {
    cause = e;
    return e;
  }

  private Headers trailers() {
    Headers.Builder kept = Headers.builder();
    payload.trailers().get().forEach((name, value) -> {
      if (!TrailerNames.isForbidden(name)) {
        kept.add(name, value);
      }
    });
    return kept.build();
  }
}
