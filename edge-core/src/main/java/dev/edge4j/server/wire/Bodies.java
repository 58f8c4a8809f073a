package dev.edge4j.server.wire;

import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.wire.ExactLength;
import dev.edge4j.wire.TrailerNames;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;

/** Which responses have a body, and which of those take a thread to write (RFC 9110 sections 6.4.1 and 8.6). */
public final class Bodies {
  private Bodies() {}

  /** True if writing the body blocks or reads a disk, so that it needs a virtual thread. */
  public static boolean block(Request request, Response response) {
    return switch (response.body()) {
      case Body.Empty _,Body.Bytes _,Body.Segments _,Body.Upgrade _ -> false;
      case Body.File _ -> mayHaveContent(response);
      case Body.Stream _ -> isSent(request, response);
    };
  }

  /** True if the body of this response to that request goes over the wire. */
  public static boolean isSent(Request request, Response response) {
    return !request.method().equals(Method.HEAD) && mayHaveContent(response);
  }

  /**
   * Writes a stream to its end.
   *
   * @param produced run once, when the application has nothing more to do for it
   */
  public static void write(Body.Stream stream, OutputStream out, Runnable produced) throws IOException {
    try {
      if (stream.length().isPresent()) {
        var exact = new ExactLength(out, stream.length().getAsLong());
        stream.writer().writeTo(exact);
        exact.complete();
      } else {
        stream.writer().writeTo(out);
      }
    } finally {
      produced.run();
    }
  }

  /** The fields behind a stream that has been written. */
  public static Headers trailers(Body.Stream stream) {
    Headers trailers = stream.trailers().map(Supplier::get).orElse(Headers.empty());
    trailers.forEach((name, _) -> {
      if (TrailerNames.isForbidden(name)) {
        throw new IllegalArgumentException("trailer " + name + " (expected: it among the header fields)");
      }
    });
    return trailers;
  }

  /** True for a client that has said that it takes fields behind a body (RFC 9110 section 6.5.1). */
  public static boolean takesTrailers(Request request) {
    return request.headers().list("TE").stream().anyMatch("trailers"::equalsIgnoreCase);
  }

  /** RFC 9110 section 15.3.6: no content in a 205 either, whose Content-Length is 0. */
  public static boolean mayHaveContent(Response response) {
    return mayDeclareLength(response) && response.status() != 205;
  }

  /** RFC 9110 section 8.6: no Content-Length in a 1xx or a 204; that of a 304 is left out too. */
  public static boolean mayDeclareLength(Response response) {
    return response.status() >= 200 && response.status() != 204 && response.status() != 304;
  }
}
