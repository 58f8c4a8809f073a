package dev.edge4j.client;

import dev.edge4j.TimeSource;
import dev.edge4j.http.Body;
import dev.edge4j.http.Origin;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.resilience.BreakerOpenException;
import dev.edge4j.resilience.CircuitBreaker;
import dev.edge4j.resilience.RetryBudget;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one origin, blocking, over connections that are kept: HTTP/2 where the origin takes it, else HTTP/1.1. Bodies stream in both directions. Every wait
 * has an end, see {@link OriginOptions.Timeouts}, and so has the number of connections.
 *
 * <p>A request is sent again only if the origin has certainly not executed it, or if to execute it twice is to execute it once (RFC 9110 section 9.2.2: GET, HEAD,
 * OPTIONS, PUT, DELETE) and the connection broke off; never if its body is streamed, never after a time-out once it has been sent, and never for what the origin has answered, a 503 least of
 * all. Retries wait a random time that doubles (50 ms, a second at most), are told ({@link OriginOptions#onRetry}, {@link OriginResponse#attempts}, the log), and
 * are a tenth of all requests at most ({@link RetryBudget}).
 *
 * <p>An origin that fails too often is not asked for a while ({@link CircuitBreaker}): errors of connections, time-outs, 502, 503 and 504 count.
 *
 * <p>Safe for use by many threads; one for each origin is made at start and closed at the end. An interrupt ends a call, and closes its connection.
 *
 * <p>Source: RFC 9110, RFC 9112, RFC 9113; Brooker, "Exponential Backoff And Jitter" (AWS, 2015).
 */
public final class OriginClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OriginClient.class);
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(1);

  private final Origin origin;
  private final OriginOptions options;
  private final Connections connections;
  private final Optional<CircuitBreaker> breaker;
  private final RetryBudget budget = RetryBudget.create();

  private OriginClient(Origin origin, OriginOptions options) {
    this.origin = origin;
    this.options = options;
    this.connections = new Connections(origin, options, TimeSource.system());
    this.breaker = options.breaker().map(when -> CircuitBreaker.of(origin.host() + ":" + origin.port(), when));
  }

  /** A client for that origin, {@code https://api.example.com}, with the usual options. */
  public static OriginClient to(String origin) {
    return to(origin, OriginOptions.defaults());
  }

  /** As {@link #to(String)}, with other options. {@link IllegalArgumentException} for what is no origin of HTTP. */
  public static OriginClient to(String origin, OriginOptions options) {
    Origin parsed = Origin.of(origin);
    if (!parsed.scheme().equals("http") && !parsed.scheme().equals("https")) {
      throw new IllegalArgumentException("origin: \"" + origin + "\" (expected: http or https)");
    }
    return new OriginClient(parsed, options);
  }

  /** The origin that it asks. */
  public Origin origin() {
    return origin;
  }

  /** As {@link #send(Request, OriginCall)}, in the plain way. */
  public OriginResponse send(Request request) throws IOException {
    return send(request, OriginCall.plain());
  }

  /**
   * Sends the request, to the path it has, and waits for the head of the response; a status of 400 or more is a response like others. {@link OriginException} if there is
   * none; what goes wrong with a body that the request streams is thrown as it comes.
   *
   * <p>Fields that are about a connection are left out, and so is what frames the body, which is decided here ({@code Content-Length} is believed for streams).
   */
  public OriginResponse send(Request request, OriginCall call) throws IOException {
    Outgoing outgoing = Outgoing.of(request, origin, call);
    budget.request();
    for (int attempt = 1;; attempt++) {
      try {
        return attempt(outgoing, call).after(attempt);
      } catch (OriginException e) {
        Duration backoff = backoff(attempt);
        if (attempt > options.retries() || !maySendAgain(outgoing, e) || call.deadline()
            .atMost(backoff)
            .compareTo(
                backoff) < 0 || !budget.tryRetry()) {
          throw e;
        }
        LOG.info("{} to {} is sent again, for the {}. time: {}", outgoing, origin.host(), attempt + 1, e.getMessage());
        options.onRetry().accept(new OriginOptions.Retry(outgoing.toString(), attempt + 1, e));
        sleep(backoff);
      }
    }
  }

  /** Sends a request on and gives the response as an answer of our own, as {@link #forward(Request, OriginCall)}, in the plain way. */
  public Response forward(Request request) {
    return forward(request, OriginCall.plain());
  }

  /**
   * Sends a request on and gives the response as an answer of our own, without the fields that are about a connection, in either direction. Its body streams. An
   * origin that is not reached, or answers no HTTP, is 502; one that is not asked for now 503; one that is late 504. For all that a proxy does besides, see
   * {@code dev.edge4j.proxy.Proxy}.
   */
  public Response forward(Request request, OriginCall call) {
    try {
      OriginResponse answer = send(request, call);
      Response response = answer.toResponse();
      if (response.body() instanceof Body.Stream) { // nobody may come to write it
        var _ = TimeSource.system().after(options.timeouts().body(), answer::abortUnlessBegun);
      }
      return response;
    } catch (IOException e) {
      throw OriginErrors.answer(e);
    }
  }

  private static boolean maySendAgain(Outgoing request, OriginException e) {
    boolean helps = switch (e.kind()) {
      case CONNECT, BROKEN, REFUSED -> true;
      case BUSY, PROTOCOL -> false;
      case TIMEOUT -> e.neverExecuted();
    };
    return helps && request.isReplayable() && (e.neverExecuted() || request.isIdempotent());
  }

  private static Duration backoff(int attempt) {
    long most = Math.min(FIRST_BACKOFF.toNanos() << (attempt - 1), LONGEST_BACKOFF.toNanos());
    return Duration.ofNanos(ThreadLocalRandom.current().nextLong(most + 1));
  }

  private static void sleep(Duration backoff) throws InterruptedIOException {
    try {
      Thread.sleep(backoff);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted before the origin was asked again");
    }
  }

  private OriginResponse attempt(Outgoing request, OriginCall call) throws IOException {
    Optional<CircuitBreaker.Pass> pass = pass();
    try {
      OriginResponse response = connections.send(request, call);
      boolean failed = response.status() >= 502 && response.status() <= 504;
      pass.ifPresent(failed ? CircuitBreaker.Pass::failed : CircuitBreaker.Pass::succeeded);
      return response;
    } catch (OriginException e) {
      if (e.kind() != OriginException.Kind.BUSY) { // which is no fault of the origin
        pass.ifPresent(CircuitBreaker.Pass::failed);
      }
      throw e;
    }
  }

  private Optional<CircuitBreaker.Pass> pass() throws OriginException {
    try {
      return breaker.map(CircuitBreaker::pass);
    } catch (BreakerOpenException e) {
      throw OriginException.busy("the origin fails too often, and is not asked for now", e);
    }
  }

  /** Closes the connections that rest, and each other one once its response has been read. */
  @Override
  public void close() {
    connections.close();
  }
}
