package dev.edge4j.testing;

import dev.edge4j.http.Body;
import dev.edge4j.http.Method;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;

/** Takes a body as a connection would: once something has left, a failure can no longer be answered; after the end nothing is taken. */
final class Collected extends OutputStream {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean begun;
  private boolean ended;

  /** Writes the whole body, or as much of it as a response of that kind has. */
  void write(Body body, Method method, int status) throws IOException {
    boolean bodiless = Wire.isBodiless(method, status);
    switch (body) {
      case Body.File file when method.equals(Method.HEAD) -> Files.newByteChannel(file.path()).close();
      case Body _ when bodiless -> {
        // Nothing is opened or produced.
      }
      case Body.Empty _,Body.Upgrade _ -> {
        // There is nothing.
      }
      case Body.Bytes(byte[] ready) -> write(ready);
      case Body.Segments segments -> segments.writeTo(this);
      case Body.File file -> file.writeTo(this);
      case Body.Stream stream -> {
        stream.writer().writeTo(this);
        if (stream.length().isPresent() && stream.length().getAsLong() != bytes.size()) {
          throw new IOException("a body of " + bytes.size() + " bytes (expected: the declared " + stream.length()
              .getAsLong() + ")");
        }
      }
    }
    ended = true;
  }

  @Override
  public void write(int value) throws IOException {
    begin();
    bytes.write(value);
  }

  @Override
  public void write(byte[] source, int from, int length) throws IOException {
    if (length > 0) {
      begin();
      bytes.write(source, from, length);
    }
  }

  @Override
  public void flush() throws IOException {
    begin();
  }

  private void begin() throws IOException {
    if (ended) {
      throw new IOException("the response has ended");
    }
    begun = true;
  }

  /** True once the head would have left. */
  boolean hasBegun() {
    return begun;
  }

  Body body() {
    return Wire.body(bytes.toByteArray());
  }
}
