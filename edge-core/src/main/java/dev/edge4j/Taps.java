package dev.edge4j;

import dev.edge4j.http.Body;
import dev.edge4j.http.Response;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The taps of one response's body. Confined to the request. */
final class Taps {
  private static final Logger LOG = LoggerFactory.getLogger(Taps.class);

  /** A call to what is below. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  /** Those that still get something: emptied by the one call that ends them. */
  private final List<BodyTap> open = new ArrayList<>(1);
  private boolean attached;

  /** Adds one; it is aborted if the taps were already. */
  void add(BodyTap tap) {
    open.add(tap);
    if (attached) {
      abort();
    }
  }

  /** These, and those of a part of the request that has ended in time. */
  Taps with(@Nullable Taps others) {
    if (others != null && others != this) {
      others.open.forEach(this::add);
      others.open.clear();
    }
    return this;
  }

  /**
   * Shows the body of the final response to the taps: at once if it is there, else while it is written. A file becomes a stream, for
   * it would leave without passing by here.
   *
   * @param toHead true for an answer to HEAD, which has no body
   */
  Response attach(boolean toHead, Response response) {
    if (attached) {
      return response;
    }
    attached = true;
    if (open.isEmpty()) {
      return response;
    }
    boolean bodiless = switch (response.status()) {
      case 204, 205, 304 -> true;
      default -> false;
    };
    if (toHead || (bodiless && !(response.body() instanceof Body.Empty))) {
      abort();
      return response;
    }
    return switch (response.body()) {
      case Body.Empty _,Body.Upgrade _ -> ended(response);
      case Body.Bytes(byte[] bytes) -> {
        chunk(bytes, 0, bytes.length);
        yield ended(response);
      }
      case Body.Segments(List<byte[]> segments) -> {
        segments.forEach(segment -> chunk(segment, 0, segment.length));
        yield ended(response);
      }
      case Body.File file -> response.withBody(new Body.Stream(out -> write(file::writeTo, out)));
      case Body.Stream stream -> response.withBody(new Body.Stream(out -> write(stream.writer(), out), stream.length(),
          stream.trailers()));
    };
  }

  /** Ends those that have not ended: no more bytes will come. */
  void abort() {
    attached = true;
    each(BodyTap::abort);
    open.clear();
  }

  private Response ended(Response response) {
    end();
    return response;
  }

  private void end() {
    each(BodyTap::end);
    open.clear();
  }

  private void chunk(byte[] bytes, int from, int length) {
    if (length > 0) {
      each(tap -> tap.chunk(ByteBuffer.wrap(bytes, from, length).slice().asReadOnlyBuffer()));
    }
  }

  private void write(Body.Writer writer, OutputStream out) throws IOException {
    var tapped = new Tapped(out);
    try {
      writer.writeTo(tapped);
    } catch (Throwable e) {
      abort();
      throw e;
    }
    if (tapped.broken) {
      abort();
    } else {
      end();
    }
  }

  private void each(Consumer<BodyTap> call) {
    open.removeIf(tap -> {
      try {
        call.accept(tap);
        return false;
      } catch (Throwable e) { // an error too: whoever looks on must not harm what he looks at
        LOG.error("a tap failed and sees no more of this body: {}", tap, e);
        return true;
      }
    });
  }

  /**
   * Shows the taps what was written, once it was. It remembers that a write failed, for the writer may not tell: a {@link
   * java.io.PrintWriter} swallows it.
   */
  private final class Tapped extends FilterOutputStream {
    private boolean broken;

    Tapped(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      passOn(() -> out.write(bytes, from, length));
      chunk(bytes, from, length);
    }

    @Override
    public void flush() throws IOException {
      passOn(out::flush);
    }

    private void passOn(Step step) throws IOException {
      try {
        step.run();
      } catch (Throwable e) {
        broken = true;
        throw e;
      }
    }
  }
}
