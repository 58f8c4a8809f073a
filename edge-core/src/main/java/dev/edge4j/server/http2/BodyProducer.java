package dev.edge4j.server.http2;

import dev.edge4j.http.Body;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongFunction;

/** Produces the bodies that block or read a disk, on a virtual thread. */
final class BodyProducer {
  private static final int FILE_PIECE_BYTES = 16 * 1024;

  private BodyProducer() {}

  /**
   * Writes a file or a stream to its end; returns once all of it has left.
   *
   * @param headOnly true if nobody wants the bytes of a file
   * @param produced run once, when the application has nothing more to do for it
   * @param begin makes the output for a body of that length, {@link ResponseFields#NO_LENGTH} if nobody knows it
   */
  static void produce(Body body, boolean headOnly, Runnable produced, LongFunction<StreamOutput> begin)
      throws IOException {
    switch (body) {
      case Body.File(Path path) -> {
        produced.run();
        copy(path, headOnly, begin);
      }
      case Body.Stream(Body.Writer writer) -> {
        StreamOutput out = begin.apply(ResponseFields.NO_LENGTH);
        try {
          writer.writeTo(out);
        } finally {
          produced.run();
        }
        out.end();
      }
      default -> throw new IllegalStateException("a body that is there already");
    }
  }

  /** A file is opened before its length is told, so that one that has vanished is an error and not half a response. */
  private static void copy(Path path, boolean headOnly, LongFunction<StreamOutput> begin) throws IOException {
    try (InputStream file = Files.newInputStream(path)) {
      long length = Files.size(path);
      StreamOutput out = begin.apply(length);
      long left = headOnly ? 0 : length;
      while (left > 0) {
        byte[] piece = file.readNBytes((int) Math.min(left, FILE_PIECE_BYTES));
        if (piece.length == 0) {
          throw new EOFException("the file has become shorter while it was sent");
        }
        left -= piece.length;
        out.hand(piece);
      }
      out.end();
    }
  }
}
