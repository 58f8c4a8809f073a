package dev.edge4j.server;

import dev.edge4j.http.Response;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/** Answers to what cannot be read as a request, and so reaches no application. */
final class Refusal {
  private Refusal() {}

  /** The answer to a head that the decoder could not read. */
  static Response of(Throwable cause, ServerOptions options) {
    return switch (cause) {
      case TooLongHttpLineException _ -> of(414, "the request line is longer than " + options.maxTargetBytes()
          + " bytes");
      case TooLongHttpHeaderException _ -> of(431, "the header fields are longer than " + options.maxHeaderBytes()
          + " bytes");
      default -> of(400, "the request is malformed");
    };
  }

  static Response of(int status, String detail) {
    return Response.problem(status, detail);
  }
}
