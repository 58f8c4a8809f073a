package dev.edge4j.testing;

import dev.edge4j.App;
import dev.edge4j.Exchange;
import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.BodyTooLargeException;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.http.RequestTarget;
import dev.edge4j.http.Response;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.server.limits.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what the server does, without a server: refuses what no application gets to see, runs the fast lane on the calling thread and the
 * rest on a virtual one, writes the body out, then lets the work for later begin.
 */
final class InProcess implements Wire {
  private static final Logger LOG = LoggerFactory.getLogger(InProcess.class);

  private final App app;
  private final Limits limits;

  InProcess(App app, ServerOptions options) {
    this.app = app.seal(); // as a server does when it starts
    this.limits = options.limits();
  }

  @Override
  public Response send(Outgoing out) throws IOException {
    Request request;
    try {
      if (lineLength(out) > limits.requests().maxTargetBytes()) {
        return refused(out, 414, "the request line is longer than " + limits.requests().maxTargetBytes() + " bytes");
      }
      if (fieldsLength(out) > limits.requests().maxHeaderBytes()) {
        return refused(out, 431, "the header fields are longer than " + limits.requests().maxHeaderBytes() + " bytes");
      }
      request = new Request(out.method(), RequestTarget.parse(out.target()), out.headers(), body(out), "http", out
          .from());
    } catch (BadRequestException e) {
      return refused(out, 400, String.valueOf(e.getMessage()));
    }
    Exchange exchange = app.open(request);
    Optional<Response> early = fastLane(exchange);
    var rest = new FutureTask<>(() -> finish(exchange, out, early));
    Thread.ofVirtual().name("edge4j-request").start(rest);
    return await(rest, exchange);
  }

  /** What no application gets to see: the server answers it by itself. */
  private static Response refused(Outgoing out, int status, String detail) throws IOException {
    return written(out, Response.problem(status, detail));
  }

  private static int lineLength(Outgoing out) {
    return out.method().name().length() + 1 + out.target().length() + " HTTP/1.1".length();
  }

  private static int fieldsLength(Outgoing out) {
    var length = new int[1];
    out.headers().forEach((name, value) -> length[0] += name.length() + ": ".length() + value.length());
    return length[0];
  }

  private RequestBody body(Outgoing out) {
    var tooLarge = new TooLarge(limits.requests().maxBodyBytes());
    return out.body().length <= limits.requests().maxBodyBytes() ? RequestBody.of(out.body()) : () -> tooLarge;
  }

  /** A body over the limit, which fails as soon as it is read. */
  private static final class TooLarge extends InputStream {
    private final long limit;

    TooLarge(long limit) {
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      throw new BodyTooLargeException(limit);
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      return length == 0 ? 0 : read();
    }
  }

  private static Optional<Response> fastLane(Exchange exchange) {
    try {
      return exchange.fastLane();
    } catch (Throwable e) { // an Error is answered too, as the server does
      return Optional.of(exchange.broken(e));
    }
  }

  private static Response slowLane(Exchange exchange) {
    try {
      return exchange.slowLane();
    } catch (Throwable e) {
      return exchange.broken(e);
    }
  }

  private static Response finish(Exchange exchange, Outgoing out, Optional<Response> early) throws IOException {
    Response response = early.orElseGet(() -> slowLane(exchange));
    try {
      return written(out, response);
    } finally {
      exchange.sent();
    }
  }

  private static Response written(Outgoing out, Response response) throws IOException {
    var collected = new Collected();
    try {
      collected.write(response.body(), out.method(), response.status());
    } catch (Throwable e) {
      if (collected.hasBegun()) {
        throw new IOException("the response to " + out.method() + " " + out.target() + " broke off", e);
      }
      LOG.error("the body of the response to {} {} failed", out.method(), out.target(), e);
      return Response.of(500);
    }
    return new Response(response.status(), Fields.ofApplication(response.headers()), collected.body());
  }

  private static Response await(FutureTask<Response> rest, Exchange exchange) throws IOException {
    try {
      return rest.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      exchange.cancel();
      throw new SocketTimeoutException("no answer for " + PATIENCE.toSeconds() + " s");
    } catch (InterruptedException e) {
      exchange.cancel();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the answer");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException broken ? broken : new IOException(e.getCause());
    }
  }

  /** Waits for work after responses, as the stop of a server does. */
  @Override
  public void close() {
    try {
      if (!app.drain(limits.timeouts().drain())) {
        LOG.warn("work after responses still ran after {}; it is left behind", limits.timeouts().drain());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
