package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.HttpError;
import dev.edge4j.Verdict;
import dev.edge4j.http.BodyTooLargeException;
import dev.edge4j.http.Headers;
import dev.edge4j.http.RequestBody;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Refuses with 413 a body of more than that many bytes (RFC 9110 section 15.5.14): at once if it is declared as longer, else when the byte
 * that is too many is read. What counts is what arrives, chunked or not; a declared length is only ever believed when it is too long.
 *
 * <p>Of several limits around a route the lowest counts. The server's own is always among them, so this one can only be lower. A body that
 * nobody reads is not counted.
 */
public final class BodyLimit implements Gate {
  private final long most;

  private BodyLimit(long most) {
    this.most = most;
  }

  /** Lets bodies of at most that many bytes in; 0 for none. */
  public static BodyLimit of(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("body limit: " + bytes + " (expected: 0 or more bytes)");
    }
    return new BodyLimit(bytes);
  }

  @Override
  public Verdict before(Context c) {
    if (c.header("Content-Length").filter(this::isOver).isPresent()) {
      return Verdict.answer(c.problem(new HttpError(413, String.valueOf(new BodyTooLargeException(most)
          .getMessage()))));
    }
    if (c.request().body() != RequestBody.EMPTY) {
      c.rewrite(c.request().withBody(new Counted(c.request().body(), most)));
    }
    return Verdict.pass();
  }

  /** The server has read the length and refused what is none; 19 digits may still be more than a long holds. */
  private boolean isOver(String length) {
    try {
      return Long.parseLong(length) > most;
    } catch (NumberFormatException e) {
      return length.chars().allMatch(Character::isDigit);
    }
  }

  private static final class Counted implements RequestBody {
    private final RequestBody source;
    private final Counting stream;

    Counted(RequestBody source, long most) {
      this.source = source;
      this.stream = new Counting(source, most);
    }

    @Override
    public InputStream stream() {
      return stream.open();
    }

    @Override
    public boolean isReady(int bytes) {
      return source.isReady(bytes);
    }

    @Override
    public Headers trailers() {
      return source.trailers();
    }
  }

  /** Opened late: what guards the body of a gate throws when its stream is asked for. */
  private static final class Counting extends FilterInputStream {
    private final RequestBody source;
    private final long most;
    private long read;

    Counting(RequestBody source, long most) {
      super(InputStream.nullInputStream());
      this.source = source;
      this.most = most;
    }

    InputStream open() {
      in = source.stream();
      return this;
    }

    @Override
    public int read() throws IOException {
      int next = in.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
      int count = in.read(to, from, length);
      count(Math.max(0, count));
      return count;
    }

    /** Skipped bytes have arrived too. */
    @Override
    public long skip(long bytes) throws IOException {
      long skipped = in.skip(bytes);
      count(skipped);
      return skipped;
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    private void count(long more) throws IOException {
      read += more;
      if (read > most) {
        throw new BodyTooLargeException(most);
      }
    }
  }
}
