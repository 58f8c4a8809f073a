package dev.edge4j.data.libsql;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;

/**
 * Sends requests of Hrana to a server, over HTTP/1.1: the JDK's client would ask for an upgrade to HTTP/2, over which sqld never answers.
 * Nothing is sent twice. Safe for use by many threads.
 */
final class HranaLink implements AutoCloseable {
  private static final int EXCERPT_BYTES = 500;
  private static final Duration STOP = Duration.ofSeconds(2);

  private final URI base;
  private final LibsqlOptions options;
  private final HttpClient client;
  private final Semaphore streams;
  private volatile boolean closed;

  HranaLink(URI base, LibsqlOptions options) {
    this.base = base;
    this.options = options;
    this.streams = new Semaphore(options.maxStreams(), true);
    HttpClient.Builder builder = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(options.connectTimeout())
        .executor(task -> Thread.ofVirtual().name("edge4j-libsql").start(task));
    options.tls().ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  URI base() {
    return base;
  }

  /** Until when what begins now must be over. */
  Deadline deadline() {
    return QueryDeadline.current().sooner(Deadline.in(options.timeout(), TimeSource.system()));
  }

  /** Takes one of the streams, waiting for it if need be; who has one calls {@link #leave}. */
  void enter(Deadline deadline) {
    if (closed) {
      throw closed();
    }
    try {
      if (!streams.tryAcquire(deadline.atMost(options.timeout()).toNanos(), TimeUnit.NANOSECONDS)) {
        throw new StoreException(Reason.BUSY, base + ": all " + options.maxStreams()
            + " streams are in use (expected: shorter transactions, or another LibsqlOptions.maxStreams)");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Reason.FAILED, base + ": interrupted while waiting for a stream", e);
    }
  }

  void leave() {
    streams.release();
  }

  /** The answer to a request, whole. */
  Map<?, ?> ask(URI at, Map<String, ?> request, Deadline deadline) throws HranaException {
    try (HranaBody body = post(at, "/v3/pipeline", request, deadline)) {
      return HranaJson.read(body.all());
    }
  }

  /** The body of an answer of status 200, as it comes. */
  HranaBody post(URI at, String path, Map<String, ?> request, Deadline deadline) throws HranaException {
    if (closed) {
      throw closed();
    }
    Duration left = deadline.atMost(options.timeout());
    if (!left.isPositive()) {
      throw HranaException.notSent("the time for an answer was over before it was asked", null);
    }
    HttpRequest.Builder http = HttpRequest.newBuilder(URI.create(at + path))
        .timeout(left)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(HranaJson.write(request)));
    options.token().ifPresent(token -> http.header("Authorization", "Bearer " + token.reveal()));
    HttpResponse<InputStream> response = send(http.build());
    var body = new HranaBody(response.body(), options.timeout(), deadline, options.maxAnswerBytes());
    if (response.statusCode() != 200) {
      try (body) {
        throw HranaException.status(response.statusCode(), body.excerpt(EXCERPT_BYTES));
      }
    }
    return body;
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws HranaException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (ConnectException | HttpConnectTimeoutException | SSLHandshakeException e) {
      throw HranaException.notSent("no connection: " + (e.getMessage() == null ? "nobody listens there"
          : e
              .getMessage()), e);
    } catch (IOException e) {
      if (closed) {
        throw closed();
      }
      throw HranaException.lost("no answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw HranaException.lost("interrupted while waiting for an answer", e);
    }
  }

  private StoreException closed() {
    return new StoreException(Reason.CLOSED, base + ": the store is closed");
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    closed = true;
    client.shutdownNow();
    try {
      client.awaitTermination(STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
