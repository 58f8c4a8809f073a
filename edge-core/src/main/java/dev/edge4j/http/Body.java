package dev.edge4j.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

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
   * Bytes that are ready to send and lie in several arrays, one after the other: a page whose parts are kept and shared. They leave by a
   * gathering write, without being put together first.
   *
   * @param segments handed over, not copied: nobody may change an array after this; each may be empty
   */
  record Segments(List<byte[]> segments) implements Body {
    /** Copies the list, not what is in it. */
    public Segments {
      segments = List.copyOf(segments);
    }

    /** The bytes of all of them together; {@link ArithmeticException} for 2 GB and more. */
    public int length() {
      long length = 0;
      for (byte[] segment : segments) {
        length += segment.length;
      }
      return Math.toIntExact(length);
    }

    /** Writes one after the other. */
    public void writeTo(OutputStream out) throws IOException {
      for (byte[] segment : segments) {
        out.write(segment);
      }
    }

    /** A copy in one piece; for whoever cannot do with several. */
    public byte[] joined() {
      var joined = new byte[length()];
      int at = 0;
      for (byte[] segment : segments) {
        System.arraycopy(segment, 0, joined, at, segment.length);
        at += segment.length;
      }
      return joined;
    }
  }

  /**
   * A file, sent from where it lies.
   *
   * @param path an existing, readable file
   * @param part the bytes of it that are sent; absent means all
   */
  record File(Path path, Optional<ByteRange> part) implements Body {
    private static final int PIECE_BYTES = 64 * 1024;

    /** All of it. */
    public File(Path path) {
      this(path, Optional.empty());
    }

    /** Copies the bytes that are sent; for whoever cannot send them from where they lie. */
    public void writeTo(OutputStream out) throws IOException {
      try (InputStream in = Files.newInputStream(path)) {
        in.skipNBytes(part.map(ByteRange::first).orElse(0L));
        if (part.isEmpty()) {
          in.transferTo(out);
          return;
        }
        for (long left = part.get().length(); left > 0;) {
          byte[] piece = in.readNBytes((int) Math.min(left, PIECE_BYTES));
          if (piece.length == 0) {
            throw new EOFException("the file is shorter than the part of it that was asked for");
          }
          out.write(piece);
          left -= piece.length;
        }
      }
    }
  }

  /**
   * A body that is written while it is produced, on a virtual thread.
   *
   * @param writer called once; its writes block while the client is slower than it
   * @param length how many bytes it will write, if that is known; to write more or fewer breaks the response off
   * @param trailers asked once the writer has returned, for fields that are sent behind the body over HTTP/2, and over HTTP/1.1 to a
   *        client that says it takes them ({@code TE: trailers}, RFC 9110 section 6.5)
   */
  record Stream(Writer writer, OptionalLong length, Optional<Supplier<Headers>> trailers) implements Body {
    /** Of a length that nobody knows, without trailers. */
    public Stream(Writer writer) {
      this(writer, OptionalLong.empty(), Optional.empty());
    }

    /** Of so many bytes, without trailers. */
    public Stream(Writer writer, long length) {
      this(writer, OptionalLong.of(length), Optional.empty());
    }
  }

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

  /** A protocol that a connection goes on with, a {@link Tunnel} say. Who serves the connection knows its kind, or answers 501. */
  interface Protocol {
    /** As it stands in {@code Upgrade}. */
    String name();
  }

  static Body empty() {
    return Empty.INSTANCE;
  }
}
