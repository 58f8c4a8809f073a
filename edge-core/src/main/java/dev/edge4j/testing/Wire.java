package dev.edge4j.testing;

import dev.edge4j.http.Body;
import dev.edge4j.http.Method;
import dev.edge4j.http.Response;
import java.io.IOException;
import java.time.Duration;

/** One way to an application. Safe for use by many threads. */
interface Wire extends AutoCloseable {
  /** How long an answer may take, and over a socket each pause in it. */
  Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * Sends a request and gives the whole response, its body as bytes. When it returns, the work that handlers left for after the response
   * has been started. A response that breaks off is an {@link IOException}.
   */
  Response send(Outgoing request) throws IOException;

  @Override
  void close();

  /** True if a response has no content, whatever its fields say (RFC 9110 sections 6.4.1 and 15.3.6). */
  static boolean isBodiless(Method method, int status) {
    return method.equals(Method.HEAD) || status == 204 || status == 205 || status == 304;
  }

  static Body body(byte[] bytes) {
    return bytes.length == 0 ? Body.empty() : new Body.Bytes(bytes);
  }
}
