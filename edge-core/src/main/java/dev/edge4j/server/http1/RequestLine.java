package dev.edge4j.server.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.Method;
import dev.edge4j.http.RequestTarget;
import java.util.Arrays;

/**
 * The first line of a request (RFC 9112 section 3): method, target and version with one space between each.
 *
 * @param old true for HTTP/1.0
 */
record RequestLine(Method method, RequestTarget target, boolean old) {
  private static final byte[] USUAL_VERSION = "HTTP/1.1".getBytes(ISO_8859_1);
  private static final int VERSION_LENGTH = "HTTP/1.1".length();

  /** Reads a line without its end. */
  static RequestLine parse(byte[] line) throws MalformedException {
    int first = space(line, 0);
    int second = space(line, first + 1);
    boolean old = isOld(line, second + 1);
    Method method = method(line, first);
    if (method.name().equals("CONNECT")) {
      throw new MalformedException(501, "CONNECT is for proxies (RFC 9110 section 9.3.6)");
    }
    for (int i = first + 1; i < second; i++) {
      if (line[i] <= ' ' || line[i] == 127) {
        throw new MalformedException("the request target holds more than visible ASCII (RFC 3986 section 2)");
      }
    }
    try {
      String target = new String(line, first + 1, second - first - 1, ISO_8859_1);
      return new RequestLine(method, RequestTarget.parse(target), old);
    } catch (BadRequestException e) {
      throw new MalformedException(String.valueOf(e.getMessage()));
    }
  }

  private static int space(byte[] line, int from) throws MalformedException {
    for (int i = from; i < line.length; i++) {
      if (line[i] == ' ') {
        return i;
      }
    }
    throw new MalformedException("the request line is not \"method target version\" (RFC 9112 section 3)");
  }

  private static Method method(byte[] line, int end) throws MalformedException {
    if (end == 3 && line[0] == 'G' && line[1] == 'E' && line[2] == 'T') {
      return Method.GET;
    }
    try {
      return Method.of(new String(line, 0, end, ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw new MalformedException(String.valueOf(e.getMessage()));
    }
  }

  /** Later versions than 1.1 with the same first number are read as 1.1 (RFC 9110 section 2.5). */
  private static boolean isOld(byte[] line, int from) throws MalformedException {
    if (Arrays.equals(line, from, line.length, USUAL_VERSION, 0, USUAL_VERSION.length)) {
      return false;
    }
    String version = new String(line, from, line.length - from, ISO_8859_1);
    boolean wellFormed = version.length() == VERSION_LENGTH && version.startsWith("HTTP/") && version.charAt(6) == '.'
        && isDigit(version.charAt(5)) && isDigit(version.charAt(7));
    if (!wellFormed) {
      throw new MalformedException("the request line does not end in a version (RFC 9112 section 2.3)");
    }
    if (version.charAt(5) != '1') {
      throw new MalformedException(505, "the version is " + version + " (expected: HTTP/1.1 or HTTP/1.0)");
    }
    return version.charAt(7) == '0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
