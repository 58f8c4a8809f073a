package dev.edge4j.http.multipart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the boundaries in a stream (RFC 2046 section 5.1.1) through one buffer, which never grows. What could be the beginning of a boundary
 * is held back until enough has arrived to tell. Confined to one thread.
 */
final class PartScanner {
  private static final int BUFFER_BYTES = 32 * 1024;
  private static final int MAX_PREAMBLE_BYTES = 8 * 1024;
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

  private enum State {
    /** Before the first boundary. */
    PREAMBLE,
    /** Within a part's content. */
    CONTENT,
    /** A boundary has been read; what follows it has not. */
    BOUNDARY,
    /** Behind the last one. */
    END
  }

  private final InputStream in;
  /** With the line end before it, which belongs to it. */
  private final byte[] delimiter;
  private final int maxHeaderBytes;
  private final byte[] buffer;
  private int from;
  private int to;
  private boolean ended;
  private State state = State.PREAMBLE;
  private long contentLeft;
  /** False until the line end between a head and its content has been passed. */
  private boolean begun;
  /** So many bytes at the beginning are known to hold no boundary: nothing is looked through twice. */
  private int clear;

  PartScanner(InputStream in, String boundary, int maxHeaderBytes) {
    this.in = in;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    this.maxHeaderBytes = maxHeaderBytes;
    this.buffer = new byte[Math.max(BUFFER_BYTES, maxHeaderBytes + HEAD_END.length + delimiter.length)];
    // The first boundary may stand at the very beginning, where there is no line end before it.
    buffer[0] = '\r';
    buffer[1] = '\n';
    this.to = 2;
  }

  /** Skips what is left of the part before, and reads the head of the next one; empty behind the last boundary. */
  Optional<byte[]> nextHead() throws IOException {
    if (state == State.END) {
      return Optional.empty();
    }
    skipToBoundary();
    if (!endsLine()) {
      state = State.END;
      skipRest();
      return Optional.empty();
    }
    int end = find(HEAD_END, from);
    while (end < 0) {
      if (to - from > maxHeaderBytes) {
        throw new MalformedFormException("multipart: the header fields of a part are longer than " + maxHeaderBytes
            + " bytes", true);
      }
      fill();
      end = find(HEAD_END, from);
    }
    byte[] head = Arrays.copyOfRange(buffer, from, end);
    if (head.length > maxHeaderBytes) {
      throw new MalformedFormException("multipart: the header fields of a part are longer than " + maxHeaderBytes
          + " bytes", true);
    }
    from = end + 2; // its last line end may be the one before the next boundary
    state = State.CONTENT;
    begun = false;
    return Optional.of(head);
  }

  /** The content of the part whose head was read last, of at most so many bytes. */
  InputStream content(long maxBytes) {
    contentLeft = maxBytes;
    return new Content(maxBytes);
  }

  private void skipToBoundary() throws IOException {
    long skipped = 0;
    while (state != State.BOUNDARY) {
      int count = bytesToBoundary();
      skipped += count;
      clear -= count;
      if (state == State.PREAMBLE && skipped > MAX_PREAMBLE_BYTES) {
        throw new MalformedFormException("multipart: no boundary within the first " + MAX_PREAMBLE_BYTES + " bytes",
            false);
      }
      from += count;
    }
  }

  /**
   * How many bytes of content (or preamble) stand at the beginning of the buffer, at least one; or 0 once a boundary stands there, which is
   * then passed.
   */
  private int bytesToBoundary() throws IOException {
    if (clear > 0) {
      return clear;
    }
    if (state == State.CONTENT && !begun) {
      begun = true;
      require(delimiter.length);
      if (!startsWith(delimiter)) {
        from += 2;
      }
    }
    while (true) {
      int at = find(delimiter, from);
      if (at == from) {
        from += delimiter.length;
        state = State.BOUNDARY;
        return 0;
      }
      int count = at > 0 ? at - from : to - from - (delimiter.length - 1);
      if (count > 0) {
        clear = count;
        return count;
      }
      fill();
    }
  }

  /** What follows a boundary: true for the end of its line, after which a part begins; false for the two dashes that end the form. */
  private boolean endsLine() throws IOException {
    require(2);
    if (buffer[from] == '-' && buffer[from + 1] == '-') {
      from += 2;
      checkEnd();
      return false;
    }
    while (buffer[from] == ' ' || buffer[from] == '\t') { // transport padding
      from++;
      require(2);
    }
    if (buffer[from] != '\r' || buffer[from + 1] != '\n') {
      throw new MalformedFormException("multipart: a boundary with something behind it", false);
    }
    from += 2;
    return true;
  }

  /** Behind the last boundary stands a line end, or nothing at all. */
  private void checkEnd() throws IOException {
    if (from == to && !ended) {
      int count = in.read(buffer, to, Math.min(1, buffer.length - to));
      ended = count < 0;
      to += Math.max(0, count);
    }
    if (from < to && " \t\r".indexOf(buffer[from]) < 0) {
      throw new MalformedFormException("multipart: a boundary with something behind it", false);
    }
  }

  /** What comes behind the last boundary means nothing, but the connection wants it read. */
  private void skipRest() throws IOException {
    long left = MAX_PREAMBLE_BYTES;
    left -= to - from;
    from = 0;
    to = 0;
    int count = ended ? -1 : in.read(buffer);
    while (count >= 0) {
      left -= count;
      if (left < 0) {
        break;
      }
      count = in.read(buffer);
    }
    if (left < 0) {
      throw new MalformedFormException("multipart: more than " + MAX_PREAMBLE_BYTES + " bytes behind the last part",
          true);
    }
  }

  /** Reads until there are so many bytes; a form that ends before is malformed. */
  private void require(int count) throws IOException {
    while (to - from < count) {
      fill();
    }
  }

  private void fill() throws IOException {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    int count = ended ? -1 : in.read(buffer, to, buffer.length - to);
    if (count < 0) {
      ended = true;
      throw new MalformedFormException("multipart: the form ends within a part", false);
    }
    to += count;
  }

  private boolean startsWith(byte[] wanted) {
    return Arrays.equals(buffer, from, from + wanted.length, wanted, 0, wanted.length);
  }

  /** Where that stands first, or -1. */
  private int find(byte[] wanted, int start) {
    int last = to - wanted.length;
    for (int i = start; i <= last; i++) {
      if (buffer[i] == '\r' && Arrays.equals(buffer, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }

  /** The content of one part. */
  private final class Content extends InputStream {
    private final long maxBytes;
    private boolean over;

    Content(long maxBytes) {
      this.maxBytes = maxBytes;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int count = over || state != State.CONTENT ? 0 : Math.min(length, bytesToBoundary());
      if (count == 0) {
        over = true;
        return -1;
      }
      if (count > contentLeft) {
        throw new MalformedFormException("multipart: a file of more than " + maxBytes + " bytes", true);
      }
      contentLeft -= count;
      clear -= count;
      System.arraycopy(buffer, from, target, offset, count);
      from += count;
      return count;
    }
  }
}
