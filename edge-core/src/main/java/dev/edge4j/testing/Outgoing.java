package dev.edge4j.testing;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.wire.Blanks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * A request in the form it has on the wire, whichever way it goes: whole, with {@code Host} and the fields that frame its body, so that
 * an application sees the same both ways.
 *
 * @param target visible ASCII, otherwise as the test wrote it, be it valid or not
 * @param from the address it comes from
 */
record Outgoing(Method method, String target, Headers headers, byte[] body, InetAddress from) {
  private static final String HOST = "localhost";

  /** Reads the request's body; its target is the raw one. A field of the defaults stands where the request has none of the name. */
  static Outgoing of(Request request, Headers defaults) {
    byte[] body = read(request);
    return new Outgoing(request.method(), target(request.target().raw()), fields(request, defaults, body.length), body,
        request.peer());
  }

  Outgoing with(String name, String value) {
    return new Outgoing(method, target, headers.with(name, value), body, from);
  }

  Outgoing from(InetAddress address) {
    return new Outgoing(method, target, headers, body, address);
  }

  /** The target up to its query. */
  String path() {
    int mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  boolean isChunked() {
    return headers.contains("Transfer-Encoding");
  }

  private static byte[] read(Request request) {
    byte[] bytes;
    try {
      bytes = request.body().stream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the request's body cannot be read", e);
    }
    if (bytes.length == 0 && request.headers().first("Content-Length").orElse("0").matches("0*[1-9][0-9]*")) {
      throw new IllegalStateException("the request's body was read before (expected: a new request for each send)");
    }
    return bytes;
  }

  /** What cannot stand in a target is escaped as browsers do; what would end it is refused. */
  private static String target(String raw) {
    var target = new StringBuilder(raw.length());
    for (byte b : raw.getBytes(StandardCharsets.UTF_8)) {
      if (b < 0) {
        target.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      } else if (b > ' ' && b != 127) {
        target.append((char) b);
      } else {
        throw new IllegalArgumentException("target: \"" + raw + "\" (expected: no spaces and no control characters)");
      }
    }
    if (target.isEmpty()) {
      throw new IllegalArgumentException("target: \"\" (expected: a path that begins with a slash)");
    }
    return target.toString();
  }

  private static Headers fields(Request request, Headers defaults, int length) {
    Headers.Builder fields = Headers.builder();
    if (!request.headers().contains("Host") && !defaults.contains("Host")) {
      fields.add("Host", HOST);
    }
    request.headers().forEach((name, value) -> fields.add(name, Blanks.trimmed(value)));
    defaults.forEach((name, value) -> {
      if (!request.headers().contains(name)) {
        fields.add(name, Blanks.trimmed(value));
      }
    });
    Headers all = fields.build();
    if (all.all("Host").size() > 1) {
      throw new IllegalArgumentException("Host: " + all.all("Host") + " (expected: one)");
    }
    return framed(all, request.method(), length);
  }

  private static Headers framed(Headers headers, Method method, int length) {
    List<String> codings = headers.all("Transfer-Encoding");
    if (codings.isEmpty()) {
      return length > 0 || expectsBody(method) || headers.contains("Content-Length")
          ? headers.with("Content-Length", String.valueOf(length))
          : headers;
    }
    if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
      throw new IllegalArgumentException("Transfer-Encoding: " + codings + " (expected: chunked, or none)");
    }
    return headers.without("Content-Length");
  }

  /** Methods whose requests tell the length of an empty body too (RFC 9110 section 8.6). */
  private static boolean expectsBody(Method method) {
    return method.equals(Method.POST) || method.equals(Method.PUT) || method.equals(Method.PATCH);
  }
}
