package dev.edge4j.client;

import dev.edge4j.http.Headers;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/** A body on a stream of HTTP/2: as much at a time as the origin takes (RFC 9113 section 6.9). */
record Http2Sink(Http2Output out, Http2Window.Share share, int stream, Duration patience) implements Upload.Sink {
  @Override
  public void data(byte[] piece, int count) throws IOException {
    int from = 0;
    while (from < count) {
      int room = room(Math.min(count - from, Http2Frame.MAX_BYTES));
      check(room > 0 && out.data(share, stream, piece, from, room, false));
      from += room;
    }
  }

  private static void check(boolean wanted) throws IOException {
    if (!wanted) {
      throw new IOException("the origin wants no more of the body");
    }
  }

  private int room(int most) throws IOException {
    try {
      return share.take(most, patience.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while sending the body");
    }
  }

  @Override
  public void end(Headers trailers) throws IOException {
    check(trailers.size() > 0 ? out.trailers(share, stream, trailers)
        : out.data(share, stream, new byte[0], 0, 0, true));
  }
}
