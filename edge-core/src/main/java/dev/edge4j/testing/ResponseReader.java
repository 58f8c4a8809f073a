package dev.edge4j.testing;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Response;
import dev.edge4j.wire.Blanks;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Reads one response from a connection, strictly: what is not HTTP/1.1 (RFC 9112) is an {@link IOException}. */
final class ResponseReader {
  private static final int MAX_LINE = 1024 * 1024;

  private final InputStream in;

  ResponseReader(InputStream in) {
    this.in = in;
  }

  /** Reads the final response to a request of that method; interim ones are skipped. */
  Response read(Method method) throws IOException {
    int status = status(line());
    Headers headers = headers();
    while (status < 200) {
      status = status(line());
      headers = headers();
    }
    byte[] body = Wire.isBodiless(method, status) ? new byte[0] : body(headers);
    return new Response(status, Fields.ofApplication(headers), Wire.body(body));
  }

  private static int status(String line) throws IOException {
    if (!line.matches("HTTP/1\\.1 [1-5][0-9]{2} .*")) {
      throw new IOException("status line: \"" + line + "\" (expected: HTTP/1.1, a status and a phrase)");
    }
    return Integer.parseInt(line, 9, 12, 10);
  }

  private Headers headers() throws IOException {
    Headers.Builder headers = Headers.builder();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new IOException("header line: \"" + line + "\" (expected: a name, a colon and a value)");
      }
      try {
        headers.add(line.substring(0, colon), Blanks.trimmed(line.substring(colon + 1)));
      } catch (IllegalArgumentException e) {
        throw new IOException("header line: \"" + line + "\" (expected: a token and a value)", e);
      }
    }
    return headers.build();
  }

  private byte[] body(Headers headers) throws IOException {
    Optional<String> coding = headers.first("Transfer-Encoding");
    Optional<String> length = headers.first("Content-Length");
    if (coding.isPresent()) {
      if (length.isPresent() || !headers.all("Transfer-Encoding").equals(List.of("chunked"))) {
        throw new IOException("a body framed in two ways, or in one that nobody asked for:\n" + headers);
      }
      return chunks();
    }
    if (length.isEmpty() || !length.get().matches("[0-9]{1,9}")) {
      throw new IOException("Content-Length: " + length.orElse("none") + " (expected: a number of at most 9 digits)");
    }
    return exactly(Integer.parseInt(length.get()));
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    while (true) {
      String size = line();
      if (!size.matches("[0-9a-fA-F]{1,7}")) {
        throw new IOException("chunk size: \"" + size + "\" (expected: at most 7 hexadecimal digits)");
      }
      int length = HexFormat.fromHexDigits(size);
      body.write(exactly(length));
      if (!line().isEmpty()) {
        throw new IOException("a chunk, or the trailer, does not end where it should");
      }
      if (length == 0) {
        return body.toByteArray();
      }
    }
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the response broke off after " + bytes.length + " of " + length + " bytes");
    }
    return bytes;
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 || line.size() > MAX_LINE) {
        throw new EOFException("the response broke off in a line: \"" + line.toString(StandardCharsets.ISO_8859_1)
            + "\"");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    if (!text.endsWith("\r")) {
      throw new IOException("line: \"" + text + "\" (expected: a carriage return before the line feed)");
    }
    return text.substring(0, text.length() - 1);
  }
}
