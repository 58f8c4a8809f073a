package dev.edge4j.middleware.compression;

import dev.edge4j.http.Body;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;

/** Bodies in their coded form. */
final class Encoded {
  private Encoded() {}

  /** Codes bytes that are there already. */
  static byte[] bytes(ContentCoding coding, byte[] bytes) {
    return whole(coding, bytes.length, out -> out.write(bytes));
  }

  /** Codes bytes that are there already, in several arrays. */
  static byte[] segments(ContentCoding coding, Body.Segments segments) {
    return whole(coding, segments.length(), segments::writeTo);
  }

  private static byte[] whole(ContentCoding coding, int length, Body.Writer writer) {
    var coded = new ByteArrayOutputStream(Math.max(64, length / 2));
    try (OutputStream encoder = coding.encode(coded)) {
      writer.writeTo(encoder);
    } catch (IOException e) {
      throw new UncheckedIOException(coding.name() + " fails in memory", e);
    }
    return coded.toByteArray();
  }

  /** A file, coded while it is read. */
  static Body.Stream file(ContentCoding coding, Body.File file) {
    return stream(coding, new Body.Stream(file::writeTo));
  }

  /** A stream, coded while it is written, of a length that nobody knows any more. */
  static Body.Stream stream(ContentCoding coding, Body.Stream stream) {
    Body.Writer coded = out -> {
      var client = new Uncloseable(out);
      OutputStream encoder = coding.encode(client);
      boolean whole = false;
      try {
        stream.writer().writeTo(encoder);
        encoder.close();
        whole = true;
      } finally {
        if (!whole) {
          client.mute();
          encoder.close(); // frees what it holds
        }
      }
    };
    return new Body.Stream(coded, OptionalLong.empty(), stream.trailers());
  }
}
