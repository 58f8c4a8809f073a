package dev.edge4j.server.http2;

import dev.edge4j.http.Body;
import dev.edge4j.http.ByteRange;
import dev.edge4j.http.Headers;
import dev.edge4j.server.wire.Bodies;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
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
      case Body.File file -> {
        produced.run();
        copy(file, headOnly, begin);
      }
      case Body.Stream stream -> {
        // A client that knows the length may be gone before the trailers: curl is.
        StreamOutput out = begin.apply(stream.trailers().isPresent() ? ResponseFields.NO_LENGTH
            : stream.length().orElse(ResponseFields.NO_LENGTH));
        Bodies.write(stream, out, produced);
        out.end(Bodies.trailers(stream));
      }
      default -> throw new IllegalStateException("a body that is there already");
    }
  }

  /** A file is opened before its length is told, so that one that has vanished is an error and not half a response. */
  private static void copy(Body.File body, boolean headOnly, LongFunction<StreamOutput> begin) throws IOException {
    try (InputStream file = Files.newInputStream(body.path())) {
      long size = Files.size(body.path());
      long from = body.part().map(ByteRange::first).orElse(0L);
      long length = body.part().map(ByteRange::length).orElse(size);
      if (from + length > size) {
        throw new EOFException("the file is shorter than the part of it that was asked for");
      }
      file.skipNBytes(from);
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
      out.end(Headers.empty());
    }
  }
}
