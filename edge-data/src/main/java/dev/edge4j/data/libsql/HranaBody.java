package dev.edge4j.data.libsql;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The body of an answer, which must go on coming: the JDK's time-out ends with the head. Each wait has an end, and what is read at once a
 * limit. Confined to one thread.
 */
final class HranaBody implements AutoCloseable {
  private final InputStream in;
  private final int most;

  HranaBody(InputStream in, Duration patience, Deadline deadline, int most) {
    this.in = new BufferedInputStream(new Timed(in, patience, deadline), 32 * 1024);
    this.most = most;
  }

  byte[] all() throws HranaException {
    try {
      byte[] bytes = in.readNBytes(most);
      if (bytes.length == most && in.read() >= 0) {
        throw tooLarge();
      }
      return bytes;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** The beginning, for messages. */
  String excerpt(int bytes) {
    try {
      return new String(in.readNBytes(bytes), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "and nothing that could be read";
    }
  }

  /** A line without its end; empty at the end of the body. */
  byte[] line() throws HranaException {
    var line = new ByteArrayOutputStream(256);
    try {
      for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        if (line.size() == most) {
          throw tooLarge();
        }
        line.write(next);
      }
      return line.toByteArray();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private HranaException tooLarge() {
    return HranaException.lost("the answer is larger than " + most
        + " bytes (expected: fewer rows, forEach, or another LibsqlOptions.maxAnswerBytes)", null);
  }

  private static HranaException broken(IOException e) {
    return HranaException.lost("the answer broke off: " + e.getMessage(), e);
  }

  /** Of what was not read to its end the connection goes too. */
  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Closes the stream below when a read takes too long, which ends that read. */
  private static final class Timed extends InputStream {
    private final InputStream in;
    private final Duration patience;
    private final Deadline deadline;
    private volatile boolean late;

    Timed(InputStream in, Duration patience, Deadline deadline) {
      this.in = in;
      this.patience = patience;
      this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      TimeSource.Timer timer = TimeSource.system().after(deadline.atMost(patience), this::giveUp);
      try {
        int read = in.read(into, from, length);
        if (late) {
          throw new HttpTimeoutException("nothing more came in time");
        }
        return read;
      } catch (IOException e) {
        if (late && !(e instanceof HttpTimeoutException)) {
          var timeout = new HttpTimeoutException("nothing more came in time");
          timeout.initCause(e);
          throw timeout;
        }
        throw e;
      } finally {
        timer.cancel();
      }
    }

    private void giveUp() {
      late = true;
      Thread.ofVirtual().name("edge4j-libsql-late").start(this::closeLate);
    }

    private void closeLate() {
      try {
        in.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
