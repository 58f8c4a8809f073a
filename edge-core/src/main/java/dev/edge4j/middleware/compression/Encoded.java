package dev.edge4j.middleware.compression;

import dev.edge4j.http.Body;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Bodies in their coded form. */
final class Encoded {
  private Encoded() {}

  /** Codes bytes that are there already. */
  static byte[] bytes(ContentCoding coding, byte[] bytes) {
    var coded = new ByteArrayOutputStream(Math.max(64, bytes.length / 2));
    try (OutputStream encoder = coding.encode(coded)) {
      encoder.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(coding.name() + " fails in memory", e);
    }
    return coded.toByteArray();
  }

  /** A file, coded while it is read. */
  static Body file(ContentCoding coding, Body.File file) {
    return stream(coding, out -> Files.copy(file.path(), out));
  }

  /** A stream, coded while it is written. */
  static Body stream(ContentCoding coding, Body.Writer writer) {
    return new Body.Stream(out -> {
      var client = new Uncloseable(out);
      OutputStream encoder = coding.encode(client);
      boolean whole = false;
      try {
        writer.writeTo(encoder);
        encoder.close();
        whole = true;
      } finally {
        if (!whole) {
          client.mute();
          encoder.close(); // frees what it holds
        }
      }
    });
  }
}
